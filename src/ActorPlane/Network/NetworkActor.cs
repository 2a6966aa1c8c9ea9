using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Network;

/// <summary>
/// <c>/user/network</c>: holds one link for each node. Takes <see cref="NetworkProtocol.OpenLink"/>,
/// <see cref="NetworkProtocol.CloseLink"/> and <see cref="FaultProtocol.SetLink"/>.
/// </summary>
public sealed class NetworkActor : TracedUntypedActor
{
    private readonly Props _linkProps;

    // Of their own name once more: a link that is being closed must not be given out again.
    private readonly Dictionary<string, IActorRef> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(IActorRef Client, NetworkProtocol.OpenLink Request)>> _closing = new(StringComparer.Ordinal);

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public NetworkActor(IActorRef apiServer, NetworkSettings settings) => _linkProps = LinkActor.PropsFor(apiServer, settings);

    /// <summary>The network between the nodes and <paramref name="apiServer"/>.</summary>
    public static Props PropsFor(IActorRef apiServer, NetworkSettings settings) => Props.Create<NetworkActor>(apiServer, settings);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NetworkProtocol.OpenLink open:
                Open(open, Sender);
                break;
            case NetworkProtocol.CloseLink close:
                Close(close);
                break;
            case FaultProtocol.SetLink set when _links.TryGetValue(set.Node, out var link):
                link.Forward(set);
                break;
            case FaultProtocol.SetLink set:
                Sender.Tell(new FaultProtocol.NoSuchTarget(set.RequestId, $"node {set.Node}", set.Cause));
                break;
            case Closed closed:
                _closing.Remove(closed.Node, out var waiting);
                foreach (var (client, request) in waiting ?? []) Open(request, client);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Open(NetworkProtocol.OpenLink open, IActorRef client)
    {
        if (_closing.TryGetValue(open.Node, out var waiting))
        {
            waiting.Add((client, open));
            return;
        }

        if (!_links.TryGetValue(open.Node, out var link)) _links.Add(open.Node, link = Context.ActorOf(_linkProps, open.Node));
        client.Tell(new NetworkProtocol.LinkOpened(open.Node, link, open.Cause));
    }

    private void Close(NetworkProtocol.CloseLink close)
    {
        if (_links.Remove(close.Node, out var link))
        {
            _closing.Add(close.Node, []);
            Context.WatchWith(link, new Closed(close.Node));
            Context.Stop(link);
        }

        Sender.Tell(new NetworkProtocol.LinkClosed(close.Node, close.Cause));
    }

    /// <summary>A link has stopped: its name is free.</summary>
    private sealed record Closed(string Node);
}
