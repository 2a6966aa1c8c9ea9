using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>What a Deployment and its ReplicaSets say about a rollout. (<c>C/deployment/util/deployment_util.go</c>.)</summary>
public static class DeploymentFacts
{
    /// <summary>The label that tells the ReplicaSets of a Deployment apart.</summary>
    public const string HashLabel = "pod-template-hash";

    /// <summary>Annotation: how many templates a Deployment has had; on a ReplicaSet, which of them is its own.</summary>
    public const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    /// <summary>Annotation of a ReplicaSet: the Deployment's replicas when it was last scaled.</summary>
    public const string DesiredAnnotation = "deployment.kubernetes.io/desired-replicas";

    /// <summary>Annotation of a ReplicaSet: the most pods that the Deployment might have had when it was last scaled.</summary>
    public const string MaxAnnotation = "deployment.kubernetes.io/max-replicas";

    private static readonly string[] OwnAnnotations =
    [
        "kubectl.kubernetes.io/last-applied-configuration", RevisionAnnotation, "deployment.kubernetes.io/revision-history",
        DesiredAnnotation, MaxAnnotation, "deprecated.deployment.rollback.to",
    ];

    /// <summary><c>spec.replicas</c>, 1 by default.</summary>
    public static int DesiredReplicas(Deployment deployment) => deployment.Spec.Replicas ?? 1;

    /// <summary><c>spec.replicas</c>, 1 by default.</summary>
    public static int DesiredReplicas(ReplicaSet set) => set.Spec.Replicas ?? 1;

    /// <summary>Whether old pods go before new ones come.</summary>
    public static bool IsRecreate(Deployment deployment) => deployment.Spec.Strategy.Type == "Recreate";

    /// <summary>How many pods there may be beyond the desired ones.</summary>
    public static int MaxSurge(Deployment deployment) => Limits(deployment).Surge;

    /// <summary>How many of the desired pods may be missing.</summary>
    public static int MaxUnavailable(Deployment deployment) => Math.Min(Limits(deployment).Unavailable, DesiredReplicas(deployment));

    /// <summary>A number in an annotation, or null.</summary>
    public static int? Number(IKubeObject item, string annotation) =>
        item.Metadata.Annotations.TryGetValue(annotation, out var text)
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The revision of a ReplicaSet; 0 when it has none.</summary>
    public static int Revision(ReplicaSet set) => Number(set, RevisionAnnotation) ?? 0;

    /// <summary>By age, then by name.</summary>
    public static IReadOnlyList<ReplicaSet> OldestFirst(IEnumerable<ReplicaSet> sets) =>
        [.. sets.OrderBy(set => set.Metadata.CreationTimestamp?.Time ?? DateTimeOffset.MinValue).ThenBy(set => set.Metadata.Name, StringComparer.Ordinal)];

    /// <summary>The oldest ReplicaSet that has the Deployment's template, the hash label aside; null when there is none.</summary>
    public static ReplicaSet? FindNew(Deployment deployment, IReadOnlyList<ReplicaSet> oldestFirst)
    {
        var wanted = deployment.Spec.Template;
        wanted = wanted with { Metadata = wanted.Metadata with { Labels = wanted.Metadata.Labels.Without(HashLabel) } };
        foreach (var set in oldestFirst)
        {
            var template = set.Spec.Template;
            if (template with { Metadata = template.Metadata with { Labels = template.Metadata.Labels.Without(HashLabel) } } == wanted) return set;
        }

        return null;
    }

    /// <summary>The annotations of a ReplicaSet: its own, the Deployment's, and the three that the controller keeps there.</summary>
    public static ValueMap<string> Annotations(ValueMap<string> own, Deployment deployment, int revision) => own
        .WithAll(deployment.Metadata.Annotations.Where(entry => !OwnAnnotations.Contains(entry.Key, StringComparer.Ordinal)))
        .With(RevisionAnnotation, revision.ToString(CultureInfo.InvariantCulture))
        .WithAll(ScaleAnnotations(deployment));

    /// <summary>The two annotations that say for which size of the Deployment a ReplicaSet was scaled.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ScaleAnnotations(Deployment deployment)
    {
        var desired = DesiredReplicas(deployment);
        yield return new(DesiredAnnotation, desired.ToString(CultureInfo.InvariantCulture));
        yield return new(MaxAnnotation, (desired + MaxSurge(deployment)).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The rollout is over: all pods are new and available. (DeploymentComplete.)</summary>
    public static bool IsComplete(Deployment deployment, DeploymentStatus status)
    {
        var desired = DesiredReplicas(deployment);
        return (status.UpdatedReplicas ?? 0) == desired && (status.Replicas ?? 0) == desired && (status.AvailableReplicas ?? 0) == desired
            && (status.ObservedGeneration ?? 0) >= (deployment.Metadata.Generation ?? 0);
    }

    private static (int Surge, int Unavailable) Limits(Deployment deployment)
    {
        if (IsRecreate(deployment)) return (0, 0);
        var desired = DesiredReplicas(deployment);
        var rolling = deployment.Spec.Strategy.RollingUpdate;
        if (rolling?.MaxSurge?.TryScale(desired, roundUp: true, out var surge) != true) surge = 0;
        if (rolling?.MaxUnavailable?.TryScale(desired, roundUp: false, out var unavailable) != true) unavailable = 0;

        // Both 0 would never move: percentages of few pods come to that.
        return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);
    }
}
