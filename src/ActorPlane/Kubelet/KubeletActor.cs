using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Faults;
using ActorPlane.Network;
using ActorPlane.Nodes;
using ActorPlane.Scheduler.Framework;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.Kubelet;

/// <summary>
/// <c>/user/nodes/NODE/kubelet</c>: registers its node, renews its lease, watches the pods bound to it, has the container
/// runtime run or end them, and writes their status. It keeps nothing that it cannot learn again from the API server and
/// the runtime, so that a crash costs nothing. Source: <c>pkg/kubelet/kubelet.go</c>.
/// </summary>
public sealed class KubeletActor : ApiClientActor
{
    private const string Pods = "pods";
    private const string Nodes = "nodes";
    private const string Leases = "leases.coordination.k8s.io";
    private readonly MachineSpec _machine;
    private readonly string _bootId;
    private readonly IActorRef _link;
    private readonly IActorRef _runtime;
    private readonly KubeletSettings _settings;
    private readonly Chance _chance = Chance.For(Context, "kubelet");
    private readonly EventRecorder _events;
    private readonly Informer<Pod> _informer;
    private readonly ValueList<HostIP> _addresses;

    // By uid.
    private readonly Dictionary<string, PodEntry> _entries = new(StringComparer.Ordinal);

    // Timers of an earlier incarnation must not ring in this one.
    private readonly Tick _tick = new();
    private readonly Cause _bootCause;
    private NodeUsage _used;
    private Node? _node;
    private Lease? _lease;
    private bool _leaseExists;
    private bool _isRenewing;
    private bool _isDeleted;
    private DateTimeOffset _askedAt;
    private int _renewals;
    private DateTimeOffset _renewedAt;
    private DateTimeOffset _reportedAt;

    /// <summary>Made by <see cref="PropsFor"/>.</summary>
    public KubeletActor(MachineSpec machine, string bootId, IActorRef link, IActorRef runtime, KubeletSettings settings, Cause cause)
        : base(link, "kubelet")
    {
        (_machine, _bootId, _link, _runtime, _settings, _bootCause) = (machine, bootId, link, runtime, settings, cause);
        _events = new EventRecorder(Client, machine.Name);
        _addresses = [new HostIP { Ip = machine.Address }];
        _informer = new Informer<Pod>(Client, Pods, new ObjectSelector(NodeName: machine.Name))
        {
            Added = OnPod,
            Updated = (_, pod, because) => OnPod(pod, because),
            Deleted = OnPodDeleted,
            Synced = because => _runtime.Tell(new RuntimeProtocol.RetainPods(_entries.Keys.ToHashSet(StringComparer.Ordinal), because)),
        };

        Receive<Tick>(OnTick);
        Receive<Retry>(OnRetry);
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
        Register(cause);
        _informer.Start(cause);
    }

    // ---- the node ----

    private void Register(Cause cause) => Client.Create(Nodes, NodeObjects.Register(_machine, _bootId, _settings, Client.Now), cause, OnRegistered);

    private void OnRegistered(ApiOutcome outcome)
    {
        if (outcome.IsDone)
        {
            _node = (Node)outcome.Object!;
            _reportedAt = Client.Now;
            NoteNode("Starting", "Starting kubelet.", outcome.Cause);
            NoteNode("NodeReady", $"Node {_machine.Name} status is now: NodeReady", outcome.Cause);
            StartLease(outcome.Cause);
        }
        else if (outcome.IsRefused(StatusReason.AlreadyExists))
        {
            Client.Get(Nodes, "", _machine.Name, outcome.Cause, OnFoundAtStart);
        }
        else
        {
            RetryLater(null, outcome.Cause);
        }
    }

    private void OnFoundAtStart(ApiOutcome outcome)
    {
        if (outcome.Object is not Node node)
        {
            RetryLater(null, outcome.Cause);
            return;
        }

        _node = node;
        NoteNode("Starting", "Starting kubelet.", outcome.Cause);
        if (_settings.NodeEvents && node.Status.NodeInfo.BootID != _bootId)
            _events.Warning(node, "Rebooted", $"Node {_machine.Name} has been rebooted, boot id: {_bootId}", outcome.Cause);
        ReportNode(outcome.Cause);
        StartLease(outcome.Cause);
    }

    private void NoteNode(string reason, string message, Cause cause)
    {
        if (_settings.NodeEvents) _events.Normal(_node!, reason, message, cause);
    }

    /// <summary>Writes the node's status over what is there now: others write to it as well.</summary>
    private void ReportNode(Cause cause)
    {
        _reportedAt = Client.Now;
        var status = NodeObjects.StatusOf(_node!.Status, _machine, _bootId, _settings, Client.Now);
        Client.UpdateStatus(Nodes, _node with { Status = status }, cause, outcome =>
        {
            if (outcome.Object is Node written) _node = written;
            else if (outcome.IsRefused(StatusReason.Conflict)) RefreshNode(outcome.Cause, ReportNode);
        });
    }

