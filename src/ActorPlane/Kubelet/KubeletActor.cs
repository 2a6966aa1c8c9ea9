using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Faults;
using ActorPlane.Network;
using ActorPlane.Nodes;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Kubelet;

/// <summary>
/// <c>/user/nodes/NODE/kubelet</c>: registers its node, renews its lease, watches the pods bound to it, has the container
/// runtime run or end them, and writes their status. It keeps nothing that it cannot learn again from the API server and
/// the runtime, so that a crash costs nothing. Source: <c>pkg/kubelet/kubelet.go</c>.
/// </summary>
public sealed class KubeletActor : ApiClientActor
{
    private const string Pods = "pods";
    private readonly MachineSpec _machine;
    private readonly IActorRef _link;
    private readonly IActorRef _runtime;
    private readonly KubeletSettings _settings;
    private readonly EventRecorder _events;
    private readonly NodeHeartbeat _heartbeat;
    private readonly Informer<Pod> _informer;
    private readonly ValueList<HostIP> _addresses;

    // By uid.
    private readonly Dictionary<string, KubeletPod> _pods = new(StringComparer.Ordinal);
    private readonly Cause _bootCause;
    private NodeUsage _used;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public KubeletActor(MachineSpec machine, string bootId, IActorRef link, IActorRef runtime, KubeletSettings settings, Cause cause)
        : base(link, "kubelet")
    {
        (_machine, _link, _runtime, _settings, _bootCause) = (machine, link, runtime, settings, cause);
        _events = new EventRecorder(Client, machine.Name);
        _heartbeat = new NodeHeartbeat(Context, Client, _events, machine, bootId, settings);
        _addresses = [new HostIP { Ip = machine.Address }];
        _informer = new Informer<Pod>(Client, Pods, new ObjectSelector(NodeName: machine.Name))
        {
            Added = OnPod,
            Updated = (_, pod, because) => OnPod(pod, because),
            Deleted = OnPodDeleted,
            Synced = because => _runtime.Tell(new RuntimeProtocol.RetainPods(_pods.Keys.ToHashSet(StringComparer.Ordinal), because)),
        };

        Receive<RuntimeProtocol.PodReport>(OnReport);
        Receive<RuntimeProtocol.NoSuchPod>(OnNoSuchPod);
        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
    }

    /// <summary>The kubelet of a machine.</summary>
    /// <param name="bootId">Another one for each time that the machine got power.</param>
    /// <param name="link">The <see cref="LinkActor"/> to the API server.</param>
    /// <param name="runtime">The machine's <see cref="RuntimeActor"/>.</param>
    /// <param name="cause">What it is started for.</param>
    public static Props PropsFor(
        MachineSpec machine, string bootId, IActorRef link, IActorRef runtime, KubeletSettings settings, Cause cause) =>
        Props.Create<KubeletActor>(machine, bootId, link, runtime, settings, cause);

    /// <inheritdoc />
    protected override void PreStart() => Start(_bootCause.IsKnown ? _bootCause : Client.NewCause());

    /// <inheritdoc />
    protected override void PostRestart(Exception reason) => Start(Client.NewCause());

    private void Start(Cause cause)
    {
        _link.Tell(new NetworkProtocol.Connect(cause));
        _heartbeat.Register(cause);
        _informer.Start(cause);
    }

    // ---- a pod comes, changes and goes ----

    private void OnPod(Pod seen, Cause cause)
    {
        var uid = seen.Metadata.Uid!;
        if (_pods.TryGetValue(uid, out var pod))
        {
            if (pod.See(seen) && pod.Stage == PodStage.Running) _runtime.Tell(new RuntimeProtocol.RunPod(seen, cause));
        }
        else
        {
            _pods.Add(uid, pod = new KubeletPod(seen));
        }

        switch (PodWorker.Decide(pod.Stage, pod.Pod, pod.Grace))
        {
            case PodAction.Admit:
                Admit(pod, isChecked: false, cause);
                break;
            case PodAction.Stop:
                pod.Stage = PodStage.Stopping;
                pod.Grace = PodWorker.GraceOf(pod.Pod);
                _runtime.Tell(new RuntimeProtocol.StopPod(uid, pod.Grace, cause));
                break;
            case PodAction.Delete:
                DeleteForGood(pod, cause);
                break;
            case PodAction.Ignore:
                pod.Stage = PodStage.Ended;
                break;
            case PodAction.None when pod.IsOutdated:
                WriteStatus(pod, cause);
                break;
        }
    }

    private void OnPodDeleted(Pod last, Cause cause)
    {
        if (!_pods.Remove(last.Metadata.Uid!, out var pod)) return;
        Release(pod);
        _runtime.Tell(new RuntimeProtocol.RemovePod(pod.Uid, cause));
    }

    /// <summary>What waits for an answer may find that its pod has gone meanwhile.</summary>
    private bool IsHere(KubeletPod pod) => _pods.GetValueOrDefault(pod.Uid) == pod;

    private void Admit(KubeletPod pod, bool isChecked, Cause cause)
    {
        var rejection = PodAdmission.NoRoom(pod.Demand, _machine.Capacity, _used)
            ?? PodAdmission.PortTaken(pod.Demand, _pods.Values.Where(other => other.IsCounted).SelectMany(other => other.Demand.HostPorts));
        if (rejection is null && PodAdmission.ChoosesNode(pod.Pod.Spec))
        {
            rejection = _heartbeat.Node is { } node ? PodAdmission.WrongNode(pod.Pod.Spec, node) : null;
            if (_heartbeat.Node is null || (rejection is not null && !isChecked))
            {
                // The labels at hand may be old.
                pod.Stage = PodStage.Checking;
                _heartbeat.Get(cause, outcome => OnNodeChecked(pod, outcome));
                return;
            }
        }

        if (rejection is not null)
        {
            Reject(pod, rejection, cause);
            return;
        }

        pod.Stage = PodStage.Running;
        pod.IsCounted = true;
        _used = _used.Plus(pod.Demand);
        _runtime.Tell(new RuntimeProtocol.RunPod(pod.Pod, cause));
    }

