using System.Net;
using ActorPlane.Etcd;
using ActorPlane.Host.Http;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorPlane.Host.EtcdWire;

/// <summary>
/// Serves etcd v3's KV, Watch, Lease and Maintenance services over HTTP/2 without TLS, so that <c>etcdctl</c> can look at
/// the store.
/// </summary>
public sealed class EtcdWireServer : IAsyncDisposable
{
    /// <summary>What gRPC adds to the largest request (etcd, <c>embed/config.go</c>, grpcOverheadBytes).</summary>
    private const int OverheadBytes = 512 * 1024;

    /// <summary>etcd gives a request 5 s and two elections (<c>etcdserver/config.go</c>, ReqTimeout).</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan ReconnectInterval = TimeSpan.FromMilliseconds(200);

    private readonly WebApplication _application;
    private readonly IActorRef _actor;

    private EtcdWireServer(WebApplication application, IActorRef actor, IPEndPoint endPoint)
    {
        _application = application;
        _actor = actor;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens, with the port that was chosen if 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="system">The system with the store at <c>/user/etcd</c>.</param>
    /// <param name="listen">Address and port; port 0 for any that is free.</param>
    /// <param name="maxRequestBytes">Largest request of the store.</param>
    /// <param name="unsafeWrites">Let clients write the API server's keys.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EtcdWireServer> StartAsync(ActorSystem system, IPEndPoint listen, long maxRequestBytes, bool unsafeWrites)
    {
        var client = new EtcdWireClient(RequestTimeout);
        var methods = Methods(client, unsafeWrites);
        var maxMessageBytes = (int)Math.Min(maxRequestBytes + OverheadBytes, int.MaxValue);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            // A watch or keep-alive stream may say nothing for hours.
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.Http2.MaxStreamsPerConnection = int.MaxValue;
            options.Limits.Http2.InitialConnectionWindowSize = 1024 * 1024;
            options.Listen(listen, static endPoint => endPoint.Protocols = HttpProtocols.Http2);
        });
        var application = builder.Build();
        application.Run(http =>
        {
            // The table first: what is not in it is answered as gRPC does, in the trailers of an answer that is OK.
            if (methods.TryGetValue(http.Request.Path, out var method)) return GrpcCall.RunAsync(http, maxMessageBytes, method);
            return GrpcCall.RunAsync(http, maxMessageBytes, static _ =>
                throw new GrpcStatusException(GrpcStatusException.Unimplemented, "unknown service or method"));
        });
        await application.StartAsync();
        var address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var actor = system.ActorOf(
            EtcdWireActor.PropsFor(system.ActorSelection($"/user/{EtcdSupervisor.Name}"), client, ReconnectInterval), "etcd-wire");
        return new EtcdWireServer(application, actor, new IPEndPoint(listen.Address, address.Port));
    }

    public async ValueTask DisposeAsync()
    {
        _actor.Tell(PoisonPill.Instance);
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static Dictionary<PathString, Func<GrpcCall, Task>> Methods(EtcdWireClient client, bool unsafeWrites)
    {
        var kv = new EtcdKvService(client, unsafeWrites);
        var watch = new EtcdWatchService(client);
        var lease = new EtcdLeaseService(client, unsafeWrites);
        var maintenance = new EtcdMaintenanceService(client);
        return new Dictionary<PathString, Func<GrpcCall, Task>>
        {
            ["/etcdserverpb.KV/Range"] = kv.Range,
            ["/etcdserverpb.KV/Put"] = kv.Put,
            ["/etcdserverpb.KV/DeleteRange"] = kv.DeleteRange,
            ["/etcdserverpb.KV/Txn"] = kv.Txn,
            ["/etcdserverpb.KV/Compact"] = kv.Compact,
            ["/etcdserverpb.Watch/Watch"] = watch.Watch,
            ["/etcdserverpb.Lease/LeaseGrant"] = lease.Grant,
            ["/etcdserverpb.Lease/LeaseRevoke"] = lease.Revoke,
            ["/etcdserverpb.Lease/LeaseKeepAlive"] = lease.KeepAlive,
            ["/etcdserverpb.Lease/LeaseTimeToLive"] = lease.TimeToLive,
            ["/etcdserverpb.Lease/LeaseLeases"] = lease.Leases,
            ["/etcdserverpb.Maintenance/Alarm"] = maintenance.Alarm,
            ["/etcdserverpb.Maintenance/Status"] = maintenance.Status,
            ["/etcdserverpb.Maintenance/Hash"] = maintenance.Hash,
            ["/etcdserverpb.Maintenance/HashKV"] = maintenance.HashKv,
        };
    }
}
