using ActorPlane.Api.Core.V1;
using ActorPlane.Client;
using ActorPlane.Nodes;
using Akka.Actor;

namespace ActorPlane.Faults;

/// <summary>
/// <c>/user/faults</c>: passes each fault of <see cref="FaultProtocol"/> to the actor that suffers it, which answers the
/// sender. Where a container runs it asks the API server, as a person would before pulling a plug.
/// </summary>
public sealed class FaultInjector : ApiClientActor
{
    private const string ControllerManager = "kube-controller-manager";
    private readonly IActorRef _nodes;
    private readonly IActorRef _network;
    private readonly Dictionary<long, (FaultProtocol.CrashProcess Fault, IActorRef Client)> _looking = [];
    private long _lastLookup;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public FaultInjector(IActorRef apiServer, IActorRef nodes, IActorRef network)
        : base(apiServer, "faults")
    {
        (_nodes, _network) = (nodes, network);
        Receive<FaultProtocol.CrashContainer>(fault => Find(fault, fault.Namespace, fault.Pod, fault.Container));
        Receive<FaultProtocol.SetContainerReady>(fault => Find(fault, fault.Namespace, fault.Pod, fault.Container));
        Receive<FaultProtocol.SetLink>(fault => _network.Forward(fault));
        Receive<FaultProtocol.CrashProcess>(LookUp);
        Receive<ActorIdentity>(OnIdentity);
        Receive<FaultProtocol.IFault>(fault => _nodes.Forward(fault));
    }

    /// <summary>An injector for one cluster.</summary>
    /// <param name="nodes"><see cref="NodesActor"/>.</param>
    /// <param name="network"><see cref="Network.NetworkActor"/>.</param>
    public static Props PropsFor(IActorRef apiServer, IActorRef nodes, IActorRef network) => Props.Create<FaultInjector>(apiServer, nodes, network);

    private void Find(FaultProtocol.IFault fault, string @namespace, string name, string container)
    {
        var client = Sender;
        Client.Get("pods", @namespace, name, fault.Cause, outcome =>
        {
            if (outcome.Object is Pod { Spec.NodeName: { Length: > 0 } node } pod)
            {
                _nodes.Tell(new NodeProtocol.ContainerFault(node, pod.Metadata.Uid!, container, fault), client);
                return;
            }

            var why = outcome.IsUnknown ? "the API server does not answer" : outcome.IsDone ? "on no node yet" : "not found";
            client.Tell(new FaultProtocol.NoSuchTarget(fault.RequestId, $"pod {@namespace}/{name} ({why})", fault.Cause));
        });
    }

    private void LookUp(FaultProtocol.CrashProcess fault)
    {
        var isKnown = fault.Process is "etcd" or "kube-apiserver" or "apiextensions-apiserver" or "kube-scheduler" or ControllerManager
            || fault.Process.StartsWith(ControllerManager + "/", StringComparison.Ordinal);
        if (!isKnown)
        {
            Sender.Tell(Missing(fault));
            return;
        }

        _looking.Add(++_lastLookup, (fault, Sender));
        Context.ActorSelection($"/user/{fault.Process}").Tell(new Identify(_lastLookup), Self);
    }

    private void OnIdentity(ActorIdentity identity)
    {
        if (!_looking.Remove((long)identity.MessageId, out var lookup)) return;
        var (fault, client) = lookup;
        if (identity.Subject is { } process && !process.IsNobody())
        {
            process.Tell(new Crash(fault.Process, fault.Cause), Self);
            client.Tell(new FaultProtocol.Injected(fault.RequestId, fault.Cause));
        }
        else
        {
            client.Tell(Missing(fault));
        }
    }

    private static FaultProtocol.NoSuchTarget Missing(FaultProtocol.CrashProcess fault) => new(fault.RequestId, $"process {fault.Process}", fault.Cause);
}
