using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler;

/// <summary>What one attempt to place a pod came to.</summary>
/// <param name="Node">Where it goes, or null when it fits nowhere.</param>
/// <param name="Message">Why it fits nowhere, in Kubernetes' words; empty when it fits.</param>
/// <param name="HelpedBy">Which changes of the cluster make another attempt worth while.</param>
/// <param name="NodesLookedAt">How many nodes the filters saw.</param>
/// <param name="FeasibleNodes">How many of them passed.</param>
public readonly record struct SchedulingDecision(NodeInfo? Node, string Message, ClusterEvents HelpedBy, int NodesLookedAt, int FeasibleNodes);
