using System.Collections.Concurrent;
using System.Threading.Channels;
using ActorPlane.Tracing;
using Spectre.Console;

namespace ActorPlane.Host.Trace;

/// <summary>
/// Prints the trace for a person: one aligned, coloured line a message, indented by cause. Messages are queued and
/// formatted on a thread of their own, so that watching slows no actor; when more than <see cref="MaxQueued"/> wait, the
/// rest is left out and counted.
/// </summary>
public sealed class ConsoleTraceSink : ITraceSink, IAsyncDisposable
{
    /// <summary>Lines that may wait to be printed.</summary>
    public const int MaxQueued = 100_000;

    private const int NameWidth = 25;
    private const int MaxIndent = 14;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole _console;
    private readonly TraceReader _reader;
    private readonly Channel<TraceEvent> _queue = Channel.CreateBounded<TraceEvent>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Task _printing;
    private readonly ConcurrentQueue<TaskCompletionSource> _flushes = new();
    private readonly SemaphoreSlim _wake = new(0);
    private volatile bool _isClosed;
    private long _leftOut;

    /// <param name="start">Cluster time that the trace counts from.</param>
    /// <param name="everything">Leave nothing out; see <see cref="TraceReader"/>.</param>
    public ConsoleTraceSink(IAnsiConsole console, DateTimeOffset start, TraceFilter filter, bool everything)
    {
        _console = console;
        _reader = new TraceReader(start, filter, everything);
        _printing = Task.Run(PrintAll);
    }

    /// <inheritdoc />
    public void Observe(in TraceEvent traceEvent)
    {
        if (!_queue.Writer.TryWrite(traceEvent)) Interlocked.Increment(ref _leftOut);
    }

    /// <summary>Waits until everything observed so far is printed.</summary>
    public async Task Flush()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _flushes.Enqueue(flushed);
        // Wakes the printer even when no message comes any more.
        _wake.Release();
        await Task.WhenAny(flushed.Task, _printing).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        _wake.Release();
        await _printing.ConfigureAwait(false);
    }

    private async Task PrintAll()
    {
        TraceLine? held = null;
        while (true)
        {
            while (_queue.Reader.TryRead(out var traceEvent))
            {
                if (_reader.Read(traceEvent) is not { } line) continue;
                if (held?.AndAlso(line) is { } both)
                {
                    held = both;
                    continue;
                }

                Print(held);
                held = line;
            }

            Print(held);
            held = null;
            if (_queue.Reader.Count > 0) continue;
            while (_flushes.TryDequeue(out var flushed)) flushed.SetResult();
            if (_isClosed) return;
            // New messages are looked for ten times a second: nobody reads faster, and no actor has to wake anyone.
            await _wake.WaitAsync(Interval).ConfigureAwait(false);
        }
    }

    private void Print(TraceLine? line)
    {
        if (line is null) return;
        if (_reader.TakeHeartbeats() is > 0 and var beats) _console.Write(Note($"{beats} lease renewals"));
        if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and var lost) _console.Write(Note($"{lost} messages left out: they came faster than they could be printed"));
        _console.Write(Format(line));
    }

    private static Paragraph Note(string text) => new Paragraph($"{"",11}  ·· {text}\n", new Style(Color.Grey)).Overflow(Overflow.Ellipsis);

    private static Paragraph Format(TraceLine line)
    {
        var dim = new Style(Color.Grey);
        var paragraph = new Paragraph { Overflow = Overflow.Ellipsis };
        paragraph.Append($"{line.Time.TotalSeconds,10:F3}s  ", dim);
        paragraph.Append(Fit(line.From), ColourOf(line.From));
        paragraph.Append(" → ", dim);
        var others = line.Others > 0 ? $" +{line.Others}" : "";
        paragraph.Append(Fit(line.To, NameWidth - others.Length) + others, ColourOf(line.To));
        paragraph.Append("  " + new string(' ', Math.Min(line.Depth, MaxIndent)), dim);
        paragraph.Append(line.Text + "\n", line.BeginsChain ? new Style(decoration: Decoration.Bold) : Style.Plain);
        return paragraph;
    }

    private static string Fit(string name, int width = NameWidth) => name.Length <= width ? name.PadRight(width) : name[..(width - 1)] + "…";

    private static Style ColourOf(string name) => new(name.Split(' ')[0] switch
    {
        "etcd" => Color.Purple_2,
        "kube-apiserver" => Color.DodgerBlue1,
        "kube-scheduler" => Color.Yellow3,
        "kubelet" or "machine" or "runtime" or "pod" or "container" or "link" => Color.Cyan3,
        "kubectl" or "faults" or "outside" => Color.OrangeRed1,
        _ when name.EndsWith("-controller", StringComparison.Ordinal) => Color.Green3,
        _ => Color.Grey,
    });
}
