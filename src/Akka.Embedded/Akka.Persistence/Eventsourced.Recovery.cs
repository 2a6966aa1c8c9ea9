using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// The phases: permit, snapshot, events, then commands and, while events of <c>Persist</c> are being written, waiting.
/// Commands that come in the wrong phase wait in the internal stash.
/// </summary>
public abstract partial class Eventsourced
{
    private readonly Queue<PendingHandler> _pending = new();
    private readonly List<IPersistentEnvelope> _eventBatch = [];
    private readonly List<IPersistentEnvelope> _journalBatch = [];
    private Phase _phase;
    private bool _isRecovering = true;
    private bool _holdsPermit;
    private bool _isWriteInProgress;
    private bool _isTaskRunning;
    private bool _sawEventSinceTick;
    private int _pendingStashing;
    private long _sequenceNr;
    private long _replayMax;
    private ICancelable? _recoveryTimer;
    private Receive? _recoveryBehavior;

    private enum Phase
    {
        WaitingForPermit,
        LoadingSnapshot,
        Replaying,
        ProcessingCommands,
        PersistingEvents,
    }

    public override void AroundPreStart()
    {
        if (PersistenceId is null)
        {
            throw new ArgumentNullException(nameof(PersistenceId), $"PersistenceId is [null] for PersistentActor [{Self.Path}]");
        }

        // A plug-in that is missing fails the actor's start, not its first event.
        _ = Journal;
        _ = SnapshotStore;
        RequestRecoveryPermit();
        base.AroundPreStart();
    }

    public override void AroundPostRestart(Exception reason, object message)
    {
        RequestRecoveryPermit();
        base.AroundPostRestart(reason, message);
    }

    public override void AroundPreRestart(Exception cause, object message)
    {
        try
        {
            _internalStash.UnstashAll();
            Stash.UnstashAll(UnstashFilterPredicate);
        }
        finally
        {
            StopRecoveryTimer();
            FlushJournalBatch();
            base.AroundPreRestart(cause, message switch
            {
                WriteMessageSuccess m => m.Persistent,
                LoopMessageSuccess m => m.Message,
                ReplayedMessage m => m.Persistent,
                _ => null!,
            });
        }
    }

    public override void AroundPostStop()
    {
        try
        {
            _internalStash.UnstashAll();
            Stash.UnstashAll(UnstashFilterPredicate);
        }
        finally
        {
            StopRecoveryTimer();
            base.AroundPostStop();
        }
    }

    protected internal override bool AroundReceive(Receive receive, object message)
    {
        switch (_phase)
        {
            case Phase.ProcessingCommands:
                ProcessCommand(receive, message);
                break;
            case Phase.PersistingEvents:
                if (!HandleJournalResponse(message))
                {
                    StashInternally(message);
                }

                break;
            case Phase.WaitingForPermit:
                if (message is RecoveryPermitGranted)
                {
                    StartRecovery(Recovery);
                }
                else
                {
                    StashInternally(message);
                }

                break;
            default:
                RecoverGuarded(message);
                break;
        }

        return true;
    }

    private void RequestRecoveryPermit()
    {
        _phase = Phase.WaitingForPermit;
        Extension.RecoveryPermitter.Tell(Akka.Persistence.RequestRecoveryPermit.Instance, Self);
    }

    private void ReturnRecoveryPermit()
    {
        if (_holdsPermit)
        {
            _holdsPermit = false;
            Extension.RecoveryPermitter.Tell(Akka.Persistence.ReturnRecoveryPermit.Instance, Self);
        }
    }

    private void StartRecovery(Recovery recovery)
    {
        _holdsPermit = true;
        _replayMax = recovery.ReplayMax;
        _recoveryBehavior = Recover;
        _phase = Phase.LoadingSnapshot;
        _recoveryTimer = Context.System.Scheduler.ScheduleTellOnceCancelable(
            JournalPlugin.RecoveryEventTimeout, Self, new RecoveryTick(true), Self);
        LoadSnapshot(SnapshotterId, recovery.FromSnapshot, recovery.ToSequenceNr);
    }

    private bool Recover(object message) => message switch
    {
        IPersistentRepresentation p when _isRecovering => ReceiveRecover(p.Payload),
        SnapshotOffer or RecoveryCompleted => ReceiveRecover(message),
        _ => false,
    };

    private void RecoverGuarded(object message)
    {
        try
        {
            if (_phase == Phase.LoadingSnapshot)
            {
                RecoverSnapshot(message);
            }
            else
            {
                RecoverEvent(message);
            }
        }
        catch
        {
            StopRecoveryTimer();
            ReturnRecoveryPermit();
            throw;
        }
    }

