using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using static ActorPlane.ControllerManager.Deployments.DeploymentFacts;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>
/// Gives each Deployment a ReplicaSet for its template, scales it, and replaces the pods of earlier templates by a
/// rolling update or, with strategy Recreate, by stopping them first. (<c>C/deployment/deployment_controller.go</c>.)
/// </summary>
public sealed class DeploymentController : ReconcilingActor<NamespacedName>
{
    private const string DeploymentResource = "deployments.apps";
    private const string SetResource = "replicasets.apps";

    private readonly TimeSpan _recreatePollPeriod;
    private readonly Informer<Deployment> _deployments;
    private readonly Informer<ReplicaSet> _sets;
    private readonly EventRecorder _events;

    // The ReplicaSets of each Deployment by uid: a change of one costs no scan of the others.
    private readonly Dictionary<string, SortedDictionary<NamespacedName, ReplicaSet>> _setsByOwner = new(StringComparer.Ordinal);

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public DeploymentController(IActorRef apiServer)
        : base(apiServer)
    {
        _recreatePollPeriod = ReadRecreatePollPeriod(Context.System.Settings.Config);
        _events = new EventRecorder(Client, component: "deployment-controller");
        _deployments = new Informer<Deployment>(Client, DeploymentResource, ObjectSelector.All)
        {
            Added = (deployment, cause) => Enqueue(NamespacedName.Of(deployment), cause),
            Updated = (_, after, cause) => Enqueue(NamespacedName.Of(after), cause),
            Deleted = (deployment, cause) => Enqueue(NamespacedName.Of(deployment), cause),
            Synced = _ => TakeTurn(),
        };
        _sets = new Informer<ReplicaSet>(Client, SetResource, ObjectSelector.All)
        {
            Added = OnSetSeen,
            Updated = (before, after, cause) =>
            {
                if (Owners.ControllerUidOf(before) != Owners.ControllerUidOf(after)) OnSetGone(before, cause);
                OnSetSeen(after, cause);
            },
            Deleted = OnSetGone,
            Synced = _ => TakeTurn(),
        };
    }

    /// <inheritdoc />
    protected override bool IsReady => _deployments.HasSynced && _sets.HasSynced;

    /// <summary>As in Kubernetes: 5 ms doubled 15 times is 82 s.</summary>
    protected override int? MaxRetries => 15;

    /// <summary>The actor <c>/user/kube-controller-manager/deployment</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new DeploymentController(apiServer));

