namespace ActorPlane.Etcd;

/// <summary>Bounds that keep one slow watcher from costing the others anything.</summary>
/// <param name="WindowEvents">A watch with so many unacknowledged events gets no more until it acknowledges some.</param>
/// <param name="MaxLagRevisions">A watch that is further behind than this is cut off.</param>
/// <param name="CatchUpEvents">So many past changes are looked at in one go while a watch catches up.</param>
public sealed record WatchLimits(int WindowEvents, long MaxLagRevisions, int CatchUpEvents);
