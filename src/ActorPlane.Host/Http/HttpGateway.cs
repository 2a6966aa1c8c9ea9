using ActorPlane.ApiServer;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.Host.Http.HttpGatewayProtocol;

namespace ActorPlane.Host.Http;

/// <summary>
/// The door between HTTP and the actors, at <c>/user/http</c>: hands the commands of requests to the API server and its
/// replies to the <see cref="HttpGatewayClient"/>. Each watch is a child of its own.
/// </summary>
public sealed class HttpGateway : TracedActor
{
    private readonly IActorRef _server;
    private readonly HttpGatewayClient _client;
    private readonly Dictionary<WatchStream, IActorRef> _watches = [];
    private long _nextWatch;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public HttpGateway(IActorRef server, HttpGatewayClient client)
    {
        (_server, _client) = (server, client);
        Receive<Submit>(submit => _server.Tell(submit.Command, Self));
        Receive<ApiServerProtocol.IReply>(_client.Deliver);
        Receive<ApiServerProtocol.ConnectionLost>(_ => _client.LosePending());
        Receive<OpenWatch>(open =>
        {
            _watches[open.Stream] = Context.ActorOf(HttpWatch.PropsFor(_server, open.Stream, open.Cause), $"watch-{_nextWatch++}");
            _client.Watches = _watches.Count;
        });
        Receive<CloseWatch>(close =>
        {
            if (_watches.Remove(close.Stream, out var watch)) Context.Stop(watch);
            _client.Watches = _watches.Count;
        });
        Receive<Mark>(mark =>
        {
            if (_watches.TryGetValue(mark.Stream, out var watch)) watch.Forward(mark);
        });
    }

    /// <summary>The actor <c>/user/http</c>.</summary>
    /// <param name="server">The API server.</param>
    /// <param name="client">Who gets the replies.</param>
    public static Props PropsFor(IActorRef server, HttpGatewayClient client) => Props.Create(() => new HttpGateway(server, client));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _client.Begin(Self, CauseSource.For(Context));
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _client.End();
        base.PostStop();
    }

    /// <summary>A watch that crashes ends its own stream only.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);
}