    private void RefreshNode(Cause cause, Action<Cause> then) => Client.Get(Nodes, "", _machine.Name, cause, outcome =>
    {
        if (outcome.Object is not Node node) return;
        _node = node;
        then(outcome.Cause);
    });

    private void StartLease(Cause cause)
    {
        _lease = NodeObjects.LeaseOf(_node!, _settings, Client.Now);
        RenewLease(cause);
        ScheduleTick();
    }

    private void ScheduleTick() => Context.System.Scheduler.ScheduleTellOnce(
        _chance.Jitter(_settings.LeaseRenewInterval, _settings.LeaseJitter), Self, _tick, Self);

    private void OnTick(Tick tick)
    {
        if (!ReferenceEquals(tick, _tick)) return;
        var cause = Client.NewCause();

        // What comes after its time is heard no more.
        if (_isRenewing && Client.Now - _askedAt >= _settings.HeartbeatTimeout) _isRenewing = false;
        if (_leaseExists) RenewLease(cause);
        else RestoreLease(cause);
        if (Client.Now - _reportedAt >= _settings.StatusReportInterval) RefreshNode(cause, ReportNode);
        ScheduleTick();
    }

    private void RenewLease(Cause cause)
    {
        if (_isRenewing) return;
        (_isRenewing, _askedAt) = (true, Client.Now);
        _lease = NodeObjects.Renewed(_lease!, Client.Now);
        var renewal = ++_renewals;
        if (_leaseExists) Client.Update(Leases, _lease, cause, outcome => OnLeaseWritten(renewal, outcome));
        else Client.Create(Leases, _lease, cause, outcome => OnLeaseWritten(renewal, outcome));
    }

    /// <summary>
    /// A lease belongs to its node. While somebody has deleted the node there is none, and the node stays away until this kubelet
    /// starts anew or somebody creates it: a kubelet registers once (<c>registerWithAPIServer</c> in
    /// <c>pkg/kubelet/kubelet_node_status.go</c>, <c>ensureLease</c> in <c>G/component-helpers/apimachinery/lease/controller.go</c>).
    /// </summary>
    private void RestoreLease(Cause cause) => Client.Get(Nodes, "", _machine.Name, cause, outcome =>
    {
        var wasDeleted = _isDeleted;
        _isDeleted = outcome.IsRefused(StatusReason.NotFound);
        if (_isDeleted && !wasDeleted) Context.GetLogger().Warning("somebody deleted node {0}: its status cannot be updated", _machine.Name);
        if (outcome.Object is not Node node) return;
        var isAnother = node.Metadata.Uid != _node!.Metadata.Uid;
        _node = node;
        _lease = NodeObjects.LeaseOf(node, _settings, Client.Now);
        RenewLease(outcome.Cause);
        if (isAnother) ReportNode(outcome.Cause);
    });

    private void OnLeaseWritten(int renewal, ApiOutcome outcome)
    {
        if (renewal != _renewals || !_isRenewing) return;
        _isRenewing = false;
        if (outcome.IsDone)
        {
            // Nobody heard of us for so long that the node may have been given up.
            var wasSilent = _leaseExists && Client.Now - _renewedAt > _settings.LeaseDuration;
            (_leaseExists, _renewedAt) = (true, Client.Now);
            if (wasSilent) RefreshNode(outcome.Cause, ReportNode);
        }
        else if (_leaseExists && outcome.IsRefused(StatusReason.NotFound))
        {
            _leaseExists = false;
            RestoreLease(outcome.Cause);
        }
        else if (!_leaseExists && outcome.IsRefused(StatusReason.AlreadyExists))
        {
            (_leaseExists, _renewedAt) = (true, Client.Now);
            RenewLease(outcome.Cause);
        }
    }

    // ---- the pods ----

