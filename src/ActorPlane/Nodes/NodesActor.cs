using ActorPlane.Faults;
using ActorPlane.Kubelet;
using ActorPlane.Network;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Nodes;

/// <summary>
/// <c>/user/nodes</c>: holds the machines and gives them their addresses. Takes <see cref="NodeProtocol"/> and passes
/// <see cref="FaultProtocol"/>'s faults of machines on to them.
/// </summary>
public sealed class NodesActor : TracedUntypedActor
{
    private readonly IActorRef _network;
    private readonly NodesSettings _settings;
    private readonly KubeletSettings _kubelets;
    private readonly Props _podProps;
    private readonly Chance _chance = Chance.For(Context, "machines");
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _freeNumbers = [];
    private int _nextNumber;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public NodesActor(IActorRef network, NodesSettings settings, KubeletSettings kubelets)
    {
        (_network, _settings, _kubelets) = (network, settings, kubelets);
        _podProps = PodActor.PropsFor(kubelets);
    }

    /// <summary>No machine yet.</summary>
    /// <param name="network"><see cref="NetworkActor"/>: every machine gets a link from it.</param>
    public static Props PropsFor(IActorRef network, NodesSettings settings, KubeletSettings kubelets) =>
        Props.Create<NodesActor>(network, settings, kubelets);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NodeProtocol.AddNode add:
                Add(add);
                break;
            case NetworkProtocol.LinkOpened opened:
                Boot(opened);
                break;
            case NodeProtocol.RemoveNode remove:
                Remove(remove);
                break;
            case Gone gone:
                OnGone(gone);
                break;
            case NetworkProtocol.LinkClosed:
                break;
            case NodeProtocol.ContainerFault fault:
                Pass(fault.Fault, fault.Node, fault);
                break;
            case FaultProtocol.PowerOff fault:
                Pass(fault, fault.Node, fault);
                break;
            case FaultProtocol.PowerOn fault:
                Pass(fault, fault.Node, fault);
                break;
            case FaultProtocol.CrashKubelet fault:
                Pass(fault, fault.Node, fault);
                break;
            case FaultProtocol.StopKubelet fault:
                Pass(fault, fault.Node, fault);
                break;
            case FaultProtocol.StartKubelet fault:
                Pass(fault, fault.Node, fault);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Add(NodeProtocol.AddNode add)
    {
        if (Refusal(add) is { } reason)
        {
            Sender.Tell(new NodeProtocol.NodeRefused(add.RequestId, add.Name, reason, add.Cause));
            return;
        }

        var number = _freeNumbers.Count > 0 ? _freeNumbers.Min : _nextNumber++;
        _freeNumbers.Remove(number);
        _places.Add(add.Name, new Place(number) { Adding = (add, Sender) });
        _network.Tell(new NetworkProtocol.OpenLink(add.Name, add.Cause));
    }

    private string? Refusal(NodeProtocol.AddNode add)
    {
        if (_places.TryGetValue(add.Name, out var place)) return place.Removing is null ? "exists already" : "is still being removed";
        if (!ActorPath.IsValidPathElement(add.Name)) return "has a name that no node can have";
        if (_places.Count >= _settings.MaxNodes) return $"has no address left: there are {_settings.MaxNodes} in actorplane.nodes";
        var size = new AddressPool(_settings.PodAddresses.Part(0, _settings.PodPrefixLength)).Size;
        return add.Capacity.Pods > size ? $"wants {add.Capacity.Pods} pods, more than the {size} addresses of actorplane.nodes.pod-prefix-length" : null;
    }

    private void Boot(NetworkProtocol.LinkOpened opened)
    {
        if (!_places.TryGetValue(opened.Node, out var place) || place.Adding is not { } adding) return;
        var (add, client) = adding;
        var spec = new MachineSpec(
            add.Name,
            add.Capacity,
            add.Labels,
            add.Taints,
            Cidr.Dotted(_settings.Addresses.Address + 1 + (uint)place.Number),
            _settings.PodAddresses.Part(place.Number, _settings.PodPrefixLength),
            _chance.NextUInt64().ToString("x16") + _chance.NextUInt64().ToString("x16"),
            _chance.NextUid());
        place.Adding = null;
        place.Link = opened.Link;
        place.Machine = Context.ActorOf(MachineActor.PropsFor(spec, opened.Link, _kubelets, _podProps, add.Cause), add.Name);
        client.Tell(new NodeProtocol.NodeAdded(add.RequestId, add.Name, add.Cause));
    }

    private void Remove(NodeProtocol.RemoveNode remove)
    {
        if (!_places.TryGetValue(remove.Name, out var place) || place.Machine is null || place.Removing is not null)
        {
            Sender.Tell(new NodeProtocol.NodeRefused(remove.RequestId, remove.Name, "does not exist", remove.Cause));
            return;
        }

        place.Removing = (remove, Sender);
        Context.WatchWith(place.Machine, new Gone(remove.Name));
        Context.Stop(place.Machine);
        _network.Tell(new NetworkProtocol.CloseLink(remove.Name, remove.Cause));
    }

    private void OnGone(Gone gone)
    {
        if (!_places.Remove(gone.Node, out var place) || place.Removing is not { } removing) return;
        _freeNumbers.Add(place.Number);
        removing.Client.Tell(new NodeProtocol.NodeRemoved(removing.Request.RequestId, gone.Node, removing.Request.Cause));
    }

    private void Pass(FaultProtocol.IFault fault, string node, object message)
    {
        if (_places.TryGetValue(node, out var place) && place.Machine is { } machine && place.Removing is null) machine.Forward(message);
        else Sender.Tell(new FaultProtocol.NoSuchTarget(fault.RequestId, $"node {node}", fault.Cause));
    }

    /// <summary>One machine, from the wish for it to its end.</summary>
    private sealed class Place(int number)
    {
        public int Number { get; } = number;

        public IActorRef? Machine { get; set; }

        public IActorRef? Link { get; set; }

        public (NodeProtocol.AddNode Request, IActorRef Client)? Adding { get; set; }

        public (NodeProtocol.RemoveNode Request, IActorRef Client)? Removing { get; set; }
    }

    /// <summary>A machine that was taken away has stopped.</summary>
    private sealed record Gone(string Node);
}
