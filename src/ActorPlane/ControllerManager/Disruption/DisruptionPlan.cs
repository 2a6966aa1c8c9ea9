using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Policy.V1;

namespace ActorPlane.ControllerManager.Disruption;

/// <summary>What becomes of a budget: see <see cref="DisruptionPlanner"/>.</summary>
/// <param name="Status">Its new status; equal to the old one when there is nothing new.</param>
/// <param name="RecheckAt">When a pod that is about to be evicted is no longer waited for; null when there is none.</param>
/// <param name="NotDeleted">Pods whose eviction never came.</param>
public sealed record DisruptionPlan(PodDisruptionBudgetStatus Status, DateTimeOffset? RecheckAt, IReadOnlyList<Pod> NotDeleted);
