using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Policy.V1;

namespace ActorPlane.ControllerManager.Disruption;

/// <summary>How many of a PodDisruptionBudget's pods may go. (<c>C/disruption/disruption.go</c>, trySync.)</summary>
public static class DisruptionPlanner
{
    /// <summary>Whether it has to be known how many replicas the pods' owners ask for: shares are shares of that.</summary>
    public static bool NeedsScale(PodDisruptionBudgetSpec spec) => spec.MaxUnavailable is not null || spec.MinAvailable is { IsString: true };

    /// <summary>The budget's new status.</summary>
    /// <param name="pods">The pods that it selects.</param>
    /// <param name="scale">How many pods their owners ask for; counts only when <see cref="NeedsScale"/>.</param>
    /// <param name="deletionTimeout">So long an eviction may take until the pod is seen being deleted.</param>
    public static DisruptionPlan Plan(PodDisruptionBudget budget, IReadOnlyList<Pod> pods, int scale, TimeSpan deletionTimeout, DateTimeOffset now)
    {
        var (expected, desired) = Wanted(budget.Spec, pods.Count, scale);
        var disrupted = new SortedDictionary<string, Timestamp>(StringComparer.Ordinal);
        var (recheckAt, notDeleted) = ((DateTimeOffset?)null, new List<Pod>());
        var healthy = 0;
        foreach (var pod in pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null) continue;
            if (budget.Status.DisruptedPods.TryGetValue(pod.Metadata.Name!, out var since))
            {
                var deadline = (since + deletionTimeout).Time;
                if (deadline >= now)
                {
                    if (recheckAt is null || deadline < recheckAt) recheckAt = deadline;
                    disrupted[pod.Metadata.Name!] = since;
                    continue;
                }

                notDeleted.Add(pod);
            }

            if (PodConditions.IsReady(pod)) healthy++;
        }

        // A budget that expects no pods stays closed: when its first pods come, it has to be counted anew.
        var status = budget.Status with
        {
            CurrentHealthy = healthy,
            DesiredHealthy = desired,
            ExpectedPods = expected,
            DisruptionsAllowed = expected > 0 ? Math.Max(0, healthy - desired) : 0,
            DisruptedPods = ValueMap<Timestamp>.From(disrupted),
            ObservedGeneration = budget.Metadata.Generation,
        };
        return new DisruptionPlan(DisruptionConditions.Fitting(status, now), recheckAt, notDeleted);
    }

    private static (int Expected, int Desired) Wanted(PodDisruptionBudgetSpec spec, int pods, int scale)
    {
        if (spec.MaxUnavailable is { } maxUnavailable)
        {
            maxUnavailable.TryScale(scale, roundUp: true, out var unavailable);
            return (scale, Math.Max(0, scale - unavailable));
        }

        if (spec.MinAvailable is not { } minAvailable) return (0, 0);
        var expected = minAvailable.IsString ? scale : pods;
        minAvailable.TryScale(expected, roundUp: true, out var desired);
        return (expected, desired);
    }
}
