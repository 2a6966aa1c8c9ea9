using System.Collections.Immutable;

namespace ActorPlane.Etcd;

/// <summary>A lease as it is stored: when it ends is known to the running store alone, as in etcd.</summary>
/// <param name="Id">Positive.</param>
/// <param name="TtlSeconds">Granted time to live.</param>
/// <param name="Keys">The keys that its end deletes.</param>
public sealed record EtcdLease(long Id, long TtlSeconds, ImmutableSortedSet<EtcdKey> Keys)
{
    public EtcdLease(long id, long ttlSeconds)
        : this(id, ttlSeconds, [])
    {
    }
}
