using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Faults;
using ActorPlane.Nodes;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.Kubelet;

/// <summary>
/// <c>/user/nodes/NODE/runtime/POD</c>: a pod in the container runtime. It starts its containers in Kubernetes' order
/// (sandbox, init containers one after the other, then the others), supervises them by the pod's restart policy, ends them
/// when told, and reports each change that matters to the kubelet.
/// </summary>
public sealed class PodActor : TracedUntypedActor
{
    private static readonly IReadOnlyList<PodHappening> NothingHappened = [];
    private readonly KubeletSettings _settings;
    private readonly Props _containerProps;

    // Not the whole pod: it would keep an old version of it in memory.
    private PodSpec _spec = PodSpec.Empty;
    private string _uid = "";
    private string _name = "";
    private string _namespace = "";
    private IActorRef _kubelet = ActorRefs.Nobody;

    // Init containers first, then the others, both in the order of the spec, then the ephemeral ones as they come.
    private Slot[] _slots = [];
    private readonly List<EphemeralContainer> _guests = [];
    private string? _address;
    private Phase _phase = Phase.Sandbox;

    // The container whose start is under way; all before it have been started.
    private int _next;
    private List<PodHappening>? _happenings;

    // The kubelet has heard that the containers are being created.
    private bool _hasReported;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public PodActor(KubeletSettings settings, Props containerProps) => (_settings, _containerProps) = (settings, containerProps);

    /// <summary>The same for all pods.</summary>
    public static Props PropsFor(KubeletSettings settings) => Props.Create<PodActor>(settings, ContainerActor.PropsFor(settings));

    private enum Phase
    {
        /// <summary>The network is being set up.</summary>
        Sandbox,

        /// <summary>The containers are started one after the other.</summary>
        Starting,

        /// <summary>All were started.</summary>
        Running,

        /// <summary>All were told to end.</summary>
        Stopping,

        /// <summary>None runs and none will.</summary>
        Ended,
    }

    private int InitCount => _spec.InitContainers.Count;

    private int MainCount => InitCount + _spec.Containers.Count;

    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(OnContainerFailure, loggingEnabled: false);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RuntimeProtocol.CreatePod create:
                Create(create);
                break;
            case RuntimeProtocol.RunPod run:
                _kubelet = Sender;
                Join(run);
                Report(run.Cause);
                break;
            case SandboxReady ready when _phase == Phase.Sandbox:
                OnSandboxReady(ready.Address, ready.Cause);
                break;
            case RuntimeProtocol.ImagePulling pulling:
                Note(PodHappening.Pulling(pulling.Image));
                ReportWaiting(pulling.Cause);
                break;
            case RuntimeProtocol.ImageReady ready when _phase == Phase.Starting:
                OnImageReady(ready);
                break;
            case RuntimeProtocol.ImageReady ready when _phase == Phase.Running:
                OnGuestImageReady(ready);
                break;
            case Launch launch when _phase is Phase.Starting or Phase.Running:
                StartProcess(launch.Index, launch.Cause);
                break;
            case ContainerProtocol.ContainerStarted started:
                OnStarted(IndexOf(started.Container), started.Cause);
                break;
            case ContainerProtocol.ContainerExited exited:
                OnExited(IndexOf(exited.Container), exited);
                break;
            case ContainerProtocol.ContainerRestarted restarted when _phase is Phase.Starting or Phase.Running:
                LaunchAfter(_settings.ContainerStart, IndexOf(restarted.Container), restarted.Cause);
                break;
            case Gone gone when _phase is Phase.Starting or Phase.Running:
                Await(gone.Next);
                break;
            case BackOffOver over when _phase is Phase.Starting or Phase.Running:
                LaunchAfter(_settings.ContainerStart, over.Index, over.Cause);
                break;
            case ProbesPass pass:
                OnProbesPass(pass);
                break;
            case RuntimeProtocol.StopPod stop:
                _kubelet = Sender;
                Stop(stop);
                break;
            case GraceOver over:
                Signal(new ContainerProtocol.Kill(over.Cause));
                break;
            case NodeProtocol.ContainerFault fault:
                Inject(fault);
                break;
            case SandboxReady or RuntimeProtocol.ImageReady or Launch or ContainerProtocol.ContainerRestarted or Gone or BackOffOver:
                // Too late: the pod is being stopped.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Create(RuntimeProtocol.CreatePod create)
    {
        var pod = create.Pod;
        (_spec, _kubelet) = (pod.Spec, create.Kubelet);
        (_uid, _name, _namespace) = (pod.Metadata.Uid!, pod.Metadata.Name!, pod.Metadata.Namespace!);
        var hasInit = InitCount > 0;
        var now = Context.System.Scheduler.Now;
        _slots = new Slot[InitCount + _spec.Containers.Count];
        for (var i = 0; i < _slots.Length; i++)
        {
            var container = ContainerAt(i);
            var status = ContainerStates.Initial(container, hasInit);
            var known = (i < InitCount ? pod.Status.InitContainerStatuses : pod.Status.ContainerStatuses).Find(other => other.Name == container.Name);
            _slots[i].Status = known is null ? status : ContainerStates.Lost(status, known, now);
        }

        AddGuests(pod, now);
        if (_settings.SandboxStart > TimeSpan.Zero)
        {
            ReportWaiting(create.Cause);
            After(_settings.SandboxStart, new SandboxReady(create.Address, create.Cause));
        }
        else
        {
            OnSandboxReady(create.Address, create.Cause);
        }
    }

