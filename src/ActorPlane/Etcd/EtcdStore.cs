using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace ActorPlane.Etcd;

/// <summary>
/// The one place where state lives. Speaks <see cref="EtcdProtocol"/>; decides by <see cref="StoreWriter"/> on the state
/// with everything in flight, stores what was decided in batches, and publishes a batch when it is durable: first the
/// state that reads see, then the watchers, then the replies. Runs as the child of <see cref="EtcdSupervisor"/>.
/// </summary>
public sealed partial class EtcdStore : ReceivePersistentActor, IWithTimers
{
    private readonly EtcdSettings _settings;
    private readonly SnapshotFallback _fallback;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly WriteQueue<IActorRef> _queue;
    private readonly WatchHub<IActorRef> _watches;
    private readonly LeaseClock _leaseClock = new();
    private readonly CauseSource _causes = CauseSource.For(Context);
    private readonly Tracer _tracer = Tracer.Of(Context.System);
    private readonly List<IActorRef> _clients = [];
    private readonly HashSet<IActorRef> _isClient = [];
    private StoreWriter _writer;
    private StoreState _committed = StoreState.Empty;
    private DateTimeOffset? _leaseTimerEnd;
    private long _revisionAtLastPeriod;
    private long _changesSinceSnapshot;
    private long _newestSnapshot;
    private long _recovered;
    private bool _snapshotUnderWay;
    private bool _catchUpAsked;

    public static Props PropsFor(EtcdSettings settings)
    {
        // One for all incarnations of the store.
        var fallback = new SnapshotFallback();
        return Props.Create(() => new EtcdStore(settings, fallback));
    }

    /// <param name="settings">All its settings.</param>
    /// <param name="fallback">What the incarnation before found out about the snapshots.</param>
    public EtcdStore(EtcdSettings settings, SnapshotFallback fallback)
    {
        _settings = settings;
        _fallback = fallback;
        _writer = new StoreWriter(StoreState.Empty, settings.Limits);
        _queue = new WriteQueue<IActorRef>(settings.MaxPendingCommands, settings.MaxBatchCommands, settings.MaxBatchBytes);
        _watches = new WatchHub<IActorRef>(settings.Watch, (client, message) => client.Tell(message, Self));
        Recovering();
        Serving();
    }

