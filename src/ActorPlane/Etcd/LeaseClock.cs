namespace ActorPlane.Etcd;

/// <summary>
/// When each lease ends. Not stored: after a restart every lease lives its full time anew, as in etcd without lease
/// checkpoints (<c>lease/lessor.go</c>). Not for more than one thread.
/// </summary>
public sealed class LeaseClock
{
    private readonly SortedSet<(DateTimeOffset End, long LeaseId)> _order = [];
    private readonly Dictionary<long, DateTimeOffset> _ends = [];

    /// <summary>When the next lease ends; null if there is none.</summary>
    public DateTimeOffset? Next => _order.Count > 0 ? _order.Min.End : null;

    /// <summary>Starts a lease's time, or starts it anew.</summary>
    public void Start(long leaseId, DateTimeOffset end)
    {
        Stop(leaseId);
        _ends.Add(leaseId, end);
        _order.Add((end, leaseId));
    }

    /// <summary>Forgets a lease that ended.</summary>
    public void Stop(long leaseId)
    {
        if (_ends.Remove(leaseId, out var end)) _order.Remove((end, leaseId));
    }

    /// <summary>Takes out the next lease whose time is over, if there is one; its time stands still until it is started anew.</summary>
    public bool TryTakeEnded(DateTimeOffset now, out long leaseId)
    {
        leaseId = _order.Count > 0 && _order.Min.End <= now ? _order.Min.LeaseId : 0;
        if (leaseId == 0) return false;
        Stop(leaseId);
        return true;
    }

    /// <summary>What is left of a lease's time: nothing if it is over or the lease unknown.</summary>
    public TimeSpan Left(long leaseId, DateTimeOffset now) =>
        _ends.TryGetValue(leaseId, out var end) && end > now ? end - now : TimeSpan.Zero;
}
