namespace ActorPlane.ApiServer;

/// <summary>
/// Which etcd lease the next Event object hangs on, so that it goes away by itself; the lease manager of the real
/// server (<c>storage/etcd3/lease_manager.go</c>): Events that come close together share one.
/// </summary>
internal sealed class EventLease(TimeSpan ttl, TimeSpan reuse, int maxObjects)
{
    private long _id;
    private int _objects;
    private DateTimeOffset _until;

    /// <summary>Whether a new lease is needed for an Event written now.</summary>
    public bool IsDue(DateTimeOffset now) => _id == 0 || now >= _until || _objects >= maxObjects;

    /// <summary>What the new lease must live for: its last Event is written when the reuse ends.</summary>
    public long TtlSeconds => (long)Math.Ceiling((ttl + reuse).TotalSeconds);

    /// <summary>From now on the Events hang on this lease.</summary>
    public void Renew(long id, DateTimeOffset now) => (_id, _objects, _until) = (id, 0, now + reuse);

    /// <summary>The lease for one Event.</summary>
    public long Take()
    {
        _objects++;
        return _id;
    }

    /// <summary>The lease may be gone: begin a new one.</summary>
    public void Forget() => _id = 0;
}
