using System.Buffers;
using System.Text.Json;

namespace ActorPlane.Tracing;

/// <summary>
/// Writes one JSON object a line for each message: <c>time</c> (RFC 3339, UTC, 100 ns), <c>seq</c>, <c>cause</c> (absent
/// when unknown), <c>from</c>, <c>to</c>, <c>type</c> and <c>text</c>. The same run writes the same bytes. Thread-safe.
/// </summary>
public sealed class JsonLinesSink(Stream output, TraceFilter filter) : ITraceSink, IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Lock _gate = new();

    /// <inheritdoc />
    public void Observe(in TraceEvent traceEvent)
    {
        var from = ActorNames.Of(traceEvent.Sender);
        var to = ActorNames.Of(traceEvent.Receiver);
        var type = traceEvent.Message.GetType().Name;
        var text = traceEvent.Message.Describe();
        if (!filter.Shows(from, to, type, text)) return;
        lock (_gate)
        {
            _line.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_line))
            {
                json.WriteStartObject();
                json.WriteString("time"u8, traceEvent.Time.UtcDateTime.ToString("O"));
                json.WriteNumber("seq"u8, traceEvent.Sequence);
                if (traceEvent.Cause.IsKnown) json.WriteString("cause"u8, traceEvent.Cause.ToString());
                json.WriteString("from"u8, from);
                json.WriteString("to"u8, to);
                json.WriteString("type"u8, type);
                json.WriteString("text"u8, text);
                json.WriteEndObject();
            }

            _line.Write("\n"u8);
            output.Write(_line.WrittenSpan);
        }
    }

    /// <summary>Flushes; the stream stays open.</summary>
    public void Dispose()
    {
        lock (_gate) output.Flush();
    }
}