    /// <summary>There is one store, whose events carry this name in every journal.</summary>
    public override string PersistenceId => "etcd";

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        // What arrives during recovery is stashed, and seen when it is taken up.
        if (IsRecoveryFinished) _tracer.Observe(message, Sender, Self);
        return base.AroundReceive(receive, message);
    }

    protected override void PostStop()
    {
        // Whoever waits for anything would wait for ever.
        var lost = new EtcdProtocol.ConnectionLost(Cause.None);
        foreach (var client in _clients) client.Tell(lost, Self);
        var told = new HashSet<IActorRef>();
        foreach (var client in _queue.Waiting)
            if (!_isClient.Contains(client) && told.Add(client)) client.Tell(lost, Self);
        base.PostStop();
    }

    /// <summary>A full disk, a database that is away: the store stops, and its supervisor starts it again after a while.</summary>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        _log.Warning("Write {0} could not be stored: {1}; the store stops and recovers what is stored", sequenceNr, cause.GetBaseException().Message);

    /// <summary>A journal that refuses an event leaves a state that cannot go on: the store recovers what is stored.</summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        throw new IOException($"the journal refused write {sequenceNr} of the store", cause);

    private void Serving()
    {
        Command<EtcdProtocol.Execute>(Execute);
        Command<EtcdProtocol.WatchAck>(Acknowledge);
        Command<EtcdProtocol.Connect>(Connect);
        Command<EtcdProtocol.Compact>(command =>
            Decide(command, () => _writer.Compact(command.AtRevision, command.Cause),
                (_, revision) => new EtcdProtocol.Compacted(command.RequestId, command.Cause, revision)));
        Command<EtcdProtocol.Watch>(Watch);
        Command<EtcdProtocol.CancelWatch>(CancelWatch);
        Command<EtcdProtocol.RequestProgress>(TellProgress);
        Command<EtcdProtocol.LeaseGrant>(GrantLease);
        Command<EtcdProtocol.LeaseRevoke>(command =>
            Decide(command, () => _writer.EndLease(command.LeaseId, command.Cause),
                (_, revision) => new EtcdProtocol.LeaseRevoked(command.RequestId, command.Cause, revision)));
        Command<EtcdProtocol.LeaseKeepAlive>(KeepLeaseAlive);
        Command<EtcdProtocol.LeaseTimeToLive>(TellLease);
        Command<EtcdProtocol.ListLeases>(command =>
            Sender.Tell(new EtcdProtocol.LeaseList(command.RequestId, command.Cause, _committed.Revision, [.. _committed.Leases.Keys]), Self));
        Command<EtcdProtocol.HashKv>(TellHash);
        Command<EtcdProtocol.StoreStatus>(TellStatus);

        Command<CatchUpDue>(_ => CatchUp());
        Command<LeaseDue>(_ => EndLeases());
        Command<CompactionDue>(_ => CompactPeriod());
        Command<ProgressDue>(_ => _watches.TellProgress(_committed));
        Command<ClientGone>(gone => Forget(gone.Client));
        Command<Crash>(crash => throw new ProcessCrashed(crash.Process));

        Command<SaveSnapshotSuccess>(success => DropBeforeLast(success.Metadata));
        Command<SaveSnapshotFailure>(failure =>
        {
            _snapshotUnderWay = false;
            _log.Warning(failure.Cause, "A snapshot of the store could not be saved; the journal goes on growing");
        });
        Command<DeleteMessagesSuccess>(static _ => { });
        Command<DeleteSnapshotsSuccess>(static _ => { });
        Command<DeleteMessagesFailure>(failure => _log.Warning(failure.Cause, "The journal could not be truncated to {0}", failure.ToSequenceNr));
        Command<DeleteSnapshotsFailure>(failure => _log.Warning(failure.Cause, "Old snapshots could not be deleted"));
    }

    // Keys.

    private void Execute(EtcdProtocol.Execute command)
    {
        if (command.Op is EtcdOp.Range range)
        {
            // Reads never wait: they see what is durable.
            var error = RequestCheck.Check(range, _settings.Limits);
            var read = error is null ? _committed.Range(range) : StoreDecision.Refuse(error);
            Sender.Tell(read.Error is null
                ? new EtcdProtocol.Executed(command.RequestId, command.Cause, _committed.Revision, read.Result!)
                : Refusal(command, read.Error, _committed.Revision), Self);
            return;
        }
        if (RefuseIfFull(command)) return;
        var decision = _writer.Execute(command.Op, command.Cause);
        Gather(command, decision, decision.Error is null
            ? new EtcdProtocol.Executed(command.RequestId, command.Cause, _writer.Revision, decision.Result!)
            : null);
    }

    private void GrantLease(EtcdProtocol.LeaseGrant command) =>
        Decide(command, () => _writer.GrantLease(command.LeaseId, command.TtlSeconds, command.Cause), (decision, revision) =>
        {
            var granted = (EtcdEvent.LeaseGranted)decision.Event!;
            return new EtcdProtocol.LeaseGranted(command.RequestId, command.Cause, revision, granted.LeaseId, granted.TtlSeconds);
        });

    private void Decide(EtcdProtocol.ICommand command, Func<StoreDecision> decide, Func<StoreDecision, long, object> reply)
    {
        if (RefuseIfFull(command)) return;
        var decision = decide();
        Gather(command, decision, decision.Error is null ? reply(decision, _writer.Revision) : null);
    }

    private bool RefuseIfFull(EtcdProtocol.ICommand command)
    {
        if (!_queue.IsFull) return false;
        Sender.Tell(Refusal(command, EtcdError.TooManyRequests, _committed.Revision), Self);
        return true;
    }

    private void Gather(EtcdProtocol.ICommand command, StoreDecision decision, object? reply)
    {
        reply ??= Refusal(command, decision.Error!, _writer.Revision);
        if (decision.Event is null && _queue.IsEmpty)
        {
            // Decided on durable state alone: nothing to wait for.
            Sender.Tell(reply, Self);
            return;
        }
        if (decision.Event is not null) _queue.AddEvent(decision.Event);
        _queue.AddReply(Sender, reply);
        _queue.SealIfLarge(_writer);
        WriteNext();
    }

    private static EtcdProtocol.Failed Refusal(EtcdProtocol.ICommand command, EtcdError error, long revision) =>
        new(command.RequestId, command.Cause, revision, error);

    // The write path.

    private void WriteNext()
    {
        while (_queue.Begin(_writer) is { } write)
        {
            if (write.Events.Count > 0)
            {
                PersistAsync(new EtcdEventBatch(write.Events), Publish);
                return;
            }
            Reply(_queue.End());
        }
    }

    private void Publish(EtcdEventBatch batch)
    {
        var write = _queue.End();
        var from = _committed.History.End;
        _committed = write.State;
        RunLeases(batch.Events);
        _watches.Publish(_committed, from);
        Reply(write);
        _changesSinceSnapshot += batch.Events.Count;
        SaveSnapshotIfDue();
        CompactIfMany();
        WriteNext();
    }

    private void Reply(StoreWrite<IActorRef> write)
    {
        foreach (var (client, reply) in write.Replies) client.Tell(reply, Self);
    }

    // Compaction.

    private void CompactPeriod()
    {
        CompactTo(_revisionAtLastPeriod);
        _revisionAtLastPeriod = _committed.Revision;
    }

    private void CompactIfMany()
    {
        // A tenth above the bound, so that a busy store does not compact with every write.
        var retained = _writer.Revision - _writer.CompactRevision;
        if (retained > _settings.CompactionRevisions + _settings.CompactionRevisions / 10)
            CompactTo(_writer.Revision - _settings.CompactionRevisions);
    }

    private void CompactTo(long revision)
    {
        // Compacted so far already, by hand or because nothing happened since.
        if (revision <= _writer.CompactRevision || revision <= 1) return;
        _queue.AddEvent(_writer.Compact(revision, _causes.Next()).Event!);
        WriteNext();
    }

    // Maintenance.

    private void TellHash(EtcdProtocol.HashKv command)
    {
        var error = _committed.CheckReadable(command.AtRevision);
        Sender.Tell(error is null
            ? new EtcdProtocol.KeySpaceHash(
                command.RequestId, command.Cause, _committed.Revision, _committed.Hash(command.AtRevision), _committed.CompactRevision)
            : Refusal(command, error, _committed.Revision), Self);
    }

    private void TellStatus(EtcdProtocol.StoreStatus command) =>
        Sender.Tell(new EtcdProtocol.StoreStatusReported(
            command.RequestId, command.Cause, _committed.Revision, _committed.CompactRevision, _committed.Tree.Count,
            _committed.Leases.Count, _watches.Count, _committed.DataBytes, _queue.PendingCommands), Self);

    // Signals to itself.

    private sealed record CatchUpDue
    {
        public static CatchUpDue Instance { get; } = new();
    }

    private sealed record LeaseDue
    {
        public static LeaseDue Instance { get; } = new();
    }

    private sealed record CompactionDue
    {
        public static CompactionDue Instance { get; } = new();
    }

    private sealed record ProgressDue
    {
        public static ProgressDue Instance { get; } = new();
    }

    private sealed record ClientGone(IActorRef Client);
}