    private void OnSandboxReady(string address, Cause cause)
    {
        _address = address;
        _phase = Phase.Starting;
        StartNext(cause);
    }

    // ---- ephemeral containers ----

    private void Join(RuntimeProtocol.RunPod run)
    {
        if (_phase is Phase.Stopping or Phase.Ended) return;
        AddGuests(run.Pod, Context.System.Scheduler.Now);
        if (_phase == Phase.Running) StartGuests(run.Cause);
    }

    private void AddGuests(Pod pod, DateTimeOffset now)
    {
        // Patches put new ones before old ones: names tell which are new.
        foreach (var guest in pod.Spec.EphemeralContainers)
        {
            if (_guests.Exists(other => other.Name == guest.Name)) continue;
            _guests.Add(guest);
            Array.Resize(ref _slots, _slots.Length + 1);
            var i = _slots.Length - 1;

            // No probes: nobody ever calls them ready, or started.
            var container = ContainerAt(i);
            ref var slot = ref _slots[i];
            slot.Status = ContainerStates.Initial(container, hasInit: false) with { Started = null };
            if (pod.Status.EphemeralContainerStatuses.Find(other => other.Name == container.Name) is not { } known) continue;
            slot.Status = ContainerStates.Lost(slot.Status, known, now);
            if (slot.Status.LastState.Terminated is null) continue;
            slot.Status = slot.Status with { State = slot.Status.LastState, LastState = ContainerState.Empty };
            slot.IsDone = true;
        }
    }

    private void StartGuests(Cause cause)
    {
        for (var i = MainCount; i < _slots.Length; i++)
        {
            ref var slot = ref _slots[i];
            if (slot.IsDone || slot.IsAlive || slot.IsCalled) continue;
            slot.IsCalled = true;
            var image = _guests[i - MainCount].Image ?? "";
            Context.Parent.Tell(new RuntimeProtocol.PullImage(image, ImageStore.PolicyOf(_guests[i - MainCount].ImagePullPolicy, image), cause));
        }
    }

    private void OnGuestImageReady(RuntimeProtocol.ImageReady ready)
    {
        for (var i = MainCount; i < _slots.Length; i++)
        {
            ref var slot = ref _slots[i];
            if (slot.IsDone || slot.IsAlive || slot.ImageId is not null || (_guests[i - MainCount].Image ?? "") != ready.Image) continue;
            slot.ImageId = ready.ImageId;
            Note(ready.Took is { } took ? PodHappening.Pulled(ready.Image, took) : PodHappening.Present(ready.Image));
            LaunchAfter(_settings.ContainerStart, i, ready.Cause);
            return;
        }
    }

    // ---- starting ----

    private void StartNext(Cause cause)
    {
        while (_next < MainCount && StaysDown(_next)) _next++;
        if (_next == MainCount)
        {
            _phase = Phase.Running;
            if (EndIfDone(cause)) return;
            Report(cause);
            StartGuests(cause);
            return;
        }

        var container = ContainerAt(_next);
        var image = container.Image ?? "";
        Context.Parent.Tell(new RuntimeProtocol.PullImage(image, ImageStore.PolicyOf(container.ImagePullPolicy, image), cause));
    }