    private void OnPod(Pod pod, Cause cause)
    {
        var uid = pod.Metadata.Uid!;
        if (_entries.TryGetValue(uid, out var entry))
        {
            if (Revision(pod) > Revision(entry.Pod))
            {
                var hasMore = pod.Spec.EphemeralContainers.Count > entry.Pod.Spec.EphemeralContainers.Count;
                entry.Pod = pod;
                if (hasMore && entry.Stage == PodStage.Running) _runtime.Tell(new RuntimeProtocol.RunPod(pod, cause));
            }

            pod = entry.Pod;
        }

        switch (PodWorker.Decide(entry?.Stage ?? PodStage.Unknown, pod, entry?.Grace ?? TimeSpan.Zero))
        {
            case PodAction.Admit:
                _entries.Add(uid, entry = new PodEntry(pod));
                Admit(entry, isChecked: false, cause);
                break;
            case PodAction.Stop:
                if (entry is null) _entries.Add(uid, entry = new PodEntry(pod));
                entry.Stage = PodStage.Stopping;
                entry.Grace = PodWorker.GraceOf(pod);
                _runtime.Tell(new RuntimeProtocol.StopPod(uid, entry.Grace, cause));
                break;
            case PodAction.Delete:
                DeleteForGood(entry!, cause);
                break;
            case PodAction.Ignore:
                _entries.Add(uid, new PodEntry(pod) { Stage = PodStage.Ended });
                break;
            case PodAction.None when entry is { Report: not null } && !ReferenceEquals(pod.Status, entry.Written):
                // Somebody else changed the status, or what it depends on.
                WriteStatus(entry, cause);
                break;
        }
    }

    private void OnPodDeleted(Pod last, Cause cause)
    {
        if (!_entries.Remove(last.Metadata.Uid!, out var entry)) return;
        Release(entry);
        _runtime.Tell(new RuntimeProtocol.RemovePod(last.Metadata.Uid!, cause));
    }

    private void Admit(PodEntry entry, bool isChecked, Cause cause)
    {
        var demand = PodDemand.OfOne(entry.Pod.Spec);
        var rejection = PodAdmission.NoRoom(demand, _machine.Capacity, _used)
            ?? PodAdmission.PortTaken(demand, _entries.Values.Where(other => other.IsCounted).SelectMany(other => PodDemand.OfOne(other.Pod.Spec).HostPorts));
        if (rejection is null && NeedsLabels(entry.Pod.Spec))
        {
            rejection = _node is null ? null : PodAdmission.WrongNode(entry.Pod.Spec, _node);
            if (_node is null || (rejection is not null && !isChecked))
            {
                // The labels at hand may be old.
                entry.Stage = PodStage.Checking;
                Client.Get(Nodes, "", _machine.Name, cause, outcome => OnNodeChecked(entry, outcome));
                return;
            }
        }

        if (rejection is not null)
        {
            Reject(entry, rejection, cause);
            return;
        }

        entry.Stage = PodStage.Running;
        entry.IsCounted = true;
        _used = _used.Plus(demand);
        _runtime.Tell(new RuntimeProtocol.RunPod(entry.Pod, cause));
    }

    private void OnNodeChecked(PodEntry entry, ApiOutcome outcome)
    {
        if (entry.Stage != PodStage.Checking || !_entries.ContainsKey(entry.Pod.Metadata.Uid!)) return;
        if (outcome.Object is Node node)
        {
            _node ??= node;
            _node = Revision(node) > Revision(_node) ? node : _node;
            Admit(entry, isChecked: true, outcome.Cause);
        }
        else
        {
            RetryLater(entry, outcome.Cause);
        }
    }

    private static bool NeedsLabels(PodSpec spec) => !spec.NodeSelector.IsEmpty || spec.Affinity?.NodeAffinity is not null;

    private void Reject(PodEntry entry, PodRejection rejection, Cause cause)
    {
        entry.Stage = PodStage.Ended;
        entry.Rejection = rejection;
        if (_settings.PodEvents) _events.Warning(entry.Pod, rejection.Reason, rejection.Message, cause);
        WriteStatus(entry, cause);
    }

    private void OnReport(RuntimeProtocol.PodReport report)
    {
        if (!_entries.TryGetValue(report.Uid, out var entry)) return;
        foreach (var happening in report.Happenings)
        {
            if (happening.IsWarning) _events.Warning(entry.Pod, happening.Reason, happening.Message, report.Cause);
            else _events.Normal(entry.Pod, happening.Reason, happening.Message, report.Cause);
        }

        entry.Report = report;
        WriteStatus(entry, report.Cause);
    }

    private void OnNoSuchPod(RuntimeProtocol.NoSuchPod none)
    {
        if (_entries.TryGetValue(none.Uid, out var entry) && entry.Stage == PodStage.Stopping) DeleteForGood(entry, none.Cause);
    }

    /// <summary>One write at a time for each pod: what changes meanwhile goes into the next one.</summary>
    private void WriteStatus(PodEntry entry, Cause cause)
    {
        if (entry.IsWriting)
        {
            entry.IsStale = true;
            return;
        }

        var now = Client.Now;
        entry.IsStale = false;
        var status = entry.Rejection is { } rejection
            ? PodStatuses.Rejected(entry.Pod, rejection, now)
            : PodStatuses.After(entry.Pod, entry.Report!, _addresses, now);
        if (status == entry.Pod.Status)
        {
            entry.Written = entry.Pod.Status;
            AfterStatus(entry, cause);
            return;
        }

        entry.IsWriting = true;
        entry.Written = status;
        var sent = entry.Pod with { Status = status };
        Client.UpdateStatus(Pods, sent, cause, outcome => OnStatusWritten(entry, sent, outcome));
    }

