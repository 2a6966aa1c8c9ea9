using Akka.Actor;

namespace ActorPlane.Etcd;

/// <summary>Leases: their clock and their end.</summary>
public sealed partial class EtcdStore
{
    private void RunLeases(IReadOnlyList<EtcdEvent> events)
    {
        foreach (var change in events)
        {
            if (change is EtcdEvent.LeaseGranted granted) _leaseClock.Start(granted.LeaseId, Now.AddSeconds(granted.TtlSeconds));
            else if (change is EtcdEvent.LeaseEnded ended) _leaseClock.Stop(ended.LeaseId);
            else continue;
            SetLeaseTimer();
        }
    }

    private void SetLeaseTimer()
    {
        // A timer that comes too early looks again: keeping a lease alive costs no timer.
        if (_leaseClock.Next is not { } next || _leaseTimerEnd <= next) return;
        _leaseTimerEnd = next;
        Timers.StartSingleTimer(LeaseDue.Instance, LeaseDue.Instance, next > Now ? next - Now : TimeSpan.Zero);
    }

    private void EndLeases()
    {
        _leaseTimerEnd = null;
        while (_leaseClock.TryTakeEnded(Now, out var leaseId))
        {
            // Refused only if its revocation is in flight already.
            if (_writer.EndLease(leaseId, _causes.Next()).Event is not { } ended) continue;
            _queue.AddEvent(ended);
            _queue.SealIfLarge(_writer);
        }
        SetLeaseTimer();
        WriteNext();
    }

    private void KeepLeaseAlive(EtcdProtocol.LeaseKeepAlive command)
    {
        // A lease whose end is in flight is beyond help.
        var lease = _committed.Leases.ContainsKey(command.LeaseId) ? _writer.FindLease(command.LeaseId) : null;
        if (lease is not null)
        {
            _leaseClock.Start(lease.Id, Now.AddSeconds(lease.TtlSeconds));
            SetLeaseTimer();
        }
        Sender.Tell(new EtcdProtocol.LeaseKeptAlive(
            command.RequestId, command.Cause, _committed.Revision, command.LeaseId, lease?.TtlSeconds ?? 0), Self);
    }

    private void TellLease(EtcdProtocol.LeaseTimeToLive command)
    {
        var state = _committed.Leases.TryGetValue(command.LeaseId, out var lease)
            ? new EtcdProtocol.LeaseState(
                command.RequestId, command.Cause, _committed.Revision, lease.Id, (long)_leaseClock.Left(lease.Id, Now).TotalSeconds,
                lease.TtlSeconds, command.WithKeys ? [.. lease.Keys] : [])
            : new EtcdProtocol.LeaseState(command.RequestId, command.Cause, _committed.Revision, command.LeaseId, -1, 0, []);
        Sender.Tell(state, Self);
    }
}