    // After a power failure: what had ended for good before it is not run again, but what the failure ended may be.
    private bool StaysDown(int index)
    {
        ref var slot = ref _slots[index];
        if (slot.Status.LastState.Terminated is not { } last || slot.Status.State.Waiting is null) return false;
        if (IsInit(index)) return false;
        if (PolicyOf(index) != "Never" && (PolicyOf(index) != "OnFailure" || last.ExitCode != 0)) return false;
        slot.Status = slot.Status with { State = slot.Status.LastState, LastState = ContainerState.Empty };
        slot.IsDone = true;
        return true;
    }

    private void OnImageReady(RuntimeProtocol.ImageReady ready)
    {
        ref var slot = ref _slots[_next];
        slot.ImageId = ready.ImageId;
        Note(ready.Took is { } took ? PodHappening.Pulled(ready.Image, took) : PodHappening.Present(ready.Image));
        LaunchAfter(_settings.ContainerStart, _next, ready.Cause);
    }

    private void LaunchAfter(TimeSpan delay, int index, Cause cause)
    {
        if (delay == TimeSpan.Zero)
        {
            StartProcess(index, cause);
            return;
        }

        ReportWaiting(cause);
        After(delay, new Launch(index, cause));
    }

    private void StartProcess(int index, Cause cause)
    {
        var container = ContainerAt(index);
        ref var slot = ref _slots[index];
        var actor = Context.Child(container.Name);
        if (actor.IsNobody()) actor = Context.ActorOf(_containerProps, container.Name);
        slot.IsAlive = true;
        // Here, not when it says that it runs: it may crash before we hear that.
        if (slot.EndedAt != default) slot.BackOff = slot.BackOff.Restarted(slot.EndedAt, Context.System.Scheduler.Now, _settings.CrashLoop);
        Note(PodHappening.Created(container.Name!));
        var plan = WorkloadPlan.Parse(container.Command, container.Args) ?? (IsInit(index) ? WorkloadPlan.OfInit : null);
        actor.Tell(new ContainerProtocol.StartContainer(container.Name ?? "", plan, cause));
    }

    private void OnStarted(int index, Cause cause)
    {
        var now = Context.System.Scheduler.Now;
        var container = ContainerAt(index);
        ref var slot = ref _slots[index];
        slot.Status = ContainerStates.Run(slot.Status, _uid, slot.ImageId ?? "", now);
        Note(PodHappening.Started(container.Name!));
        if (!IsInit(index) && index < MainCount) AwaitProbes(index, cause);

        if (_phase == Phase.Starting && index == _next)
        {
            // An init container must end before the next one starts; any other container need only be running.
            if (IsInit(index))
            {
                Report(cause);
                return;
            }

            _next++;
            StartNext(cause);
        }
        else if (_phase != Phase.Stopping)
        {
            Report(cause);
        }
    }

    private void AwaitProbes(int index, Cause cause)
    {
        var container = ContainerAt(index);
        ref var slot = ref _slots[index];
        var (started, ready) = (container.StartedAfter(), container.ReadyAfter());
        slot.Status = slot.Status with { Started = started == TimeSpan.Zero, Ready = ready == TimeSpan.Zero };
        if (started > TimeSpan.Zero && started != ready) After(started, new ProbesPass(index, slot.Status.RestartCount ?? 0, IsReady: false, cause));
        if (ready > TimeSpan.Zero) After(ready, new ProbesPass(index, slot.Status.RestartCount ?? 0, IsReady: true, cause));
    }

    private void OnProbesPass(ProbesPass pass)
    {
        ref var slot = ref _slots[pass.Index];
        // Probes of an earlier process say nothing about this one.
        if (slot.Status.State.Running is null || slot.Status.RestartCount != pass.RestartCount || _phase == Phase.Stopping) return;
        slot.Status = slot.Status with { Started = true, Ready = pass.IsReady };
        Report(pass.Cause);
    }

    // ---- ending ----

    private Directive OnContainerFailure(Exception failure)
    {
        if (failure is not ContainerCrash crash) return Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(failure);
        var decision = Decide(IndexOf(crash.Container), crash.ExitCode, crash.EndedAt);
        return decision.Verdict == RestartVerdict.AtOnce ? Directive.Restart : Directive.Stop;
    }

