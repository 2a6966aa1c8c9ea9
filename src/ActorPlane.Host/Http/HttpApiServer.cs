using System.Net;
using System.Text;
using ActorPlane.Host.Http.Identity;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorPlane.Host.Http;

/// <summary>The front door: kube-apiserver's HTTP API, for kubectl and every other client.</summary>
public sealed class HttpApiServer : IAsyncDisposable
{
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(30);

    private readonly WebApplication _application;
    private readonly IActorRef _gateway;
    private readonly TokenSigner _signer;

    private HttpApiServer(WebApplication application, IActorRef gateway, TokenSigner signer, IPEndPoint endPoint) =>
        (_application, _gateway, _signer, EndPoint) = (application, gateway, signer, endPoint);

    /// <summary>Where it listens, with the port that was chosen if 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What clients call it.</summary>
    public string Url => $"http://{EndPoint}";

    /// <summary>Starts to listen.</summary>
    /// <param name="system">The system with the API server.</param>
    /// <param name="apiServer">The API server.</param>
    /// <param name="listen">Address and port; port 0 for any that is free.</param>
    /// <param name="logging">Where our own failures are logged.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HttpApiServer> StartAsync(ActorSystem system, IActorRef apiServer, IPEndPoint listen, ILoggerFactory logging)
    {
        var client = new HttpGatewayClient(system, ReplyTimeout);
        var signer = new TokenSigner();
        var router = new ApiRouter(client, signer, logging.CreateLogger("ActorPlane.Host.Http"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;

            // Warnings repeat what the client wrote.
            options.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;

            // The router counts the body's bytes itself, to answer with a Status.
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MaxConcurrentConnections = 20_000;
            options.Listen(listen, static endPoint => endPoint.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        application.Run(router.Serve);
        await application.StartAsync();
        var address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var gateway = system.ActorOf(HttpGateway.PropsFor(apiServer, client), "http");
        return new HttpApiServer(application, gateway, signer, new IPEndPoint(listen.Address, address.Port));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _signer.Dispose();
        _gateway.Tell(PoisonPill.Instance);
    }
}
