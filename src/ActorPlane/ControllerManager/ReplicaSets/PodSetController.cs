using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>
/// Keeps as many pods as each set asks for: a ReplicaSet or a ReplicationController. A pod that is being deleted does not count, even when the kubelet
/// that would confirm it is dead: so a lost node's pods are replaced as soon as they are evicted.
/// (<c>C/replicaset/replica_set.go</c>.)
/// </summary>
/// <typeparam name="TSet">The sets' type.</typeparam>
public sealed class PodSetController<TSet> : ReconcilingActor<NamespacedName>
    where TSet : class, IKubeObject
{
    private readonly PodSetKind<TSet> _kind;
    private readonly ReplicaSetSettings _settings;
    private readonly Expectations<NamespacedName> _expectations;
    private readonly Informer<TSet> _sets;
    private readonly Informer<Pod> _pods;
    private readonly EventRecorder _events;
    private readonly PodOwnership _ownership;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public PodSetController(IActorRef apiServer, PodSetKind<TSet> kind)
        : base(apiServer)
    {
        _kind = kind;
        _ownership = new PodOwnership(kind.Kind);
        _settings = ReplicaSetSettings.Read(Context.System.Settings.Config);
        _expectations = new Expectations<NamespacedName>(ControllerSettings.Read(Context.System.Settings.Config).ExpectationsTimeout);
        _events = new EventRecorder(Client, component: kind.Component);
        _sets = new Informer<TSet>(Client, kind.Resource, ObjectSelector.All)
        {
            Added = OnSetSeen,
            Updated = (_, after, cause) => OnSetSeen(after, cause),
            Deleted = OnSetGone,
            Synced = _ => TakeTurn(),
        };
        _pods = new Informer<Pod>(Client, "pods", ObjectSelector.All)
        {
            Added = OnPodAdded,
            Updated = OnPodUpdated,
            Deleted = OnPodGone,
            Synced = _ => TakeTurn(),
        };
    }

    /// <inheritdoc />
    protected override bool IsReady => _sets.HasSynced && _pods.HasSynced;

    /// <summary>The controller of the sets of one kind.</summary>
    public static Props PropsFor(IActorRef apiServer, PodSetKind<TSet> kind) => Props.Create(() => new PodSetController<TSet>(apiServer, kind));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _sets.Start(cause);
        _pods.Start(cause);
    }

    /// <inheritdoc />
    protected override void Reconcile(NamespacedName key, ReconcilePass pass)
    {
        if (_sets.Get(key) is not { } set)
        {
            _expectations.Forget(key);
            return;
        }

        var isLive = set.Metadata.DeletionTimestamp is null;

        // Pods that come or go by their labels are counted when the write that says so is seen.
        var isClaiming = isLive && ClaimPods(set, pass);
        var pods = _ownership.PodsOf(set.Metadata.Uid!);
        var plan = isLive && !isClaiming && _expectations.AreSatisfied(key, Client.Now)
            ? ReplicaPlanner.Plan(_kind.Spec(set).Replicas ?? 1, pods.Pods, _settings.Burst, () => PodsOfOwnerOnNodes(set), Client.Now)
            : ReplicaPlan.Nothing;
        if (plan.Creations > 0) Create(key, set, plan.Creations, pass);
        else if (plan.Deletions.Count > 0) Delete(key, set, plan.Deletions, pass);
        else WriteStatus(key, null, false, pass);
    }

    private void OnSetSeen(TSet set, Cause cause)
    {
        _ownership.SetSelector(set, _kind.Spec(set).Selector);
        Enqueue(NamespacedName.Of(set), cause);
    }

    private void OnSetGone(TSet set, Cause cause)
    {
        _ownership.ForgetSelector(set);
        _expectations.Forget(NamespacedName.Of(set));
        Enqueue(NamespacedName.Of(set), cause);
    }

    private void OnPodAdded(Pod pod, Cause cause)
    {
        _ownership.Set(pod);
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            // Seen for the first time after a restart: it counts as gone.
            ObserveDeletion(pod, cause);
            return;
        }

        if (ControllerKeyOf(pod) is { } key)
        {
            _expectations.CreationObserved(key);
            Enqueue(key, cause);
        }
        else if (Owners.ControllerOf(pod) is null)
        {
            EnqueueSetsThatWant(pod, cause);
        }
    }

    private void OnPodUpdated(Pod before, Pod after, Cause cause)
    {
        _ownership.Set(after);
        var ownerChanged = Owners.ControllerUidOf(before) != Owners.ControllerUidOf(after);
        if (ownerChanged && ControllerKeyOf(before) is { } earlier)
        {
            _ownership.Forget(before, Owners.ControllerUidOf(before)!);
            Enqueue(earlier, cause);
        }

        if (after.Metadata.DeletionTimestamp is not null) ObserveDeletion(after, cause);
        else if (ControllerKeyOf(after) is { } key) Enqueue(key, cause);
        else if (Owners.ControllerOf(after) is null && (ownerChanged || before.Metadata.Labels != after.Metadata.Labels))
            EnqueueSetsThatWant(after, cause);
    }

    private void OnPodGone(Pod pod, Cause cause)
    {
        _ownership.Forget(pod);
        ObserveDeletion(pod, cause);
    }

    private void ObserveDeletion(Pod pod, Cause cause)
    {
        if (ControllerKeyOf(pod) is not { } key) return;
        _expectations.DeletionObserved(key, pod.Metadata.Uid!);
        Enqueue(key, cause);
    }

    private void EnqueueSetsThatWant(Pod orphan, Cause cause)
    {
        foreach (var key in _ownership.SetsThatWant(orphan)) Enqueue(key, cause);
    }

    // The key of the pod's set, as far as that is the one which the pod means: same name and same uid.
    private NamespacedName? ControllerKeyOf(Pod pod)
    {
        if (Owners.ControllerOf(pod) is not { } owner || owner.Kind != _kind.Kind) return null;
        var key = new NamespacedName(pod.Metadata.Namespace ?? "", owner.Name ?? "");
        return _sets.Get(key) is { } set && set.Metadata.Uid == owner.Uid ? key : null;
    }

    private bool ClaimPods(TSet set, ReconcilePass pass)
    {
        var (toRelease, toAdopt) = (_ownership.PodsToRelease(set), _ownership.PodsToAdopt(set));
        foreach (var pod in toRelease)
        {
            Client.Update("pods", Owners.Released(pod, set.Metadata.Uid!), pass.Cause, pass.Expect(null, StatusReason.NotFound));
        }

        foreach (var pod in toAdopt)
        {
            Client.Update("pods", Owners.Adopted(pod, set), pass.Cause, pass.Expect(null, StatusReason.NotFound));
        }

        return toRelease.Count + toAdopt.Count > 0;
    }

    private Dictionary<string, int> PodsOfOwnerOnNodes(TSet set)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var owner = Owners.ControllerUidOf(set);
        if (owner is null)
        {
            Count(set);
            return counts;
        }

        foreach (var sibling in _sets.Items)
        {
            if (Owners.ControllerUidOf(sibling) == owner) Count(sibling);
        }

        return counts;

        void Count(TSet sibling)
        {
            foreach (var pod in _ownership.PodsOf(sibling.Metadata.Uid!).Pods)
            {
                if (!string.IsNullOrEmpty(pod.Spec.NodeName)) counts[pod.Spec.NodeName] = counts.GetValueOrDefault(pod.Spec.NodeName) + 1;
            }
        }
    }

    private void Create(NamespacedName key, TSet set, int count, ReconcilePass pass)
    {
        _expectations.ExpectCreations(key, count, Client.Now);
        CreateBatch(key, set, PodFromTemplate.Of(set, _kind.Spec(set).Template), SlowStart.Begin(count, _settings.SlowStartInitialBatchSize), pass);
    }

    private void CreateBatch(NamespacedName key, TSet set, Pod pod, SlowStart batch, ReconcilePass pass)
    {
        var open = batch.BatchSize;
        string? failure = null;
        for (var i = 0; i < batch.BatchSize; i++)
        {
            Client.Create("pods", pod, pass.Cause, pass.Expect(outcome =>
            {
                if (outcome.IsDone)
                {
                    _events.Normal(set, "SuccessfulCreate", $"Created pod: {outcome.Object!.Metadata.Name}", outcome.Cause);
                }
                else
                {
                    // It will not be seen, or it was created without our knowing: then the next pass finds one too many.
                    _expectations.CreationObserved(key);
                    failure ??= MessageOf(outcome);
                    if (!NamespaceAdmission.IsTerminating(outcome.Refusal)) _events.Warning(set, "FailedCreate", $"Error creating: {MessageOf(outcome)}", outcome.Cause);
                }

                if (--open > 0) return;
                var next = batch.Next();
                if (failure is not null)
                {
                    _expectations.LowerCreations(key, next.Remaining);
                    WriteStatus(key, failure, true, pass);
                }
                else if (next.BatchSize > 0)
                {
                    CreateBatch(key, set, pod, next, pass);
                }
                else
                {
                    WriteStatus(key, null, true, pass);
                }
            }));
        }
    }

    private void Delete(NamespacedName key, TSet set, IReadOnlyList<Pod> pods, ReconcilePass pass)
    {
        _expectations.ExpectDeletions(key, pods.Select(pod => pod.Metadata.Uid!), Client.Now);
        var open = pods.Count;
        string? failure = null;
        foreach (var pod in pods)
        {
            var uid = pod.Metadata.Uid!;
            Client.Delete("pods", key.Namespace, pod.Metadata.Name!, pass.Cause, uid: uid, done: pass.Expect(
                outcome =>
                {
                    if (outcome.IsDone)
                    {
                        _events.Normal(set, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}", outcome.Cause);
                    }
                    else
                    {
                        _expectations.DeletionObserved(key, uid);
                        if (!outcome.IsRefused(StatusReason.NotFound))
                        {
                            failure ??= MessageOf(outcome);
                            _events.Warning(set, "FailedDelete", $"Error deleting: {MessageOf(outcome)}", outcome.Cause);
                        }
                    }

                    if (--open == 0) WriteStatus(key, failure, false, pass);
                },
                StatusReason.NotFound));
        }
    }

    private void WriteStatus(NamespacedName key, string? failure, bool wasCreating, ReconcilePass pass)
    {
        // The requests took time: what counts is what is known now.
        if (_sets.Get(key) is not { } set) return;
        var (spec, stored) = (_kind.Spec(set), _kind.Status(set));
        var status = ReplicaSetStatusCalculator.Calculate(
            spec, stored, set.Metadata.Generation ?? 0, _ownership.PodsOf(set.Metadata.Uid!), failure, wasCreating, Client.Now);
        var minReady = TimeSpan.FromSeconds(spec.MinReadySeconds ?? 0);
        if (minReady > TimeSpan.Zero && status.ReadyReplicas != status.AvailableReplicas) EnqueueAfter(key, minReady);
        if (stored == status) return;
        Client.UpdateStatus(_kind.Resource, _kind.WithStatus(set, status), pass.Cause, pass.Expect(null, StatusReason.NotFound));
    }

    private static string MessageOf(ApiOutcome outcome) => outcome.Refusal?.Message ?? outcome.ToString();
}