    private void RecoverSnapshot(object message)
    {
        switch (message)
        {
            case LoadSnapshotResult loaded:
                StopRecoveryTimer();
                if (loaded.Snapshot is null || TakeSnapshot(loaded.Snapshot))
                {
                    StartReplay(loaded.ToSequenceNr);
                }

                break;
            case LoadSnapshotFailed failed:
                FailRecovery(failed.Cause);
                break;
            case RecoveryTick { Snapshot: true }:
                FailRecovery(new RecoveryTimedOutException(
                    $"Recovery timed out, didn't get snapshot within {JournalPlugin.RecoveryEventTimeout.TotalSeconds}s."));
                break;
            default:
                StashInternally(message);
                break;
        }
    }

    private bool TakeSnapshot(SelectedSnapshot snapshot)
    {
        var before = LastSequenceNr;
        LastSequenceNr = snapshot.Metadata.SequenceNr;
        try
        {
            if (!base.AroundReceive(_recoveryBehavior!, new SnapshotOffer(snapshot.Metadata, snapshot.Snapshot)))
            {
                LastSequenceNr = before;
            }

            return true;
        }
        catch (Exception e)
        {
            FailRecovery(e, snapshot.Snapshot);
            return false;
        }
    }

    private void StartReplay(long toSequenceNr)
    {
        _phase = Phase.Replaying;
        _sawEventSinceTick = false;
        var timeout = JournalPlugin.RecoveryEventTimeout;
        _recoveryTimer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(timeout, timeout, Self, new RecoveryTick(false), Self);
        Journal.Tell(new ReplayMessages(LastSequenceNr + 1, toSequenceNr, _replayMax, PersistenceId, Self), Self);
    }

    private void RecoverEvent(object message)
    {
        switch (message)
        {
            case ReplayedMessage replayed:
                _sawEventSinceTick = true;
                try
                {
                    UpdateLastSequenceNr(replayed.Persistent);
                    base.AroundReceive(_recoveryBehavior!, replayed.Persistent);
                }
                catch (Exception e)
                {
                    FailRecovery(e, replayed.Persistent.Payload);
                }

                break;
            case RecoverySuccess success:
                CompleteRecovery(success.HighestSequenceNr);
                break;
            case ReplayMessagesFailure failure:
                FailRecovery(failure.Cause);
                break;
            case RecoveryTick { Snapshot: false } when _sawEventSinceTick:
                _sawEventSinceTick = false;
                break;
            case RecoveryTick { Snapshot: false }:
                FailRecovery(new RecoveryTimedOutException(
                    $"Recovery timed out, didn't get event within {JournalPlugin.RecoveryEventTimeout.TotalSeconds}s, highest sequence number seen {LastSequenceNr}."));
                break;
            case RecoveryTick:
                // The snapshot's tick, sent before its timer was cancelled.
                break;
            default:
                StashInternally(message);
                break;
        }
    }

    private void CompleteRecovery(long highestSequenceNr)
    {
        StopRecoveryTimer();
        OnReplaySuccess();
        LastSequenceNr = _sequenceNr = Math.Max(highestSequenceNr, LastSequenceNr);
        _isRecovering = false;
        try
        {
            base.AroundReceive(_recoveryBehavior!, RecoveryCompleted.Instance);
        }
        finally
        {
            // Also after an exception, in case the supervisor resumes.
            _recoveryBehavior = null;
            StartProcessing();
        }

        ReturnRecoveryPermit();
    }

    private void StartProcessing()
    {
        if (_eventBatch.Count > 0)
        {
            FlushBatch();
        }

        if (_pendingStashing > 0)
        {
            _phase = Phase.PersistingEvents;
        }
        else
        {
            _phase = Phase.ProcessingCommands;
            _internalStash.UnstashAll();
        }
    }

    private void FailRecovery(Exception cause, object? message = null)
    {
        StopRecoveryTimer();
        try
        {
            OnRecoveryFailure(cause, message);
        }
        finally
        {
            Context.Stop(Self);
        }

        ReturnRecoveryPermit();
    }

    private void StopRecoveryTimer()
    {
        _recoveryTimer?.Cancel();
        _recoveryTimer = null;
    }

    private void ProcessCommand(Receive receive, object message)
    {
        if (HandleJournalResponse(message))
        {
            return;
        }

        var failed = true;
        try
        {
            base.AroundReceive(receive, message);
            failed = false;
        }
        finally
        {
            CommandProcessed(failed);
        }
    }

