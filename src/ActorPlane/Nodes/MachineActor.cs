using ActorPlane.Faults;
using ActorPlane.Kubelet;
using ActorPlane.Network;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Nodes;

/// <summary>
/// <c>/user/nodes/NODE</c>, a machine. While it has power it holds a container runtime and a kubelet; without power both
/// are gone, and with them all containers. A kubelet that crashes is started again at once, as systemd would do; the
/// runtime does not notice.
/// </summary>
public sealed class MachineActor : TracedUntypedActor
{
    private const string KubeletName = "kubelet";
    private const string RuntimeName = "runtime";
    private readonly MachineSpec _spec;
    private readonly IActorRef _link;
    private readonly KubeletSettings _settings;
    private readonly Props _podProps;
    private IActorRef? _kubelet;
    private IActorRef? _runtime;
    private string _bootId = "";

    // What is stopping blocks its name until it is gone.
    private int _stopping;
    private bool _hasPower;
    private bool _wantsKubelet;
    private Cause _cause;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public MachineActor(MachineSpec spec, IActorRef link, KubeletSettings settings, Props podProps, Cause cause) =>
        (_spec, _link, _settings, _podProps, _cause) = (spec, link, settings, podProps, cause);

    /// <summary>A machine that powers on as soon as it is there.</summary>
    /// <param name="link">Its <see cref="LinkActor"/>.</param>
    /// <param name="podProps"><see cref="PodActor.PropsFor"/>, the same for all machines.</param>
    /// <param name="cause">What it is built for.</param>
    public static Props PropsFor(MachineSpec spec, IActorRef link, KubeletSettings settings, Props podProps, Cause cause) =>
        Props.Create<MachineActor>(spec, link, settings, podProps, cause);

    /// <inheritdoc />
    protected override void PreStart()
    {
        _hasPower = _wantsKubelet = true;
        StartWhatIsWanted();
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Gone:
                _stopping--;
                StartWhatIsWanted();
                break;
            case FaultProtocol.PowerOff fault:
                _hasPower = _wantsKubelet = false;
                StopKubelet(fault.Cause);
                if (_runtime is not null) Stop(_runtime);
                _runtime = null;
                Confirm(fault);
                break;
            case FaultProtocol.PowerOn fault:
                if (!_hasPower)
                {
                    _hasPower = _wantsKubelet = true;
                    _cause = fault.Cause;
                    StartWhatIsWanted();
                }

                Confirm(fault);
                break;
            case FaultProtocol.StopKubelet fault when _hasPower:
                _wantsKubelet = false;
                StopKubelet(fault.Cause);
                Confirm(fault);
                break;
            case FaultProtocol.StartKubelet fault when _hasPower:
                _wantsKubelet = true;
                _cause = fault.Cause;
                StartWhatIsWanted();
                Confirm(fault);
                break;
            case FaultProtocol.CrashKubelet fault when _kubelet is not null:
                _kubelet.Tell(new Crash($"kubelet of {_spec.Name}", fault.Cause));
                Confirm(fault);
                break;
            case NodeProtocol.ContainerFault fault when _runtime is not null:
                _runtime.Forward(fault);
                break;
            case NodeProtocol.ContainerFault fault:
                Sender.Tell(new FaultProtocol.NoSuchTarget(fault.Fault.RequestId, $"node {_spec.Name} has no power", fault.Cause));
                break;
            case FaultProtocol.IFault fault:
                Sender.Tell(new FaultProtocol.NoSuchTarget(fault.RequestId, $"kubelet of {_spec.Name}", fault.Cause));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void StartWhatIsWanted()
    {
        if (!_hasPower || _stopping > 0) return;
        if (_runtime is null)
        {
            _bootId = Chance.For(Context, "boot").NextUid();
            _runtime = Context.ActorOf(RuntimeActor.PropsFor(_spec, _settings, _podProps), RuntimeName);
        }

        if (_wantsKubelet && _kubelet is null)
            _kubelet = Context.ActorOf(KubeletActor.PropsFor(_spec, _bootId, _link, _runtime, _settings, _cause), KubeletName);
    }

    private void StopKubelet(Cause cause)
    {
        if (_kubelet is null) return;
        _link.Tell(new NetworkProtocol.Disconnect(cause));
        Stop(_kubelet);
        _kubelet = null;
    }

    private void Stop(IActorRef child)
    {
        _stopping++;
        Context.WatchWith(child, Gone.Instance);
        Context.Stop(child);
    }

    private void Confirm(FaultProtocol.IFault fault) => Sender.Tell(new FaultProtocol.Injected(fault.RequestId, fault.Cause));

    /// <summary>The kubelet or the runtime has stopped: its name is free.</summary>
    private sealed class Gone
    {
        public static readonly Gone Instance = new();
    }
}