    internal static TimeSpan ReadRecreatePollPeriod(Config config) =>
        Settings.SettingsReader.For(config, "actorplane.controller-manager.deployment").Duration("recreate-poll-period");

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _deployments.Start(cause);
        _sets.Start(cause);
    }

    /// <inheritdoc />
    protected override void Reconcile(NamespacedName key, ReconcilePass pass)
    {
        if (_deployments.Get(key) is not { } deployment) return;
        if (deployment.Metadata.DeletionTimestamp is not null)
        {
            WriteStatus(key, null, pass);
            return;
        }

        if (Adopt(deployment, pass)) return;
        var owned = OwnedBy(deployment);
        if (IsRecreate(deployment) && owned.Count > 0 && FindNew(deployment, OldestFirst(owned)) is null) LookForOldPods(key, deployment, pass);
        else Perform(key, deployment, DeploymentPlanner.Plan(deployment, owned, oldPodsAreGone: true), pass);
    }

    private void OnSetSeen(ReplicaSet set, Cause cause)
    {
        if (Owners.ControllerOf(set) is { Kind: "Deployment" } owner)
        {
            if (!_setsByOwner.TryGetValue(owner.Uid!, out var sets)) _setsByOwner[owner.Uid!] = sets = [];
            sets[NamespacedName.Of(set)] = set;
            Enqueue(new NamespacedName(set.Metadata.Namespace ?? "", owner.Name ?? ""), cause);
        }
        else if (Owners.ControllerOf(set) is null)
        {
            foreach (var deployment in _deployments.Items)
            {
                if (deployment.Metadata.Namespace == set.Metadata.Namespace && Selects(deployment, set)) Enqueue(NamespacedName.Of(deployment), cause);
            }
        }
    }

    private void OnSetGone(ReplicaSet set, Cause cause)
    {
        if (Owners.ControllerOf(set) is not { Kind: "Deployment" } owner) return;
        if (_setsByOwner.TryGetValue(owner.Uid!, out var sets) && sets.Remove(NamespacedName.Of(set)) && sets.Count == 0) _setsByOwner.Remove(owner.Uid!);
        Enqueue(new NamespacedName(set.Metadata.Namespace ?? "", owner.Name ?? ""), cause);
    }

    private List<ReplicaSet> OwnedBy(Deployment deployment) =>
        _setsByOwner.TryGetValue(deployment.Metadata.Uid!, out var sets) ? [.. sets.Values] : [];

    private static bool Selects(Deployment deployment, ReplicaSet set) =>
        deployment.Spec.Selector.Matches(set.Metadata.Labels);

    // ReplicaSets without a controller are looked for only where none is owned yet: after a kubectl delete --cascade=orphan.
    private bool Adopt(Deployment deployment, ReconcilePass pass)
    {
        if (_setsByOwner.ContainsKey(deployment.Metadata.Uid!)) return false;
        var adopted = false;
        foreach (var set in _sets.Items)
        {
            if (set.Metadata.Namespace != deployment.Metadata.Namespace || set.Metadata.DeletionTimestamp is not null
                || Owners.ControllerOf(set) is not null || !Selects(deployment, set))
                continue;
            adopted = true;
            Client.Update(SetResource, Owners.Adopted(set, deployment), pass.Cause, pass.Expect(null, StatusReason.NotFound));
        }

        return adopted;
    }

    // A Recreate waits for the last old pod, also for one that is still terminating.
    private void LookForOldPods(NamespacedName key, Deployment deployment, ReconcilePass pass)
    {
        var selector = new ObjectSelector(key.Namespace, Labels: LabelQuery.Parse(LabelSelectors.Format(deployment.Spec.Selector)));
        Client.List("pods", selector, pass.Cause, pass.Expect(outcome =>
        {
            if (outcome.Reply is not ApiServerProtocol.Listed listed || _deployments.Get(key) is not { } latest) return;
            var uids = OwnedBy(latest).Select(set => set.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
            var left = listed.Items.OfType<Pod>().Any(pod =>
                pod.Status.Phase is not ("Succeeded" or "Failed") && uids.Contains(Owners.ControllerUidOf(pod)));
            if (left) EnqueueAfter(key, _recreatePollPeriod);
            Perform(key, latest, DeploymentPlanner.Plan(latest, OwnedBy(latest), !left), pass);
        }));
    }

    private void Perform(NamespacedName key, Deployment deployment, DeploymentPlan plan, ReconcilePass pass)
    {
        foreach (var change in plan.Changes)
        {
            Client.Update(SetResource, change.After, pass.Cause, pass.Expect(outcome =>
            {
                if (outcome.IsDone && change.IsScaling) RecordScaling(deployment, change, outcome.Cause);
            }));
        }

        foreach (var set in plan.Deletions)
            Client.Delete(SetResource, key.Namespace, set.Metadata.Name!, pass.Cause, pass.Expect(null, StatusReason.NotFound), uid: set.Metadata.Uid);
        // Told with the status, the revision does not count as a new generation.
        // The Deployment's own news brings the next pass, which writes the status: two writes of one object would conflict.
        if (plan.New is { } current && WriteRevision(deployment, current, pass)) return;
        if (plan.Create is { } create) Create(key, deployment, create, pass);
        else WriteStatus(key, null, pass);
    }

    private void RecordScaling(Deployment deployment, ReplicaSetChange change, Cause cause)
    {
        var (from, to) = (DesiredReplicas(change.Before), DesiredReplicas(change.After));
        _events.Normal(deployment, "ScalingReplicaSet", $"Scaled {(to > from ? "up" : "down")} replica set {change.After.Metadata.Name} from {from} to {to}", cause);
    }

    private void Create(NamespacedName key, Deployment deployment, ReplicaSet create, ReconcilePass pass) =>
        Client.Create(SetResource, create, pass.Cause, pass.Expect(
            outcome =>
            {
                if (outcome.IsDone)
                {
                    if (DesiredReplicas(create) > 0)
                        _events.Normal(deployment, "ScalingReplicaSet", $"Scaled up replica set {create.Metadata.Name} from 0 to {DesiredReplicas(create)}", outcome.Cause);
                    WriteStatus(key, (ReplicaSet)outcome.Object!, pass);
                }
                else if (outcome.IsRefused(StatusReason.AlreadyExists))
                {
                    OnNameTaken(key, create, pass);
                }
            },
            StatusReason.AlreadyExists));

    // The name is taken by a ReplicaSet of ours that we have not seen yet, or by another one: then the hash gets salted.
    private void OnNameTaken(NamespacedName key, ReplicaSet create, ReconcilePass pass)
    {
        if (_deployments.Get(key) is not { } deployment) return;
        var taken = _sets.Get(key.Namespace, create.Metadata.Name!);
        if (taken is null || (Owners.ControllerUidOf(taken) == deployment.Metadata.Uid && taken.Spec.Template == create.Spec.Template))
        {
            pass.Fail($"{create.Metadata.Name} exists already");
            return;
        }

        var status = deployment.Status with { CollisionCount = (deployment.Status.CollisionCount ?? 0) + 1 };
        Client.UpdateStatus(DeploymentResource, deployment with { Status = status }, pass.Cause, pass.Expect());
        pass.Fail($"{create.Metadata.Name} belongs to something else");
    }

    private bool WriteRevision(Deployment deployment, ReplicaSet current, ReconcilePass pass)
    {
        var revision = Revision(current);
        if (revision == 0 || Number(deployment, RevisionAnnotation) == revision) return false;
        var annotations = deployment.Metadata.Annotations.With(RevisionAnnotation, revision.ToString(CultureInfo.InvariantCulture));
        Client.UpdateStatus(DeploymentResource, deployment with { Metadata = deployment.Metadata with { Annotations = annotations } }, pass.Cause, pass.Expect(null, StatusReason.NotFound));
        return true;
    }

    private void WriteStatus(NamespacedName key, ReplicaSet? created, ReconcilePass pass)
    {
        if (_deployments.Get(key) is not { } deployment) return;
        var owned = OwnedBy(deployment);
        var status = DeploymentStatusCalculator.Calculate(deployment, owned, FindNew(deployment, OldestFirst(owned)), created, Client.Now);
        if (DeploymentStatusCalculator.Deadline(deployment, status) is { } deadline) EnqueueAfter(key, deadline - Client.Now + TimeSpan.FromSeconds(1));
        if (status != deployment.Status)
            Client.UpdateStatus(DeploymentResource, deployment with { Status = status }, pass.Cause, pass.Expect(null, StatusReason.NotFound));
    }
}