    private void CommandProcessed(bool failed)
    {
        if (_eventBatch.Count > 0)
        {
            FlushBatch();
        }

        if (_isTaskRunning)
        {
            // The rest comes when the task is done.
        }
        else if (_pendingStashing > 0)
        {
            _phase = Phase.PersistingEvents;
        }
        else
        {
            UnstashInternally(failed);
        }
    }

    private bool HandleJournalResponse(object message)
    {
        switch (message)
        {
            case WriteMessageSuccess m:
                if (m.ActorInstanceId == _instanceId)
                {
                    UpdateLastSequenceNr(m.Persistent);
                    RunFirstHandler(m.Persistent.Payload);
                }

                return true;
            case WriteMessagesSuccessful:
                _isWriteInProgress = false;
                FlushJournalBatch();
                return true;
            case LoopMessageSuccess m:
                if (m.ActorInstanceId == _instanceId)
                {
                    RunFirstHandler(m.Message);
                }

                return true;
            case WriteMessageRejected m:
                if (m.ActorInstanceId == _instanceId)
                {
                    UpdateLastSequenceNr(m.Persistent);
                    HandlerDone(failed: false);
                    OnPersistRejected(m.Cause, m.Persistent.Payload, m.Persistent.SequenceNr);
                }

                return true;
            case WriteMessageFailure m:
                if (m.ActorInstanceId == _instanceId)
                {
                    HandlerDone(failed: false);
                    try
                    {
                        OnPersistFailure(m.Cause, m.Persistent.Payload, m.Persistent.SequenceNr);
                    }
                    finally
                    {
                        Context.Stop(Self);
                    }
                }

                return true;
            case WriteMessagesFailed m:
                // With events in the batch a WriteMessageFailure follows and stops the actor: nothing more is to be written.
                if (m.WriteCount == 0)
                {
                    _isWriteInProgress = false;
                }

                return true;
            case RecoveryTick:
                // Sent before its timer was cancelled.
                return true;
            default:
                return false;
        }
    }

    private void RunFirstHandler(object payload)
    {
        var failed = true;
        try
        {
            try
            {
                _pending.Peek().Handler(payload);
            }
            finally
            {
                FlushBatch();
            }

            failed = false;
        }
        finally
        {
            HandlerDone(failed);
        }
    }

    private void HandlerDone(bool failed)
    {
        if (_pending.Dequeue().IsStashing)
        {
            _pendingStashing--;
        }

        if (_pendingStashing > 0)
        {
            // Also when a handler of PersistAsync has called Persist: its promise that commands wait holds from then on.
            _phase = Phase.PersistingEvents;
            return;
        }

        // What is still pending is of PersistAsync and DeferAsync: commands may go on.
        _phase = Phase.ProcessingCommands;
        UnstashInternally(failed);
    }

    private void FlushBatch()
    {
        if (_eventBatch.Count > 0)
        {
            _journalBatch.AddRange(_eventBatch);
            _eventBatch.Clear();
        }

        FlushJournalBatch();
    }

    private void FlushJournalBatch()
    {
        if (_isWriteInProgress || _journalBatch.Count == 0)
        {
            return;
        }

        var count = BatchLength(JournalPlugin.MaxMessageBatchSize);
        var batch = new IPersistentEnvelope[count];
        _journalBatch.CopyTo(0, batch, 0, count);
        _journalBatch.RemoveRange(0, count);
        _isWriteInProgress = true;
        Journal.Tell(new WriteMessages(batch, Self, _instanceId), Self);
    }

    /// <summary>How many envelopes fit into one request: at least one, since the events of a PersistAll stay together.</summary>
    private int BatchLength(int maxSize)
    {
        var size = _journalBatch[0].Size;
        var count = 1;
        while (count < _journalBatch.Count && (size += _journalBatch[count].Size) <= maxSize)
        {
            count++;
        }

        return count;
    }

    private void UpdateLastSequenceNr(IPersistentRepresentation persistent)
    {
        if (persistent.SequenceNr > LastSequenceNr)
        {
            LastSequenceNr = persistent.SequenceNr;
        }
    }

    private void StashInternally(object message)
    {
        try
        {
            _internalStash.Stash();
        }
        catch (StashOverflowException)
        {
            switch (InternalStashOverflowStrategy)
            {
                case DiscardToDeadLetterStrategy:
                    Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                    break;
                case ReplyToStrategy reply:
                    Sender.Tell(reply.Response, Self);
                    break;
                default:
                    throw;
            }
        }
    }

    private void UnstashInternally(bool all)
    {
        if (all)
        {
            _internalStash.UnstashAll();
        }
        else
        {
            _internalStash.Unstash();
        }
    }
}
