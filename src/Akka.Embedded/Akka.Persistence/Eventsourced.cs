using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// What all persistent actors are: an actor that recovers from a snapshot and events before its first command, and whose
/// events are durable before their handlers run. Phases and persisting are in <c>Eventsourced.Recovery.cs</c>.
/// </summary>
public abstract partial class Eventsourced : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery
{
    /// <summary>Which stashed messages go back to the mailbox when the actor restarts or stops: those of users.</summary>
    public static readonly Func<Envelope, bool> UnstashFilterPredicate =
        envelope => envelope.Message is not (WriteMessageSuccess or ReplayedMessage);

    private readonly int _instanceId;
    private readonly IStash _internalStash;
    private IStash? _userStash;
    private ILoggingAdapter? _log;
    private PersistenceExtension.Plugin? _journal;
    private IActorRef? _snapshotStore;
    private string? _writerGuid;

    protected Eventsourced()
    {
        Extension = Persistence.Instance.Apply(Context.System);
        _instanceId = Extension.NextInstanceId();
        _internalStash = Context.CreateStash(GetType());
    }

    /// <summary>Identifies the actor to its journal and snapshot store: never empty, never another's, the same for ever.</summary>
    public abstract string PersistenceId { get; }

    /// <summary>Path of the journal's configuration; null or empty for the default journal.</summary>
    public string JournalPluginId { get; protected set; }

    /// <summary>Path of the snapshot store's configuration; null or empty for the default one.</summary>
    public string SnapshotPluginId { get; protected set; }

    /// <summary>How to recover; asked once for each start.</summary>
    public virtual Recovery Recovery => Recovery.Default;

    /// <summary>What to do with a command that the internal stash cannot take.</summary>
    public virtual IStashOverflowStrategy InternalStashOverflowStrategy => Extension.DefaultInternalStashOverflowStrategy;

    public IStash Stash
    {
        get => _userStash!;
        set => _userStash = new UserStash(value, _internalStash);
    }

    public IActorRef Journal => JournalPlugin.Ref;

    public IActorRef SnapshotStore => _snapshotStore ??= Extension.SnapshotStoreFor(SnapshotPluginId);

    /// <summary>The same as <see cref="PersistenceId"/>.</summary>
    public string SnapshotterId => PersistenceId;

    public bool IsRecovering => _isRecovering;

    public bool IsRecoveryFinished => !_isRecovering;

    /// <summary>The highest sequence number that was replayed or durably written; 0 before any.</summary>
    public long LastSequenceNr { get; private set; }

    /// <summary>The number that a snapshot taken now gets: <see cref="LastSequenceNr"/>.</summary>
    public long SnapshotSequenceNr => LastSequenceNr;

    protected PersistenceExtension Extension { get; }

    protected virtual ILoggingAdapter Log => _log ??= Context.GetLogger();

    private PersistenceExtension.Plugin JournalPlugin => _journal ??= Extension.JournalPluginFor(JournalPluginId);