    private void OnStatusWritten(PodEntry entry, Pod sent, ApiOutcome outcome)
    {
        entry.IsWriting = false;
        if (!_entries.TryGetValue(sent.Metadata.Uid!, out var current) || current != entry) return;
        if (outcome.Object is Pod written)
        {
            if (Revision(written) > Revision(entry.Pod)) entry.Pod = written;
            if (entry.IsStale) WriteStatus(entry, outcome.Cause);
            else AfterStatus(entry, outcome.Cause);
        }
        else if (outcome.IsRefused(StatusReason.Conflict))
        {
            // The change that got in between is here already, or the watch brings it.
            entry.Written = null;
            if (entry.Pod.Metadata.ResourceVersion != sent.Metadata.ResourceVersion) WriteStatus(entry, outcome.Cause);
        }
        else if (!outcome.IsRefused(StatusReason.NotFound))
        {
            RetryLater(entry, outcome.Cause);
        }
    }

    /// <summary>The API server knows all that we know of this pod.</summary>
    private void AfterStatus(PodEntry entry, Cause cause)
    {
        if (entry.Report is not { HasEnded: true } report) return;
        if (entry.Stage == PodStage.Stopping)
        {
            DeleteForGood(entry, cause);
        }
        else if (entry.Stage == PodStage.Running)
        {
            entry.Stage = PodStage.Ended;
            Release(entry);
            _runtime.Tell(new RuntimeProtocol.RemovePod(report.Uid, cause));
            if (entry.Pod.Metadata.DeletionTimestamp is not null) DeleteForGood(entry, cause);
        }
    }

    private void DeleteForGood(PodEntry entry, Cause cause)
    {
        entry.Stage = PodStage.Deleting;
        Release(entry);
        var metadata = entry.Pod.Metadata;
        Client.Delete(Pods, metadata.Namespace!, metadata.Name!, cause, outcome =>
        {
            // Once it is gone the watch says so.
            if (!outcome.IsDone && !outcome.IsRefused(StatusReason.NotFound) && !outcome.IsRefused(StatusReason.Conflict)) RetryLater(entry, outcome.Cause);
        }, gracePeriodSeconds: 0, uid: metadata.Uid);
    }

    private void Release(PodEntry entry)
    {
        if (!entry.IsCounted) return;
        entry.IsCounted = false;
        _used = _used.Minus(PodDemand.OfOne(entry.Pod.Spec));
    }

    private void RetryLater(PodEntry? entry, Cause cause) =>
        Context.System.Scheduler.ScheduleTellOnce(_settings.RetryDelay, Self, new Retry(this, entry, cause), Self);

    private void OnRetry(Retry retry)
    {
        if (!ReferenceEquals(retry.Owner, this)) return;
        if (retry.Entry is not { } entry)
        {
            Register(retry.Cause);
            return;
        }

        if (!_entries.TryGetValue(entry.Pod.Metadata.Uid!, out var current) || current != entry) return;
        if (entry.Stage == PodStage.Deleting) DeleteForGood(entry, retry.Cause);
        else if (entry.Stage == PodStage.Checking) Admit(entry, isChecked: false, retry.Cause);
        else WriteStatus(entry, retry.Cause);
    }

    private static long Revision(ActorPlane.Api.IKubeObject item) =>
        long.TryParse(item.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    /// <summary>What the kubelet knows of one pod.</summary>
    private sealed class PodEntry(Pod pod)
    {
        public Pod Pod { get; set; } = pod;

        public RuntimeProtocol.PodReport? Report { get; set; }

        public PodRejection? Rejection { get; set; }

        /// <summary>The status that was sent last: seen again in the pod itself it is no news.</summary>
        public PodStatus? Written { get; set; }

        public TimeSpan Grace { get; set; }

        public PodStage Stage { get; set; }

        /// <summary>It takes room on the node.</summary>
        public bool IsCounted { get; set; }

        public bool IsWriting { get; set; }

        public bool IsStale { get; set; }
    }

    /// <summary>Time to renew the lease.</summary>
    private sealed class Tick : IDeadLetterSuppression;

    /// <summary>Time to try a write again: that of a pod, or the registration.</summary>
    private sealed record Retry(KubeletActor Owner, PodEntry? Entry, Cause Cause) : IDeadLetterSuppression;
}
