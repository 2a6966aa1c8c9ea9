using ActorPlane.Tracing;

namespace ActorPlane.Etcd;

/// <summary>
/// What is stored: a fact that a command was found to lead to. Applying all events in order gives the same state, to the
/// last revision and lease, that deciding the commands gave.
/// </summary>
/// <param name="Cause">The cause of the command.</param>
public abstract record EtcdEvent(Cause Cause)
{
    /// <summary>Keys changed, in one revision.</summary>
    /// <param name="Revision">The revision of all of <paramref name="Changes"/>.</param>
    /// <param name="Changes">The keys after the change, in the order of the operations; tombstones for deletions. Not empty.</param>
    public sealed record Changed(Cause Cause, long Revision, IReadOnlyList<EtcdKeyValue> Changes) : EtcdEvent(Cause);

    /// <summary>A lease was granted.</summary>
    public sealed record LeaseGranted(Cause Cause, long LeaseId, long TtlSeconds) : EtcdEvent(Cause);

    /// <summary>A lease ended, by hand or by time, and its keys with it.</summary>
    /// <param name="Revision">The revision of the deletions; the unchanged one if there are none.</param>
    /// <param name="Changes">Tombstones of the lease's keys, in order.</param>
    public sealed record LeaseEnded(Cause Cause, long LeaseId, long Revision, IReadOnlyList<EtcdKeyValue> Changes) : EtcdEvent(Cause);

    /// <summary>History below this revision was forgotten.</summary>
    public sealed record Compacted(Cause Cause, long AtRevision) : EtcdEvent(Cause);
}
