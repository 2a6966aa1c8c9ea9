using ActorPlane.Api;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Http;

/// <summary>
/// One watch of one HTTP client: the API server tells it of changes, and it puts them into the request's
/// <see cref="WatchStream"/>. A client that reads too slowly is cut off there. Ends with the request.
/// </summary>
public sealed class HttpWatch : TracedUntypedActor
{
    private readonly IActorRef _server;
    private readonly WatchStream _stream;
    private readonly Cause _cause;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public HttpWatch(IActorRef server, WatchStream stream, Cause cause) => (_server, _stream, _cause) = (server, stream, cause);

    /// <summary>A child of the <see cref="HttpGateway"/>.</summary>
    public static Props PropsFor(IActorRef server, WatchStream stream, Cause cause) => Props.Create(() => new HttpWatch(server, stream, cause));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _server.Tell(new Watch(0, 0, _stream.Resource, _stream.Selector, _stream.FromRevision, _cause), Self);
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        // The API server watches over our life: it forgets the watch.
        _stream.Complete();
        base.PostStop();
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Watching:
                _stream.Opened();
                break;
            case Refused refused:
                Fail(refused.Status);
                break;
            case Changed changed:
                if (!_stream.Offer(new WatchItem(changed.Type, changed.Object, changed.Revision))) Context.Stop(Self);
                break;
            case HttpGatewayProtocol.Mark mark:
                if (!_stream.Offer(new WatchItem(null, null, mark.Revision))) Context.Stop(Self);
                break;

            // A resource whose definition changed or went: the client lists again, and sees. As after a broken connection.
            case WatchClosed { Status.Reason: StatusReason.NotFound } or ConnectionLost:
                Context.Stop(Self);
                break;
            case WatchClosed closed:
                Fail(closed.Status);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Fail(Api.Meta.V1.Status status)
    {
        _stream.Fail(status);
        Context.Stop(Self);
    }
}
