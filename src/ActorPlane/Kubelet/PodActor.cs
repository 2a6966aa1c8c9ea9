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
    private string _uid = "";
    private string _name = "";
    private string _namespace = "";
    private IActorRef _kubelet = ActorRefs.Nobody;
    private PodContainers? _containers;
    private string? _address;
    private List<PodHappening>? _happenings;

    // The kubelet has heard that the containers are being created.
    private bool _hasReported;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public PodActor(KubeletSettings settings, Props containerProps) => (_settings, _containerProps) = (settings, containerProps);

    /// <summary>The same for all pods.</summary>
    public static Props PropsFor(KubeletSettings settings) => Props.Create<PodActor>(settings, ContainerActor.PropsFor(settings));

    // Its first message creates them.
    private PodContainers Containers => _containers!;

    private PodRuntimePhase Phase => Containers.Phase;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

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
            case SandboxReady ready when Phase == PodRuntimePhase.Sandbox:
                OnSandboxReady(ready.Address, ready.Cause);
                break;
            case RuntimeProtocol.ImagePulling pulling:
                Note(PodHappening.Pulling(pulling.Image));
                ReportWaiting(pulling.Cause);
                break;
            case RuntimeProtocol.ImageReady ready:
                OnImageReady(ready);
                break;
            case Launch launch when MayStart:
                StartProcess(launch.Index, launch.Cause);
                break;
            case ContainerProtocol.ContainerStarted started:
                OnStarted(Containers.IndexOf(started.Container), started.Cause);
                break;
            case ContainerProtocol.ContainerExited exited:
                OnExited(Containers.IndexOf(exited.Container), exited);
                break;
            case ContainerProtocol.ContainerRestarted restarted when MayStart:
                LaunchAfter(_settings.ContainerStart, Containers.IndexOf(restarted.Container), restarted.Cause);
                break;
            case Gone gone when MayStart:
                Await(gone.Next);
                break;
            case BackOffOver over when MayStart:
                LaunchAfter(_settings.ContainerStart, over.Index, over.Cause);
                break;
            case ProbesPass pass:
                if (Containers.ProbesPass(pass.Index, pass.RestartCount, pass.IsReady)) Report(pass.Cause);
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
            case SandboxReady or Launch or ContainerProtocol.ContainerRestarted or Gone or BackOffOver:
                // Too late: the pod is being stopped.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private bool MayStart => Phase is PodRuntimePhase.Starting or PodRuntimePhase.Running;

    // ---- starting ----

    private void Create(RuntimeProtocol.CreatePod create)
    {
        var metadata = create.Pod.Metadata;
        (_uid, _name, _namespace) = (metadata.Uid!, metadata.Name!, metadata.Namespace!);
        _kubelet = create.Kubelet;
        _containers = PodContainers.Of(create.Pod, Now);
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
        Containers.SandboxReady();
        StartNext(cause);
    }

    private void Join(RuntimeProtocol.RunPod run)
    {
        if (Phase is PodRuntimePhase.Stopping or PodRuntimePhase.Ended) return;
        Containers.AddEphemeral(run.Pod, Now);
        if (Phase == PodRuntimePhase.Running) StartEphemeral(run.Cause);
    }

    private void StartNext(Cause cause)
    {
        var next = Containers.NextToStart();
        if (next != PodContainers.None)
        {
            Pull(next, cause);
            return;
        }

        if (EndIfDone(cause)) return;
        Report(cause);
        StartEphemeral(cause);
    }

    private void StartEphemeral(Cause cause)
    {
        while (Containers.NextEphemeral() is var next and not PodContainers.None) Pull(next, cause);
    }

    private void Pull(int index, Cause cause)
    {
        var container = Containers.At(index);
        var image = container.Image ?? "";
        Context.Parent.Tell(new RuntimeProtocol.PullImage(image, ImageStore.PolicyOf(container.ImagePullPolicy, image), cause));
    }

    private void OnImageReady(RuntimeProtocol.ImageReady ready)
    {
        var index = Containers.ImageReady(ready.Image, ready.ImageId);
        if (index == PodContainers.None) return;
        Note(ready.Took is { } took ? PodHappening.Pulled(ready.Image, took) : PodHappening.Present(ready.Image));
        LaunchAfter(_settings.ContainerStart, index, ready.Cause);
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
        var container = Containers.At(index);
        var actor = Context.Child(container.Name);
        if (actor.IsNobody()) actor = Context.ActorOf(_containerProps, container.Name);
        Containers.Launched(index, Now, _settings.CrashLoop);
        Note(PodHappening.Created(container.Name!));
        var plan = WorkloadPlan.Parse(container.Command, container.Args) ?? (Containers.IsInit(index) ? WorkloadPlan.OfInit : null);
        actor.Tell(new ContainerProtocol.StartContainer(container.Name ?? "", plan, cause));
    }

    private void OnStarted(int index, Cause cause)
    {
        var mayGoOn = Containers.Started(index, Now);
        Note(PodHappening.Started(Containers.At(index).Name!));
        AwaitProbes(index, cause);
        if (mayGoOn) StartNext(cause);
        else if (Phase != PodRuntimePhase.Stopping) Report(cause);
    }

    private void AwaitProbes(int index, Cause cause)
    {
        var (started, ready) = Containers.ProbesOf(index);
        var process = Containers.StatusOf(index).RestartCount ?? 0;
        if (started > TimeSpan.Zero && started != ready) After(started, new ProbesPass(index, process, IsReady: false, cause));
        if (ready > TimeSpan.Zero) After(ready, new ProbesPass(index, process, IsReady: true, cause));
    }

    // ---- ending ----

    private Directive OnContainerFailure(Exception failure)
    {
        if (failure is not ContainerCrash crash) return Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(failure);
        var decision = Containers.WhenExited(Containers.IndexOf(crash.Container), crash.ExitCode, crash.EndedAt, _settings.CrashLoop);
        return decision.Verdict == RestartVerdict.AtOnce ? Directive.Restart : Directive.Stop;
    }

    private void Await(BackOffOver next)
    {
        var rest = next.At - Now;
        After(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, next);
    }

    private void OnExited(int index, ContainerProtocol.ContainerExited exited)
    {
        var pod = $"{_name}_{_namespace}({_uid})";
        // The same question that the supervisor strategy asked: it gets the same answer.
        var decision = Containers.Exited(index, exited, _settings.CrashLoop, pod);
        switch (decision.Verdict)
        {
            case RestartVerdict.AtOnce:
                Report(exited.Cause);
                // After a crash the supervisor restarts the actor, which says so.
                if (!exited.Crashed) LaunchAfter(_settings.ContainerStart, index, exited.Cause);
                break;
            case RestartVerdict.Later:
                var over = new BackOffOver(index, decision.At, exited.Cause);
                Note(PodHappening.BackOff(exited.Container, pod));
                Report(exited.Cause);
                // The actor of a crashed container is being stopped: its name must be free before the next one starts.
                if (exited.Crashed) Context.WatchWith(Sender, new Gone(over));
                else Await(over);
                break;
            case RestartVerdict.Never:
                if (!exited.Crashed) Context.Stop(Sender);
                OnEnded(index, exited.Cause);
                break;
        }
    }

    private void OnEnded(int index, Cause cause)
    {
        if (Containers.TryAdvance(index))
        {
            Report(cause);
            StartNext(cause);
        }
        else if (!EndIfDone(cause) && Phase != PodRuntimePhase.Stopping)
        {
            Report(cause);
        }
    }

    /// <summary>When nothing runs any more and nothing will, says so. When only sidecars are left, ends them.</summary>
    private bool EndIfDone(Cause cause)
    {
        if (Phase == PodRuntimePhase.Ended) return true;
        if (Phase != PodRuntimePhase.Stopping)
        {
            if (!Containers.IsComplete()) return false;
            Containers.Stop();
            Signal(new ContainerProtocol.Terminate(cause));
        }

        if (!Containers.TryEnd()) return false;
        Report(cause);
        return true;
    }

    private void Stop(RuntimeProtocol.StopPod stop)
    {
        if (Phase == PodRuntimePhase.Ended)
        {
            Report(stop.Cause);
            return;
        }

        if (Phase != PodRuntimePhase.Stopping)
        {
            Containers.Stop();
            for (var i = 0; i < Containers.Count; i++)
            {
                if (Containers.IsAlive(i)) Note(PodHappening.Killing(Containers.At(i).Name!));
            }

            Signal(new ContainerProtocol.Terminate(stop.Cause));
        }

        if (EndIfDone(stop.Cause)) return;
        // A process that ends by itself before that needs no killing.
        if (stop.Grace < _settings.ContainerStop) After(stop.Grace, new GraceOver(stop.Cause));
    }

    private void Signal(object signal)
    {
        for (var i = 0; i < Containers.Count; i++)
        {
            if (Containers.IsAlive(i)) Context.Child(Containers.At(i).Name).Tell(signal);
        }
    }

    // ---- faults ----

    private void Inject(NodeProtocol.ContainerFault fault)
    {
        var index = Containers.IndexOf(fault.Container);
        if (index == PodContainers.None || !Containers.IsAlive(index) || Containers.StatusOf(index).State.Running is null)
        {
            Sender.Tell(new FaultProtocol.NoSuchTarget(fault.Fault.RequestId, $"running container {fault.Container}", fault.Cause));
            return;
        }

        switch (fault.Fault)
        {
            case FaultProtocol.CrashContainer:
                Context.Child(fault.Container).Forward(fault.Fault);
                break;
            case FaultProtocol.SetContainerReady ready:
                Containers.SetReady(index, ready.Ready);
                Sender.Tell(new FaultProtocol.Injected(ready.RequestId, ready.Cause));
                Report(ready.Cause);
                break;
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
        _kubelet.Tell(new RuntimeProtocol.PodReport(
            _uid,
            _address,
            Containers.InitStatuses(),
            Containers.MainStatuses(),
            HasEnded: Phase == PodRuntimePhase.Ended,
            _happenings ?? NothingHappened,
            cause)
        {
            EphemeralContainers = Containers.EphemeralStatuses(),
        });
        _happenings = null;
    }

    private void After(TimeSpan delay, object signal) => Context.System.Scheduler.ScheduleTellOnce(delay, Self, signal, Self);

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
