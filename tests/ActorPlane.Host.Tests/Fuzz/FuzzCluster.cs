using System.Collections.Concurrent;
using System.Net;
using ActorPlane.Host.Http;
using ActorPlane.Host.Live;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>A cluster of two nodes with its HTTP API, that keeps little history, so that its memory tells of leaks.</summary>
internal sealed class FuzzCluster : IAsyncDisposable
{
    private const string Settings = """
        actorplane.apiserver { watch-window-events = 200, max-events = 100 }
        actorplane.etcd { compaction.revisions = 2000, snapshot.every-changes = 2000, snapshot.growth = 0 }
        """;

    private readonly LiveCluster _cluster;
    private readonly HttpApiServer _server;
    private readonly ConcurrentQueue<string> _errors;

    private FuzzCluster(LiveCluster cluster, ControlPlane plane, HttpApiServer server, ConcurrentQueue<string> errors) =>
        (_cluster, Plane, _server, _errors) = (cluster, plane, server, errors);

    public ControlPlane Plane { get; }

    public Uri Address => new(_server.Url);

    /// <summary>What actors logged as errors: crashes.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public static async Task<FuzzCluster> StartAsync(int seed)
    {
        var options = new RunOptions
        {
            Nodes = 2, Cpu = "4", Memory = "8Gi", Apply = [], Config = [], Trace = TraceMode.Off, TraceFilter = TraceFilter.Parse(""), Seed = seed, Speed = null,
            Simulate = null, DataDirectory = null, InMemory = true, Exit = false,
        };
        var cluster = LiveCluster.Start(options, ConfigurationFactory.ParseString(Settings), 30);
        var errors = new ConcurrentQueue<string>();
        var listener = cluster.System.ActorOf(Props.Create(() => new ErrorListener(errors)), "errors");
        cluster.System.EventStream.Subscribe(listener, typeof(Akka.Event.Error));
        var plane = ControlPlane.Start(cluster.System);
        var server = await HttpApiServer.StartAsync(cluster.System, plane.ApiServer, new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance);
        plane.AddNode("node-1", "4", "8Gi");
        plane.AddNode("node-2", "4", "8Gi");
        return new FuzzCluster(cluster, plane, server, errors);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private sealed class ErrorListener : ReceiveActor
    {
        public ErrorListener(ConcurrentQueue<string> errors) => Receive<Akka.Event.Error>(error => errors.Enqueue($"{error.LogSource}: {error.Message} {error.Cause}"));
    }
}
