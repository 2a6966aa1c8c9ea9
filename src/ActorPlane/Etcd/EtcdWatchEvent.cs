using ActorPlane.Tracing;

namespace ActorPlane.Etcd;

/// <summary>One change of one key, as a watcher sees it.</summary>
/// <param name="KeyValue">The key after the change; a tombstone if the change deleted it.</param>
/// <param name="Previous">The key before the change, if the watch asked for it, there was one, and its revision is not compacted.</param>
/// <param name="Cause">The cause of the write behind the change, so that the watcher's work continues that trace.</param>
public readonly record struct EtcdWatchEvent(EtcdKeyValue KeyValue, EtcdKeyValue? Previous, Cause Cause)
{
    /// <summary>True for a deletion, false for a put.</summary>
    public bool IsDelete => KeyValue.IsTombstone;

    public EtcdKey Key => KeyValue.Key;

    /// <summary>The revision of the change.</summary>
    public long Revision => KeyValue.ModRevision;
}
