using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace ActorPlane.Etcd;

/// <summary>Recovery, and the snapshots that shorten it.</summary>
public sealed partial class EtcdStore
{
    /// <summary>From the newest snapshot that is not known to be damaged.</summary>
    public override Recovery Recovery => new(new SnapshotSelectionCriteria(_fallback.NewestToTry));

    /// <summary>Nothing is served that is not certainly all that was stored; the supervisor tries again.</summary>
    protected override void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (reason.GetBaseException() is not InvalidDataException damage)
            _log.Error(reason, "The store does not serve: what is stored cannot be read after write {0}", _recovered);
        else
            _log.Error("The store does not serve: what is stored is damaged after write {0}: {1}", _recovered, damage.Message);
    }

    private void Recovering()
    {
        Recover<SnapshotOffer>(offer =>
        {
            var number = offer.Metadata.SequenceNr;
            if (offer.Snapshot is DamagedSnapshot damaged)
            {
                _log.Warning("The snapshot of write {0} cannot be used, the store looks for an older one: {1}", number, damaged.Problem);
                _fallback.Skip(number);
                Context.Stop(Self);
                return;
            }
            _writer = new StoreWriter((StoreState)offer.Snapshot, _settings.Limits);
            _recovered = _newestSnapshot = number;
        });
        Recover<EtcdEventBatch>(batch =>
        {
            // Not every gap shows in the revisions: leases have none.
            if (LastSequenceNr != _recovered + 1)
                throw new InvalidDataException($"write {LastSequenceNr} of the journal follows write {_recovered}: what was between them is missing");
            foreach (var change in batch.Events) _writer.Apply(change);
            _writer.TrimHistory();
            _changesSinceSnapshot += batch.Events.Count;
            _recovered = LastSequenceNr;
        });
        Recover<RecoveryCompleted>(_ =>
        {
            if (FindLoss() is { } loss)
            {
                _log.Error("The store does not serve: {0}", loss);
                Context.Stop(Self);
                return;
            }
            Begin();
        });
    }

    /// <summary>Says what was stored once and is not there any more, if it can be known; otherwise null.</summary>
    private string? FindLoss()
    {
        if (LastSequenceNr > _recovered) return $"write {LastSequenceNr} was stored, but nothing after write {_recovered} is left";
        if (_fallback.NewestDamaged > _recovered)
            return $"the snapshot of write {_fallback.NewestDamaged} is damaged, and the journal ends at write {_recovered}";
        return null;
    }

    private void Begin()
    {
        _committed = _writer.ToState();
        foreach (var lease in _committed.Leases.Values) _leaseClock.Start(lease.Id, Now.AddSeconds(lease.TtlSeconds));
        SetLeaseTimer();
        _revisionAtLastPeriod = _committed.Revision;
        Timers.StartPeriodicTimer(CompactionDue.Instance, CompactionDue.Instance, _settings.CompactionPeriod);
        Timers.StartPeriodicTimer(ProgressDue.Instance, ProgressDue.Instance, _settings.WatchProgressInterval);
        if (_fallback.NewestDamaged > 0)
        {
            _log.Warning("The store recovered from the snapshot of write {0} and the journal after it; nothing is lost", _newestSnapshot);
            _fallback.Clear();
        }
        _log.Info("The store serves at revision {0} with {1} keys", _committed.Revision, _committed.Tree.Count);
    }

    private void SaveSnapshotIfDue()
    {
        var size = _committed.Tree.Count + _committed.History.Count;
        if (_snapshotUnderWay || _changesSinceSnapshot < _settings.SnapshotEveryChanges || _changesSinceSnapshot < size * _settings.SnapshotGrowth) return;
        _snapshotUnderWay = true;
        _changesSinceSnapshot = 0;
        SaveSnapshot(_committed);
    }

    /// <summary>The snapshot before, and the journal behind it, stay: if the newest proves damaged, nothing is lost.</summary>
    private void DropBeforeLast(SnapshotMetadata saved)
    {
        _snapshotUnderWay = false;
        var before = _newestSnapshot;
        _newestSnapshot = saved.SequenceNr;
        if (before == 0) return;
        DeleteMessages(before);
        DeleteSnapshots(new SnapshotSelectionCriteria(before - 1));
    }
}
