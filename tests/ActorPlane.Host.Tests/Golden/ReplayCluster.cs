using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ActorPlane.Api;
using ActorPlane.ApiServer;
using ActorPlane.Etcd;
using ActorPlane.Host.Http;
using ActorPlane.Host.Live;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>An API server and its store, without controllers, nodes and scheduler: objects change when the replay says so.</summary>
internal sealed class ReplayCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LiveCluster _cluster;
    private readonly HttpApiServer _http;
    private readonly IActorRef _etcd;
    private long _requestId = 1;

    private ReplayCluster(LiveCluster cluster, HttpApiServer http, IActorRef etcd)
    {
        (_cluster, _http, _etcd) = (cluster, http, etcd);
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = new Uri(http.Url), Timeout = Patience };
    }

    public HttpClient Client { get; }

    /// <summary>What is committed.</summary>
    public ApiServerSnapshot Snapshot => ApiServerSnapshot.Of(_cluster.System);

    public static async Task<ReplayCluster> StartAsync()
    {
        var cluster = LiveCluster.Start(journal: null, ConfigurationFactory.ParseString("actorplane.apiserver.disabled-admission-plugins = \"ServiceAccount,DefaultTolerationSeconds\""), 1);
        var settings = cluster.System.Settings.Config;
        var etcd = cluster.System.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(settings)), "etcd");
        var server = cluster.System.ActorOf(ActorPlane.ApiServer.ApiServer.PropsFor(etcd, ApiServerSettings.Read(settings)), "kube-apiserver");
        var http = await HttpApiServer.StartAsync(cluster.System, server, new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance);
        var started = new ReplayCluster(cluster, http, etcd);
        while (!started.Snapshot["namespaces"].Items.ContainsKey(new NamespacedName("", "default"))) await Task.Delay(10);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _http.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    /// <summary>Stores an object as it is, past the API server, as a writer that was not recorded did.</summary>
    public Task Put(ResourceInfo info, JsonObject item)
    {
        var copy = (JsonObject)item.DeepClone();
        copy["metadata"]!.AsObject().Remove("resourceVersion");
        var given = (IKubeObject)JsonCodec.Decode(info.Schema, Encoding.UTF8.GetBytes(copy.ToJsonString()), strict: false, out _);
        var stored = Conversion.ToStorage(info, given, null);
        return Execute(new EtcdOp.Put(KeyOf(StoredAs(info), stored.Metadata.Namespace ?? "", stored.Metadata.Name!), EtcdValue.Wrap(JsonCodec.Encode(stored))));
    }

    /// <summary>Takes an object away.</summary>
    public Task Remove(ResourceInfo info, string scope, string name) => Execute(new EtcdOp.DeleteRange(KeyOf(StoredAs(info), scope, name)));

    /// <summary>The version of a stored object; null when there is none.</summary>
    public string? VersionOf(ResourceInfo info, string scope, string name) =>
        Snapshot[StoredAs(info).GroupResource].Items.GetValueOrDefault(new NamespacedName(scope, name))?.Metadata.ResourceVersion;

    /// <summary>The resource under which its objects are stored.</summary>
    public static ResourceInfo StoredAs(ResourceInfo info) => info.StorageGvk == info.Gvk ? info : KubeTypes.Find(info.StorageGvk)!;

    /// <summary>Waits until a custom resource is served.</summary>
    public async Task WaitFor(ResourceInfo info)
    {
        while (Snapshot.Registry.Find(info.Gvk) is null) await Task.Delay(1);
    }

    private static EtcdKey KeyOf(ResourceInfo info, string scope, string name) => info.Custom is null
        ? new ResourceTable().Find(info.GroupResource)!.KeyOf(new NamespacedName(scope, name))
        : EtcdKey.Of($"{ResourceTable.Root}{info.Gvk.Group}/{info.Plural}/{(scope.Length > 0 ? scope + "/" : "")}{name}");

    private async Task Execute(EtcdOp op)
    {
        var reply = await _etcd.Ask<EtcdProtocol.IReply>(new EtcdProtocol.Execute(_requestId++, Cause.None, op), Patience);
        Assert.IsType<EtcdProtocol.Executed>(reply);
        while (Snapshot.Revision < reply.Revision) await Task.Delay(1);
    }
}
