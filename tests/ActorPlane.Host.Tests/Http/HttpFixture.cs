using System.Net;
using ActorPlane.Host.Http;
using ActorPlane.Host.Live;
using ActorPlane.Tracing;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPlane.Host.Tests.Http;

/// <summary>A cluster of two nodes in real time, 30 times as fast as the wall's, with its HTTP API on a free port.</summary>
public sealed class HttpFixture : IAsyncLifetime
{
    /// <summary>So few changes are kept, so that a test can go beyond them.</summary>
    public const int WindowEvents = 300;

    private LiveCluster? _cluster;
    private HttpApiServer? _server;

    public Uri Address => new(_server!.Url);

    public string Kubeconfig { get; } = Path.Combine(Directory.CreateTempSubdirectory("actorplane-test-").FullName, "config");

    internal ControlPlane Plane { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _cluster = LiveCluster.Start(journal: null, ConfigurationFactory.ParseString($"actorplane.apiserver.watch-window-events = {WindowEvents}"), 30);
        Plane = ControlPlane.Start(_cluster.System);
        _server = await HttpApiServer.StartAsync(_cluster.System, Plane.ApiServer, new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance);
        KubeconfigFile.Write(Kubeconfig, _server.Url);
        Plane.AddNode("node-1");
        Plane.AddNode("node-2");
        while (Plane.List<Api.Core.V1.Node>("nodes").Count(ActorPlane.ControllerManager.NodeConditions.IsReady) < 2) await Task.Delay(10);
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        await _cluster!.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(Kubeconfig)!, recursive: true);
    }
}
