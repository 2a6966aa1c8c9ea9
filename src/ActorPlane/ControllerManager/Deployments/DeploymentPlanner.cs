using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Meta.V1;
using static ActorPlane.ControllerManager.Deployments.DeploymentFacts;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>
/// What a Deployment has to do next with its ReplicaSets: create that of the present template, scale all of them to
/// the Deployment's size, or replace old pods by new ones step by step within maxSurge and maxUnavailable.
/// (<c>C/deployment/sync.go</c>, <c>rolling.go</c>, <c>recreate.go</c>.)
/// </summary>
public static class DeploymentPlanner
{
    /// <summary>The next step.</summary>
    /// <param name="owned">The ReplicaSets that the Deployment controls.</param>
    /// <param name="oldPodsAreGone">Recreate only: no pod of an old ReplicaSet is left, not even a terminating one.</param>
    public static DeploymentPlan Plan(Deployment deployment, IEnumerable<ReplicaSet> owned, bool oldPodsAreGone)
    {
        var all = OldestFirst(owned);
        var current = FindNew(deployment, all);
        IReadOnlyList<ReplicaSet> old = [.. all.Where(set => !ReferenceEquals(set, current))];
        var sizes = all.ToDictionary(set => set, DesiredReplicas, (IEqualityComparer<ReplicaSet>)ReferenceEqualityComparer.Instance);
        var paused = deployment.Spec.Paused == true;
        if (paused || IsScalingEvent(deployment, all))
        {
            Scale(deployment, current, old, sizes);
            return new DeploymentPlan(current, null, Changes(deployment, all, null, old, sizes), []);
        }

        if (IsRecreate(deployment) && old.Any(set => sizes[set] > 0))
        {
            foreach (var set in old) sizes[set] = 0;
            return new DeploymentPlan(current, null, Changes(deployment, all, current, old, sizes), []);
        }

        if (current is null)
        {
            var create = IsRecreate(deployment) && !oldPodsAreGone ? null : NewReplicaSet(deployment, old);
            return new DeploymentPlan(null, create, [], []);
        }

        if (IsRecreate(deployment)) sizes[current] = DesiredReplicas(deployment);
        else if (!RollingUpdate.ScaleNew(deployment, current, sizes)) RollingUpdate.ScaleOld(deployment, current, old, sizes);
        IReadOnlyList<ReplicaSet> obsolete = IsComplete(deployment, deployment.Status) ? BeyondHistory(deployment, old) : [];
        return new DeploymentPlan(current, null, Changes(deployment, all, current, old, sizes), obsolete);
    }

    /// <summary>The ReplicaSet of the present template, not yet stored.</summary>
    public static ReplicaSet NewReplicaSet(Deployment deployment, IReadOnlyList<ReplicaSet> old)
    {
        var template = deployment.Spec.Template;
        var hash = PodTemplateHash.Of(template, deployment.Status.CollisionCount);
        var labels = template.Metadata.Labels.With(HashLabel, hash);
        return new ReplicaSet
        {
            Metadata = new ObjectMeta
            {
                Name = $"{deployment.Metadata.Name}-{hash}",
                Namespace = deployment.Metadata.Namespace,
                Labels = labels,
                Annotations = Annotations(ValueMap<string>.Empty, deployment, NextRevision(old)),
                OwnerReferences = [Owners.ControllerReference(deployment)],
            },
            Spec = new ReplicaSetSpec
            {
                Replicas = RollingUpdate.SizeOfNew(deployment, 0, old.Select(DesiredReplicas).Total()),
                MinReadySeconds = deployment.Spec.MinReadySeconds,
                Selector = deployment.Spec.Selector with { MatchLabels = deployment.Spec.Selector.MatchLabels.With(HashLabel, hash) },
                Template = template with { Metadata = template.Metadata with { Labels = labels } },
            },
        };
    }

    private static int NextRevision(IReadOnlyList<ReplicaSet> old) => old.Count == 0 ? 1 : old.Max(Revision) + 1;

    // The Deployment has another size than the one for which its ReplicaSets were scaled last.
    private static bool IsScalingEvent(Deployment deployment, IReadOnlyList<ReplicaSet> all) =>
        all.Any(set => DesiredReplicas(set) > 0 && Number(set, DesiredAnnotation) is { } desired && desired != DesiredReplicas(deployment));

    private static void Scale(Deployment deployment, ReplicaSet? current, IReadOnlyList<ReplicaSet> old, Dictionary<ReplicaSet, int> sizes)
    {
        var desired = DesiredReplicas(deployment);
        ReplicaSet[] active = [.. old.Append(current).OfType<ReplicaSet>().Where(set => sizes[set] > 0)];
        if (active.Length <= 1)
        {
            if ((active.Length == 1 ? active[0] : current ?? old.LastOrDefault()) is { } only) sizes[only] = desired;
        }
        else if (current is not null && sizes[current] == desired && Number(current, DesiredAnnotation) == desired
                 && (current.Status.AvailableReplicas ?? 0) == desired)
        {
            foreach (var set in old) sizes[set] = 0;
        }
        else if (!IsRecreate(deployment))
        {
            ProportionalScaling.Scale(deployment, active, sizes);
        }
    }

    private static ReplicaSetChange[] Changes(
        Deployment deployment, IReadOnlyList<ReplicaSet> all, ReplicaSet? current, IReadOnlyList<ReplicaSet> old, Dictionary<ReplicaSet, int> sizes)
    {
        var changes = new List<ReplicaSetChange>();
        foreach (var set in all)
        {
            var annotations = set.Metadata.Annotations;
            if (ReferenceEquals(set, current)) annotations = Annotations(annotations, deployment, Math.Max(NextRevision(old), Revision(set)));
            else if (sizes[set] > 0 || sizes[set] != DesiredReplicas(set)) annotations = annotations.WithAll(ScaleAnnotations(deployment));
            var minReady = ReferenceEquals(set, current) ? deployment.Spec.MinReadySeconds : set.Spec.MinReadySeconds;
            if (annotations == set.Metadata.Annotations && sizes[set] == DesiredReplicas(set) && (minReady ?? 0) == (set.Spec.MinReadySeconds ?? 0)) continue;
            changes.Add(new ReplicaSetChange(set, set with
            {
                Metadata = set.Metadata with { Annotations = annotations },
                Spec = set.Spec with { Replicas = sizes[set], MinReadySeconds = minReady },
            }));
        }

        return [.. changes];
    }

    private static ReplicaSet[] BeyondHistory(Deployment deployment, IReadOnlyList<ReplicaSet> old)
    {
        if (deployment.Spec.RevisionHistoryLimit is not { } limit) return [];
        return [.. old.OrderBy(Revision).ThenBy(set => set.Metadata.Name, StringComparer.Ordinal)
            .Take(Math.Max(0, old.Count - limit))
            .Where(set => DesiredReplicas(set) == 0 && (set.Status.Replicas ?? 0) == 0 && set.Metadata.DeletionTimestamp is null
                && (set.Status.ObservedGeneration ?? 0) >= (set.Metadata.Generation ?? 0))];
    }
}
