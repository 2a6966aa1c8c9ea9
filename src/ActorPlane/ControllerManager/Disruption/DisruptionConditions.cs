using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Policy.V1;

namespace ActorPlane.ControllerManager.Disruption;

/// <summary>
/// The condition that says whether a budget allows a disruption. Also kept by evictions, which spend it.
/// (<c>staging/src/k8s.io/component-helpers/apps/poddisruptionbudget/helpers.go</c>.)
/// </summary>
public static class DisruptionConditions
{
    private const string DisruptionAllowed = "DisruptionAllowed";

    /// <summary>The status with the condition that fits its <c>disruptionsAllowed</c>.</summary>
    public static PodDisruptionBudgetStatus Fitting(PodDisruptionBudgetStatus status, DateTimeOffset now) => status.DisruptionsAllowed > 0
        ? With(status, true, "SufficientPods", "", now)
        : With(status, false, "InsufficientPods", "", now);

    /// <summary>The status of a budget of which nothing is known: no disruption is allowed, and the condition says why. (failSafe.)</summary>
    public static PodDisruptionBudgetStatus Failed(PodDisruptionBudgetStatus status, string why, DateTimeOffset now) =>
        With(status with { DisruptionsAllowed = 0 }, false, "SyncFailed", why, now);

    private static PodDisruptionBudgetStatus With(PodDisruptionBudgetStatus status, bool isAllowed, string reason, string message, DateTimeOffset now)
    {
        var wanted = isAllowed ? "True" : "False";
        var at = status.Conditions.FindIndex(condition => condition.Type == DisruptionAllowed);
        var condition = new Condition
        {
            Type = DisruptionAllowed,
            Status = wanted,
            ObservedGeneration = status.ObservedGeneration,
            LastTransitionTime = at >= 0 && status.Conditions[at].Status == wanted ? status.Conditions[at].LastTransitionTime : now,
            Reason = reason,
            Message = message,
        };
        return status with { Conditions = at < 0 ? status.Conditions.Add(condition) : status.Conditions.SetItem(at, condition) };
    }
}