    private void Await(BackOffOver next)
    {
        var rest = next.At - Context.System.Scheduler.Now;
        After(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, next);
    }

    private RestartDecision Decide(int index, int exitCode, DateTimeOffset endedAt)
    {
        if (_phase is Phase.Stopping or Phase.Ended) return default;
        return RestartDecision.After(PolicyOf(index), IsInit(index), exitCode, _slots[index].BackOff, endedAt, _settings.CrashLoop);
    }

    private void OnExited(int index, ContainerProtocol.ContainerExited exited)
    {
        ref var slot = ref _slots[index];
        // The same question that the supervisor strategy asked: it gets the same answer.
        var decision = Decide(index, exited.ExitCode, exited.EndedAt);
        slot.IsAlive = false;
        slot.EndedAt = exited.EndedAt;
        slot.Status = ContainerStates.End(slot.Status, exited.ExitCode, exited.Reason, exited.EndedAt);

        switch (decision.Verdict)
        {
            case RestartVerdict.AtOnce:
                Report(exited.Cause);
                // After a crash the supervisor restarts the actor, which says so.
                if (!exited.Crashed) LaunchAfter(_settings.ContainerStart, index, exited.Cause);
                return;
            case RestartVerdict.Later:
                var name = $"{_name}_{_namespace}({_uid})";
                var over = new BackOffOver(index, decision.At, exited.Cause);
                slot.Status = ContainerStates.BackOff(slot.Status, decision.Wait, name);
                Note(PodHappening.BackOff(slot.Status.Name!, name));
                Report(exited.Cause);
                // The actor of a crashed container is being stopped: its name must be free before the next one starts.
                if (exited.Crashed) Context.WatchWith(Sender, new Gone(over));
                else Await(over);
                return;
        }

        slot.IsDone = true;
        if (!exited.Crashed) Context.Stop(Sender);
        if (_phase == Phase.Starting && IsInit(index) && exited.ExitCode == 0)
        {
            slot.Status = slot.Status with { Ready = true };
            _next++;
            Report(exited.Cause);
            StartNext(exited.Cause);
            return;
        }

        if (!EndIfDone(exited.Cause) && _phase != Phase.Stopping) Report(exited.Cause);
    }

    /// <summary>When nothing runs any more and nothing will, says so. When only sidecars are left, ends them.</summary>
    private bool EndIfDone(Cause cause)
    {
        if (_phase == Phase.Ended) return true;
        if (_phase != Phase.Stopping)
        {
            // An init container that failed for good ends the pod before it has begun.
            var initFailed = false;
            for (var i = 0; i < InitCount; i++) initFailed |= _slots[i].IsDone && _slots[i].Status.State.Terminated?.ExitCode != 0;
            for (var i = InitCount; i < MainCount; i++)
            {
                if (!initFailed && !_slots[i].IsDone) return false;
            }

            _phase = Phase.Stopping;
            Signal(new ContainerProtocol.Terminate(cause));
        }

        foreach (ref var slot in _slots.AsSpan())
        {
            if (slot.IsAlive) return false;
        }

        _phase = Phase.Ended;
        Report(cause);
        return true;
    }

    private void Stop(RuntimeProtocol.StopPod stop)
    {
        if (_phase == Phase.Ended)
        {
            Report(stop.Cause);
            return;
        }

        if (_phase != Phase.Stopping)
        {
            _phase = Phase.Stopping;
            for (var i = 0; i < _slots.Length; i++)
            {
                if (_slots[i].IsAlive) Note(PodHappening.Killing(_slots[i].Status.Name!));
            }

            Signal(new ContainerProtocol.Terminate(stop.Cause));
        }

        if (EndIfDone(stop.Cause)) return;
        // A process that ends by itself before that needs no killing.
        if (stop.Grace < _settings.ContainerStop) After(stop.Grace, new GraceOver(stop.Cause));
    }