    private void OnNodeChecked(KubeletPod pod, ApiOutcome outcome)
    {
        if (pod.Stage != PodStage.Checking || !IsHere(pod)) return;
        if (outcome.Object is Node node)
        {
            _heartbeat.See(node);
            Admit(pod, isChecked: true, outcome.Cause);
        }
        else
        {
            RetryLater(pod, outcome.Cause);
        }
    }

    private void Reject(KubeletPod pod, PodRejection rejection, Cause cause)
    {
        pod.Stage = PodStage.Ended;
        pod.Rejection = rejection;
        if (_settings.PodEvents) _events.Warning(pod.Pod, rejection.Reason, rejection.Message, cause);
        WriteStatus(pod, cause);
    }

    private void Release(KubeletPod pod)
    {
        if (!pod.IsCounted) return;
        pod.IsCounted = false;
        _used = _used.Minus(pod.Demand);
    }

    // ---- its status ----

    private void OnReport(RuntimeProtocol.PodReport report)
    {
        if (!_pods.TryGetValue(report.Uid, out var pod)) return;
        foreach (var happening in report.Happenings)
        {
            if (happening.IsWarning) _events.Warning(pod.Pod, happening.Reason, happening.Message, report.Cause);
            else _events.Normal(pod.Pod, happening.Reason, happening.Message, report.Cause);
        }

        // What happened has been told: it need not be remembered.
        pod.Report = report.Happenings.Count > 0 ? report with { Happenings = [] } : report;
        WriteStatus(pod, report.Cause);
    }

    private void OnNoSuchPod(RuntimeProtocol.NoSuchPod none)
    {
        if (_pods.TryGetValue(none.Uid, out var pod) && pod.Stage == PodStage.Stopping) DeleteForGood(pod, none.Cause);
    }

    /// <summary>One write at a time for each pod: what changes meanwhile goes into the next one.</summary>
    private void WriteStatus(KubeletPod pod, Cause cause)
    {
        pod.IsStale = pod.IsWriting;
        if (pod.IsWriting) return;
        var status = pod.StatusAt(Client.Now, _addresses);
        if (status == pod.Pod.Status)
        {
            pod.Written = pod.Pod.Status;
            AfterStatus(pod, cause);
            return;
        }

        pod.IsWriting = true;
        pod.Written = status;
        var sent = pod.Pod with { Status = status };
        Client.UpdateStatus(Pods, sent, cause, outcome => OnStatusWritten(pod, sent, outcome));
    }

    private void OnStatusWritten(KubeletPod pod, Pod sent, ApiOutcome outcome)
    {
        pod.IsWriting = false;
        if (!IsHere(pod)) return;
        if (outcome.Object is Pod written)
        {
            pod.See(written);
            if (pod.IsStale) WriteStatus(pod, outcome.Cause);
            else AfterStatus(pod, outcome.Cause);
        }
        else if (outcome.IsRefused(StatusReason.Conflict))
        {
            // The change that got in between is here already, or the watch brings it.
            pod.Written = null;
            if (pod.Pod.Metadata.ResourceVersion != sent.Metadata.ResourceVersion) WriteStatus(pod, outcome.Cause);
        }
        else if (!outcome.IsRefused(StatusReason.NotFound))
        {
            RetryLater(pod, outcome.Cause);
        }
    }

    /// <summary>The API server knows all that we know of this pod.</summary>
    private void AfterStatus(KubeletPod pod, Cause cause)
    {
        if (pod.Report is not { HasEnded: true }) return;
        if (pod.Stage == PodStage.Stopping)
        {
            DeleteForGood(pod, cause);
        }
        else if (pod.Stage == PodStage.Running)
        {
            pod.Stage = PodStage.Ended;
            Release(pod);
            _runtime.Tell(new RuntimeProtocol.RemovePod(pod.Uid, cause));
            if (pod.Pod.Metadata.DeletionTimestamp is not null) DeleteForGood(pod, cause);
        }
    }

    private void DeleteForGood(KubeletPod pod, Cause cause)
    {
        pod.Stage = PodStage.Deleting;
        Release(pod);
        var metadata = pod.Pod.Metadata;
        Client.Delete(Pods, metadata.Namespace!, metadata.Name!, cause, outcome =>
        {
            // Once it is gone the watch says so.
            if (!outcome.IsDone && !outcome.IsRefused(StatusReason.NotFound) && !outcome.IsRefused(StatusReason.Conflict)) RetryLater(pod, outcome.Cause);
        }, gracePeriodSeconds: 0, uid: metadata.Uid);
    }

    private void RetryLater(KubeletPod pod, Cause cause) => Client.After(_settings.RetryDelay, () => Retry(pod, cause));

    private void Retry(KubeletPod pod, Cause cause)
    {
        if (!IsHere(pod)) return;
        if (pod.Stage == PodStage.Deleting) DeleteForGood(pod, cause);
        else if (pod.Stage == PodStage.Checking) Admit(pod, isChecked: false, cause);
        else WriteStatus(pod, cause);
    }
}