    /// <summary>Loads a snapshot; the answer is <see cref="LoadSnapshotResult"/> or <see cref="LoadSnapshotFailed"/>.</summary>
    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new LoadSnapshot(persistenceId, criteria, toSequenceNr), Self);

    /// <summary>Saves the state as of <see cref="SnapshotSequenceNr"/>; the answer is <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/>.</summary>
    public void SaveSnapshot(object snapshot) =>
        SnapshotStore.Tell(new SaveSnapshot(new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr, DateTime.MinValue), snapshot), Self);

    /// <summary>Deletes one snapshot; the answer is <see cref="DeleteSnapshotSuccess"/> or <see cref="DeleteSnapshotFailure"/>.</summary>
    public void DeleteSnapshot(long sequenceNr) =>
        SnapshotStore.Tell(new DeleteSnapshot(new SnapshotMetadata(SnapshotterId, sequenceNr, DateTime.MinValue)), Self);

    /// <summary>Deletes all matching snapshots; the answer is <see cref="DeleteSnapshotsSuccess"/> or <see cref="DeleteSnapshotsFailure"/>.</summary>
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) =>
        SnapshotStore.Tell(new DeleteSnapshots(SnapshotterId, criteria), Self);

    /// <summary>Deletes the events up to and including <paramref name="toSequenceNr"/>; the answer is <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.</summary>
    public void DeleteMessages(long toSequenceNr) =>
        Journal.Tell(new DeleteMessagesTo(PersistenceId, toSequenceNr, Self), Self);

    /// <summary>
    /// Writes an event. The handler runs when it is durable; until then commands wait, so that no command sees the state
    /// before it. If the write fails the actor stops, because it cannot know whether the event was stored.
    /// </summary>
    public void Persist<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        RefuseWhileRecovering();
        Await(handler, stashing: true);
        _eventBatch.Add(new AtomicWrite(Represent(@event!)));
    }

    /// <summary>Like <see cref="Persist{TEvent}"/> for each event in turn, but all are written or none.</summary>
    public void PersistAll<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => PersistAll(events, handler, stashing: true);

    /// <summary>Like <see cref="Persist{TEvent}"/>, but commands go on meanwhile.</summary>
    public void PersistAsync<TEvent>(TEvent @event, Action<TEvent> handler)
    {
        RefuseWhileRecovering();
        Await(handler, stashing: false);
        _eventBatch.Add(new AtomicWrite(Represent(@event!)));
    }

    /// <summary>Like <see cref="PersistAll{TEvent}(IEnumerable{TEvent}, Action{TEvent})"/>, but commands go on meanwhile.</summary>
    public void PersistAllAsync<TEvent>(IEnumerable<TEvent> events, Action<TEvent> handler) => PersistAll(events, handler, stashing: false);

    /// <summary>Runs the handler after the handlers of all events before it: at once if there are none. Nothing is written.</summary>
    public void DeferAsync<TEvent>(TEvent evt, Action<TEvent> handler)
    {
        RefuseWhileRecovering();
        if (_pending.Count == 0)
        {
            handler(evt);
            return;
        }

        Await(handler, stashing: false);
        _eventBatch.Add(new NonPersistentMessage(evt!, Sender));
    }

    /// <summary>Gets the snapshot as <see cref="SnapshotOffer"/>, the events, and at last <see cref="RecoveryCompleted"/>.</summary>
    protected abstract bool ReceiveRecover(object message);

    /// <summary>Gets the commands.</summary>
    protected abstract bool ReceiveCommand(object message);

    /// <summary>Called after the last replayed event, before <see cref="RecoveryCompleted"/>.</summary>
    protected virtual void OnReplaySuccess()
    {
    }

    /// <summary>Called when recovery fails, with the event if its handler threw. The actor stops afterwards.</summary>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is null)
        {
            Log.Error(reason, "Persistence failure when replaying events for persistenceId [{0}]. Last known sequence number [{1}]", PersistenceId, LastSequenceNr);
        }
        else
        {
            Log.Error(reason, "Exception in ReceiveRecover when replaying event type [{0}] with sequence number [{1}] for persistenceId [{2}]", message.GetType(), LastSequenceNr, PersistenceId);
        }
    }

    /// <summary>Called when an event could not be written. The actor stops afterwards.</summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Failed to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}].", @event.GetType(), sequenceNr, PersistenceId);

    /// <summary>Called when the journal refused an event. It is not stored, its handler does not run, the actor goes on.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Rejected to persist event type [{0}] with sequence number [{1}] for persistenceId [{2}] due to [{3}].", @event.GetType(), sequenceNr, PersistenceId, cause.Message);

    /// <summary>Runs a task as part of a command: the next message waits until it and all that it persisted are done.</summary>
    protected void RunTask(Func<Task> action)
    {
        if (_isTaskRunning)
        {
            throw new NotSupportedException("RunTask calls cannot be nested");
        }

        ActorTaskScheduler.RunTask(async () =>
        {
            var task = action();
            if (task.IsCompleted)
            {
                await task;
                return;
            }

            _isTaskRunning = true;
            var failed = true;
            try
            {
                await task;
                failed = false;
            }
            finally
            {
                _isTaskRunning = false;
                CommandProcessed(failed);
            }
        });
    }

    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                return;
            case SaveSnapshotFailure m:
                Log.Warning("Failed to SaveSnapshot given metadata [{0}] due to: [{1}: {2}]", m.Metadata, m.Cause, m.Cause.Message);
                break;
            case DeleteSnapshotFailure m:
                Log.Warning("Failed to DeleteSnapshot given metadata [{0}] due to: [{1}: {2}]", m.Metadata, m.Cause, m.Cause.Message);
                break;
            case DeleteSnapshotsFailure m:
                Log.Warning("Failed to DeleteSnapshots given criteria [{0}] due to: [{1}: {2}]", m.Criteria, m.Cause, m.Cause.Message);
                break;
            case DeleteMessagesFailure m:
                Log.Warning("Failed to DeleteMessages ToSequenceNr [{0}] for PersistenceId [{1}] due to: [{2}: {3}]", m.ToSequenceNr, PersistenceId, m.Cause, m.Cause.Message);
                break;
        }

        base.Unhandled(message);
    }

    private void PersistAll<TEvent>(IEnumerable<TEvent>? events, Action<TEvent> handler, bool stashing)
    {
        RefuseWhileRecovering();
        if (events is null)
        {
            return;
        }

        var writes = new List<IPersistentRepresentation>(events.TryGetNonEnumeratedCount(out var count) ? count : 4);
        Action<object>? untyped = null;
        foreach (var @event in events)
        {
            untyped ??= Untyped(handler);
            Await(untyped, stashing);
            writes.Add(Represent(@event!));
        }

        if (writes.Count > 0)
        {
            _eventBatch.Add(new AtomicWrite(writes.ToArray()));
        }
    }

    private void RefuseWhileRecovering()
    {
        if (_isRecovering)
        {
            throw new InvalidOperationException("Cannot persist during replay. Events can be persisted when receiving RecoveryCompleted or later.");
        }
    }

    private Persistent Represent(object payload)
    {
        var sequenceNr = ++_sequenceNr;
        _writerGuid ??= Extension.WriterGuid(PersistenceId, sequenceNr, _instanceId);
        return new Persistent(payload, sequenceNr, PersistenceId, sender: Sender, writerGuid: _writerGuid);
    }

    private static Action<object> Untyped<TEvent>(Action<TEvent> handler) => handler as Action<object> ?? (o => handler((TEvent)o));

    private void Await<TEvent>(Action<TEvent> handler, bool stashing) => Await(Untyped(handler), stashing);

    private void Await(Action<object> handler, bool stashing)
    {
        if (stashing)
        {
            _pendingStashing++;
        }

        _pending.Enqueue(new PendingHandler(handler, stashing));
    }

    /// <summary>A handler that waits for its event; commands wait with it if it is stashing.</summary>
    private readonly record struct PendingHandler(Action<object> Handler, bool IsStashing);
}