    private void Signal(object signal)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].IsAlive) Context.Child(_slots[i].Status.Name).Tell(signal);
        }
    }

    // ---- faults ----

    private void Inject(NodeProtocol.ContainerFault fault)
    {
        var index = IndexOf(fault.Container);
        if (index < 0 || !_slots[index].IsAlive || _slots[index].Status.State.Running is null)
        {
            Sender.Tell(new FaultProtocol.NoSuchTarget(fault.Fault.RequestId, $"running container {fault.Container}", fault.Cause));
            return;
        }

        if (fault.Fault is FaultProtocol.CrashContainer)
        {
            Context.Child(fault.Container).Forward(fault.Fault);
            return;
        }

        if (fault.Fault is FaultProtocol.SetContainerReady ready)
        {
            ref var slot = ref _slots[index];
            slot.Status = slot.Status with { Ready = ready.Ready };
            Sender.Tell(new FaultProtocol.Injected(ready.RequestId, ready.Cause));
            Report(ready.Cause);
        }
    }

    // ---- reporting ----

    private void Note(PodHappening happening)
    {
        if (_settings.PodEvents) (_happenings ??= []).Add(happening);
    }

    // Once: what follows until the containers run is no news.
    private void ReportWaiting(Cause cause)
    {
        if (!_hasReported) Report(cause);
    }

    private void Report(Cause cause)
    {
        _hasReported = true;
        var init = new ContainerStatus[InitCount];
        for (var i = 0; i < init.Length; i++) init[i] = _slots[i].Status;
        var containers = new ContainerStatus[MainCount - init.Length];
        for (var i = 0; i < containers.Length; i++) containers[i] = _slots[init.Length + i].Status;
        var guests = _slots.Length == MainCount ? ValueList<ContainerStatus>.Empty : [.. _slots.Skip(MainCount).Select(static slot => slot.Status)];
        _kubelet.Tell(new RuntimeProtocol.PodReport(
            _uid, _address, [.. init], [.. containers], _phase == Phase.Ended, _happenings ?? NothingHappened, cause)
        {
            EphemeralContainers = guests,
        });
        _happenings = null;
    }

    // ---- the spec ----

    private Container ContainerAt(int index) => index < InitCount ? _spec.InitContainers[index]
        : index < MainCount ? _spec.Containers[index - InitCount]
        : AsContainer(_guests[index - MainCount]);

    private static Container AsContainer(EphemeralContainer guest) => new()
    {
        Name = guest.Name, Image = guest.Image, ImagePullPolicy = guest.ImagePullPolicy, Command = guest.Command, Args = guest.Args,
    };

    private bool IsSidecar(int index) => index < InitCount && _spec.InitContainers[index].IsSidecar();

    /// <summary>An init container that must run to its end.</summary>
    private bool IsInit(int index) => index < InitCount && !_spec.InitContainers[index].IsSidecar();

    private string PolicyOf(int index) => IsSidecar(index) ? "Always" : index >= MainCount ? "Never" : _spec.RestartPolicy ?? "Always";

    private int IndexOf(string name)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Status.Name == name) return i;
        }

        return -1;
    }

    private void After(TimeSpan delay, object signal) => Context.System.Scheduler.ScheduleTellOnce(delay, Self, signal, Self);

    /// <summary>One container.</summary>
    private struct Slot
    {
        public ContainerStatus Status;
        public string? ImageId;
        public CrashLoopBackOff BackOff;

        /// <summary>When it ended last; the default when it never has.</summary>
        public DateTimeOffset EndedAt;

        /// <summary>Its process was started and has not ended.</summary>
        public bool IsAlive;

        /// <summary>It has ended for good.</summary>
        public bool IsDone;

        /// <summary>Its image was asked for; only of ephemeral containers.</summary>
        public bool IsCalled;
    }

    /// <summary>The network is set up.</summary>
    private sealed record SandboxReady(string Address, Cause Cause) : IDeadLetterSuppression;

    /// <summary>The time that a start takes is over.</summary>
    private sealed record Launch(int Index, Cause Cause) : IDeadLetterSuppression;

    /// <summary>A container has waited long enough.</summary>
    private sealed record BackOffOver(int Index, DateTimeOffset At, Cause Cause) : IDeadLetterSuppression;

    /// <summary>The actor of a container that crashed has stopped.</summary>
    private sealed record Gone(BackOffOver Next) : IDeadLetterSuppression;

    /// <summary>Probes of one process pass from now on.</summary>
    private sealed record ProbesPass(int Index, int RestartCount, bool IsReady, Cause Cause) : IDeadLetterSuppression;

    /// <summary>The grace period is over.</summary>
    private sealed record GraceOver(Cause Cause) : IDeadLetterSuppression;
}
