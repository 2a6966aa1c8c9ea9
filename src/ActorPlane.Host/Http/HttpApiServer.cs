using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorPlane.Host.Http.Identity;
using ActorPlane.Host.Otel;
using ActorPlane.Settings;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorPlane.Host.Http;

/// <summary>The front door: kube-apiserver's HTTP API, for kubectl and every other client.</summary>
public sealed class HttpApiServer : IAsyncDisposable
{
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Their size is bounded, too.</summary>
    private const int MaxHeaders = 10_000;

    // Go's: net.KeepAliveConfig.
    private const int KeepAliveIntervalSeconds = 15;
    private const int KeepAliveProbes = 9;

    private readonly WebApplication _application;
    private readonly IActorRef _gateway;
    private readonly TokenSigner _signer;
    private readonly HttpGatewayClient _client;
    private readonly RequestLimits _limits;

    private HttpApiServer(WebApplication application, IActorRef gateway, TokenSigner signer, HttpGatewayClient client, RequestLimits limits, IPEndPoint endPoint) =>
        (_application, _gateway, _signer, _client, _limits, EndPoint) = (application, gateway, signer, client, limits, endPoint);

    /// <summary>Requests under way, but for watches and followed logs.</summary>
    public int RequestsInFlight => _limits.InFlight;

    /// <summary>Watches that are open.</summary>
    public int Watches => _client.Watches;

    /// <summary>Where it listens, with the port that was chosen if 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What clients call it.</summary>
    public string Url => $"http://{EndPoint}";

    /// <summary>Starts to listen.</summary>
    /// <param name="system">The system with the API server.</param>
    /// <param name="apiServer">The API server.</param>
    /// <param name="listen">Address and port; port 0 for any that is free.</param>
    /// <param name="logging">Where our own failures are logged.</param>
    /// <param name="spans">Makes spans of requests; null makes none.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HttpApiServer> StartAsync(ActorSystem system, IActorRef apiServer, IPEndPoint listen, ILoggerFactory logging, OpenTelemetrySink? spans = null)
    {
        var settings = HttpSettings.Read(system.Settings.Config);
        var client = new HttpGatewayClient(system, ReplyTimeout, settings.WatchQueue);
        var signer = new TokenSigner();
        var router = new ApiRouter(client, signer, logging.CreateLogger("ActorPlane.Host.Http"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = endPoint => KeptAlive(endPoint, settings.TcpKeepAlive));
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;

            // Warnings repeat what the client wrote.
            options.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;

            // The router counts the body's bytes itself, to answer with a Status.
            options.Limits.MaxRequestBodySize = null;

            // A slow body is bounded by the request's time.
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MaxConcurrentConnections = settings.MaxConnections;
            options.Limits.KeepAliveTimeout = settings.IdleTimeout;
            options.Limits.RequestHeadersTimeout = settings.ReadHeaderTimeout;
            options.Limits.MaxRequestHeadersTotalSize = settings.MaxHeaderBytes;
            options.Limits.MaxRequestBufferSize = Math.Max(settings.MaxHeaderBytes, options.Limits.MaxRequestBufferSize ?? 0);
            options.Limits.MaxRequestLineSize = settings.MaxHeaderBytes;
            options.Limits.MaxRequestHeaderCount = MaxHeaders;
            options.Listen(listen, static endPoint => endPoint.Protocols = HttpProtocols.Http1);
        });
        var application = builder.Build();
        var limits = new RequestLimits(settings);
        Task Serve(HttpContext http) => limits.Serve(http, inner => YamlAnswers.Serve(inner, router.Serve));
        application.Run(spans is null ? Serve : http => RequestTracing.Serve(spans, http, Serve));
        await application.StartAsync();
        var address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        var gateway = system.ActorOf(HttpGateway.PropsFor(apiServer, client), "http");
        return new HttpApiServer(application, gateway, signer, client, limits, new IPEndPoint(listen.Address, address.Port));
    }

    /// <summary>A bound socket whose connections ask their silent clients whether they are still there.</summary>
    internal static Socket KeptAlive(EndPoint endPoint, TimeSpan after)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)after.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        return socket;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Open watches end with the gateway, as they do when their time is up: the web server would wait for them.
        _gateway.Tell(PoisonPill.Instance);
        await _application.StopAsync();
        await _application.DisposeAsync();
        _signer.Dispose();
    }
}
