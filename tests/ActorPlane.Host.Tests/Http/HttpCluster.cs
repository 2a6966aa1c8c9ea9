using System.Collections.Concurrent;
using System.Net;
using ActorPlane.Host.Http;
using ActorPlane.Host.Live;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPlane.Host.Tests.Http;

/// <summary>A cluster in memory, 30 times as fast as the wall's clock, with its HTTP API on a free port.</summary>
internal sealed class HttpCluster : IAsyncDisposable
{
    private readonly LiveCluster _cluster;
    private readonly HttpApiServer _server;
    private readonly ConcurrentQueue<string> _errors;

    private HttpCluster(LiveCluster cluster, ControlPlane plane, HttpApiServer server, ConcurrentQueue<string> errors) =>
        (_cluster, Plane, _server, _errors) = (cluster, plane, server, errors);

    public ControlPlane Plane { get; }

    public Uri Address => new(_server.Url);

    /// <summary>What actors logged as errors: crashes.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Watches that HTTP clients have open.</summary>
    public int Watches => _server.Watches;

    /// <summary>Requests of HTTP clients that are under way, but for watches.</summary>
    public int RequestsInFlight => _server.RequestsInFlight;

    /// <param name="settings">HOCON over the defaults.</param>
    /// <param name="nodes">So many machines, which start by themselves.</param>
    public static async Task<HttpCluster> StartAsync(string settings, int seed = 1, int nodes = 0)
    {
        var cluster = LiveCluster.Start(journal: null, ConfigurationFactory.ParseString($"actorplane.seed = {seed}\n{settings}"), 30);
        var errors = new ConcurrentQueue<string>();
        var listener = cluster.System.ActorOf(Props.Create(() => new ErrorListener(errors)), "errors");
        cluster.System.EventStream.Subscribe(listener, typeof(Akka.Event.Error));
        var plane = ControlPlane.Start(cluster.System);
        var server = await HttpApiServer.StartAsync(cluster.System, plane.ApiServer, new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance);
        for (var i = 1; i <= nodes; i++) plane.AddNode($"node-{i}");
        while (plane.Snapshot["namespaces"].Items.Count < 4) await Task.Delay(10);
        return new HttpCluster(cluster, plane, server, errors);
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
