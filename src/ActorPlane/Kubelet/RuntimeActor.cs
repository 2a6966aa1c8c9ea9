using ActorPlane.Faults;
using ActorPlane.Nodes;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.Kubelet;

/// <summary>
/// <c>/user/nodes/NODE/runtime</c>, the container runtime of a machine: holds its pods, gives them addresses and images.
/// Its pods live as long as the machine has power, whatever becomes of the kubelet.
/// </summary>
public sealed class RuntimeActor : TracedUntypedActor
{
    // What a kubelet waits before it asks for a sandbox again.
    private static readonly TimeSpan SandboxRetry = TimeSpan.FromSeconds(1);
    private readonly MachineSpec _machine;
    private readonly ImageStore _images;
    private readonly AddressPool _addresses;
    private readonly Props _podProps;
    private readonly Dictionary<string, Resident> _pods = new(StringComparer.Ordinal);

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public RuntimeActor(MachineSpec machine, KubeletSettings settings, Props podProps)
    {
        (_machine, _podProps) = (machine, podProps);
        _images = new ImageStore(settings.ImagePull, settings.ImageCheck);
        _addresses = new AddressPool(machine.PodRange);
    }

    /// <summary>A runtime without pods.</summary>
    /// <param name="podProps"><see cref="PodActor.PropsFor"/>.</param>
    public static Props PropsFor(MachineSpec machine, KubeletSettings settings, Props podProps) => Props.Create<RuntimeActor>(machine, settings, podProps);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RuntimeProtocol.RunPod run:
                Run(run);
                break;
            case RuntimeProtocol.StopPod stop when _pods.TryGetValue(stop.Uid, out var resident):
                resident.Actor.Forward(stop);
                break;
            case RuntimeProtocol.StopPod stop:
                Sender.Tell(new RuntimeProtocol.NoSuchPod(stop.Uid, stop.Cause));
                break;
            case RuntimeProtocol.RemovePod remove:
                Remove(remove.Uid);
                break;
            case RuntimeProtocol.RetainPods retain:
                foreach (var uid in _pods.Keys.Where(uid => !retain.Uids.Contains(uid)).Order(StringComparer.Ordinal).ToList()) Remove(uid);
                break;
            case RuntimeProtocol.PullImage pull:
                Pull(pull);
                break;
            case Pulled pulled:
                Confirm(pulled.Client, pulled.Request, pulled.Total);
                break;
            case NodeProtocol.ContainerFault fault when _pods.TryGetValue(fault.PodUid, out var resident):
                resident.Actor.Forward(fault);
                break;
            case NodeProtocol.ContainerFault fault:
                Sender.Tell(new FaultProtocol.NoSuchTarget(fault.Fault.RequestId, $"pod on {_machine.Name}", fault.Cause));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Run(RuntimeProtocol.RunPod run)
    {
        var metadata = run.Pod.Metadata;
        var uid = metadata.Uid!;
        if (_pods.TryGetValue(uid, out var resident))
        {
            resident.Actor.Forward(run);
            return;
        }

        var address = 0u;
        if (run.Pod.Spec.HostNetwork != true && !_addresses.TryTake(out address))
        {
            Context.System.Scheduler.ScheduleTellOnce(SandboxRetry, Self, run, Sender);
            return;
        }

        // A pod's own name costs no memory. When the node has another one of that name, it is as the kubelet names a pod's
        // directory of logs; an underscore is in neither name. The uid is added when a predecessor is not quite gone.
        var name = metadata.Name!;
        if (!Context.Child(name).IsNobody()) name = $"{metadata.Namespace}_{name}";
        if (!Context.Child(name).IsNobody()) name = $"{name}_{uid}";
        var pod = Context.ActorOf(_podProps, name);
        _pods.Add(uid, new Resident(pod, address));
        pod.Tell(new RuntimeProtocol.CreatePod(run.Pod, address == 0 ? _machine.Address : Cidr.Dotted(address), Sender, run.Cause));
    }

    private void Remove(string uid)
    {
        if (!_pods.Remove(uid, out var resident)) return;
        Context.Stop(resident.Actor);
        if (resident.Address != 0) _addresses.Release(resident.Address);
    }

    private void Pull(RuntimeProtocol.PullImage pull)
    {
        var now = Context.System.Scheduler.Now;
        var plan = _images.Plan(pull.Image, pull.Policy, now);
        var total = plan.ReadyAt - now;
        if (!plan.IsPull || total <= TimeSpan.Zero)
        {
            Confirm(Sender, pull, plan.IsPull ? TimeSpan.Zero : null);
            return;
        }

        Sender.Tell(new RuntimeProtocol.ImagePulling(pull.Image, pull.Cause));
        Context.System.Scheduler.ScheduleTellOnce(total, Self, new Pulled(pull, Sender, total), Self);
    }

    private void Confirm(IActorRef client, RuntimeProtocol.PullImage pull, TimeSpan? took) =>
        client.Tell(new RuntimeProtocol.ImageReady(pull.Image, _images.Add(pull.Image), took, pull.Cause));

    /// <summary>A pod that is here.</summary>
    /// <param name="Address">0 when it uses the machine's.</param>
    private readonly record struct Resident(IActorRef Actor, uint Address);

    /// <summary>A pull is done.</summary>
    private sealed record Pulled(RuntimeProtocol.PullImage Request, IActorRef Client, TimeSpan Total) : IDeadLetterSuppression;
}
