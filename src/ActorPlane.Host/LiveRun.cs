using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using ActorPlane.Etcd;
using ActorPlane.Host.EtcdWire;
using ActorPlane.Host.Http;
using ActorPlane.ControllerManager;
using ActorPlane.Host.Live;
using ActorPlane.Host.Manifests;
using ActorPlane.Host.Otel;
using ActorPlane.Host.Tour;
using ActorPlane.Host.Trace;
using ActorPlane.Settings;
using ActorPlane.Tracing;
using Akka.Configuration;
using Spectre.Console;

namespace ActorPlane.Host;

/// <summary>A run in real time: the tour, or the user's manifests.</summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private const int PauseFactor = 50;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(250);

    private readonly LiveCluster _cluster;
    private readonly IAsyncDisposable? _trace;
    private readonly Func<Task> _flush;
    private readonly OtlpExport? _spans;

    private HttpApiServer? _http;
    private IReadOnlySet<string> _ended = FrozenSet<string>.Empty;

    private LiveRun(
        LiveCluster cluster, double speed, ControlPlane plane, IAnsiConsole console, IAsyncDisposable? trace, Func<Task> flush, OtlpExport? spans)
    {
        (_cluster, Plane, Out, _trace, _flush, _spans) = (cluster, plane, console, trace, flush, spans);
        if (LeastTimeout * speed > ConvergeTimeout) ConvergeTimeout = LeastTimeout * speed;
    }

    /// <summary>The cluster's processes.</summary>
    public ControlPlane Plane { get; }

    /// <summary>Where the person reads.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Applies the user's manifests, waits until all has converged, and goes on until it is told to stop.</summary>
    public static async Task<int> Apply(
        RunOptions options, Config user, IReadOnlyList<ManifestObject> manifests, IAnsiConsole console, CancellationToken stop)
    {
        await using var run = Start(options, user, options.Speed ?? 1, console);
        await run.Serve(options);
        await using var etcd = await run.ServeEtcd(options);
        var watch = Stopwatch.StartNew();
        if (await run.Boot(options.Nodes, stop)) console.MarkupLineInterpolated($"[grey]{options.Nodes} {(options.Nodes == 1 ? "node" : "nodes")} ready after {watch.Elapsed.TotalSeconds:F2} s[/]");
        var booted = watch.Elapsed;
        var lines = await ManifestApplier.Apply(run.Plane, manifests).WaitAsync(stop);
        await run.Flush();
        foreach (var line in lines) console.WriteLine(line);
        var missing = await run.WaitUntilConverged(options.Nodes, run.ConvergeTimeout, stop);
        return await run.Finish(options, missing, (watch.Elapsed - booted).TotalSeconds, stop);
    }

    /// <summary>Shows what happens when pods are created, crash, and lose their machine.</summary>
    public static async Task<int> Tour(
        RunOptions options, Config user, IReadOnlyList<ManifestObject> manifests, IAnsiConsole console, CancellationToken stop)
    {
        var speed = options.Speed ?? GuidedTour.DefaultSpeed;
        await using var run = Start(options, user, speed, console);
        console.WriteLine(GuidedTour.Introduction(speed));
        await run.Serve(options);
        await using var etcd = await run.ServeEtcd(options);
        var watch = Stopwatch.StartNew();
        var missing = await new GuidedTour(run).Show(options.Nodes, manifests, stop);
        return await run.Finish(options, missing, watch.Elapsed.TotalSeconds, stop);
    }

    /// <summary>How much cluster time a change may take; at high speed more, so that a busy machine has a minute of its own for it.</summary>
    public TimeSpan ConvergeTimeout { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Starts the machines and waits until all are ready. False when they are not in time.</summary>
    public async Task<bool> Boot(int nodes, CancellationToken stop)
    {
        // The API server has read what etcd keeps of an earlier run, whose containers went with its machines.
        while (Plane.Snapshot["namespaces"].Items.Count == 0) await Task.Delay(Poll, stop);
        _ended = Convergence.RunningContainers(Plane.Snapshot);
        for (var i = 1; i <= nodes; i++) Plane.AddNode($"node-{i}");
        return await WaitUntil(() => Plane.List<Api.Core.V1.Node>("nodes").Count(NodeConditions.IsReady) >= nodes, ConvergeTimeout, stop);
    }

    /// <summary>Waits until something holds. False when it does not within so much cluster time.</summary>
    public async Task<bool> WaitUntil(Func<bool> condition, TimeSpan limit, CancellationToken stop)
    {
        var end = Plane.System.Scheduler.Now + limit;
        var seen = -1L;
        var pause = Poll;
        while (true)
        {
            // Conditions look at the snapshot alone.
            if (Plane.Snapshot.Revision is var revision && revision != seen)
            {
                seen = revision;
                var start = Stopwatch.GetTimestamp();
                if (condition()) return true;

                // A large cluster takes time to look at: never more than a small part of what the cluster itself has.
                pause = Stopwatch.GetElapsedTime(start) * PauseFactor;
                pause = pause < Poll ? Poll : pause < LongestPoll ? pause : LongestPoll;
            }

            if (Plane.System.Scheduler.Now > end) return false;
            await Task.Delay(pause, stop);
        }
    }

    /// <summary>Waits until the cluster is what its objects ask for; what is missing at the end of the time, or null.</summary>
    public async Task<string?> WaitUntilConverged(int nodes, TimeSpan limit, CancellationToken stop)
    {
        var missing = "the cluster has not started";
        return await WaitUntil(() => (missing = Convergence.Missing(Plane.Snapshot, nodes, _ended)!) is null, limit, stop) ? null : missing;
    }

    /// <summary>Waits until the trace is printed as far as it goes.</summary>
    public Task Flush() => _flush();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_http is not null) await _http.DisposeAsync();
        await _cluster.DisposeAsync();
        if (_trace is not null) await _trace.DisposeAsync();
        if (_spans is not null) await _spans.DisposeAsync();
    }

    private static LiveRun Start(RunOptions options, Config user, double speed, IAnsiConsole console)
    {
        var endpoint = OtlpExport.EndpointOf(options, ClusterConfig.Over(user));
        var cluster = LiveCluster.Start(options.InMemory ? null : JournalFile.Open(options.DataDirectory), user, speed);
        var spans = endpoint is null ? null : new OtlpExport(endpoint, options.TraceFilter, cluster.Logging);
        switch (options.Trace)
        {
            case TraceMode.Console or TraceMode.Full:
                var printed = new ConsoleTraceSink(console, cluster.System.Scheduler.Now, options.TraceFilter, options.Trace == TraceMode.Full);
                return Start(printed, printed, printed.Flush);
            case TraceMode.JsonLines:
                var lines = new JsonLinesOutput(options.TraceFilter);
                return Start(lines.Sink, lines, () => Task.CompletedTask);
            default:
                return Start(null, null, () => Task.CompletedTask);
        }

        LiveRun Start(ITraceSink? shown, IAsyncDisposable? trace, Func<Task> flush)
        {
            Tracer.Of(cluster.System).Sink = spans is null ? shown : shown is null ? spans.Sink : new TraceSinks(shown, spans.Sink);
            return new LiveRun(cluster, speed, ControlPlane.Start(cluster.System), console, trace, flush, spans);
        }
    }

    /// <summary>Serves etcd's own protocol until disposed, if that was asked for.</summary>
    /// <exception cref="SettingsException">The address cannot be listened at.</exception>
    private async Task<IAsyncDisposable?> ServeEtcd(RunOptions options)
    {
        if (options.EtcdListen is not { } listen) return null;
        try
        {
            var limits = EtcdSettings.From(Plane.System.Settings.Config).Limits;
            return await EtcdWireServer.StartAsync(Plane.System, listen, limits.MaxRequestBytes, options.EtcdUnsafeWrites);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new SettingsException("--etcd-listen", $"cannot listen on {listen}: {e.InnerException?.Message ?? e.Message}");
        }
    }

    /// <summary>Opens the HTTP API, unless the user does not want it or its usual port is taken.</summary>
    /// <exception cref="SettingsException">The port that the user chose is taken, or the kubeconfig cannot be written.</exception>
    private async Task Serve(RunOptions options)
    {
        if (options.Listen == ListenAddress.Off) return;
        var listen = ListenAddress.Parse(options.Listen ?? ListenAddress.Default)!;
        try
        {
            _http = await HttpApiServer.StartAsync(_cluster.System, Plane.ApiServer, listen, _cluster.Logging, _spans?.Sink);
        }
        catch (IOException e) when (options.Listen is not null || options.Kubeconfig is not null)
        {
            throw new SettingsException("--listen", $"cannot listen on {listen}: {e.InnerException?.Message ?? e.Message}");
        }
        catch (IOException)
        {
            Out.MarkupLineInterpolated($"[yellow]The port of {listen} is taken: kubectl cannot reach this cluster. Choose another with --listen.[/]");
            return;
        }

        Out.MarkupLineInterpolated($"[grey]kubectl --server {_http.Url} reaches this cluster[/]");
        if (options.Kubeconfig is not { } file) return;
        try
        {
            KubeconfigFile.Write(file, _http.Url);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException("--kubeconfig", e.Message);
        }
    }

    private async Task<int> Finish(RunOptions options, string? missing, double seconds, CancellationToken stop)
    {
        await Flush();
        ClusterTables.Print(Out, Plane);
        Out.MarkupLine(missing is null
            ? string.Create(CultureInfo.InvariantCulture, $"[green]Everything converged[/] after {seconds:F2} s.")
            : $"[red]Not converged:[/] {Markup.Escape(missing)}.");
        if (!options.Exit)
        {
            Out.MarkupLine("[grey]The cluster goes on running. Ctrl-C ends it.[/]");
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        return missing is null ? ExitCodes.Converged : ExitCodes.Failed;
    }
}
