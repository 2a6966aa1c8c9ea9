using ActorPlane.Tracing;

namespace ActorPlane.Etcd;

/// <summary>
/// The conversation with the store at <c>/user/etcd</c>. Every command carries a <c>RequestId</c> of the sender's choice
/// and gets exactly one reply that echoes it: the one its documentation names, or <see cref="Failed"/>. Replies come
/// from the store itself; their <c>Revision</c> is the store's revision when the reply was made.
/// <para>
/// A client begins with <see cref="Connect"/>. From its <see cref="Connected"/> on, the client is told
/// <see cref="ConnectionLost"/> once if the store stops. Then no reply to an open request will come any more, its
/// outcome is unknown (it may or may not be stored), and all of the client's watches are gone. A request that arrives
/// while the store is down is answered with <see cref="ConnectionLost"/> too. After <see cref="ConnectionLost"/> a
/// client waits for a while, sends <see cref="Connect"/>, and again by a timer until it is <see cref="Connected"/>: in
/// the moment between the store's end and its supervisor noticing, messages to it vanish without any answer. Then it
/// reads what it was unsure about and watches again from the last revision it saw, plus one.
/// </para>
/// <para>
/// The sender of <see cref="Connected"/> is the store itself. Commands may go to that reference, which saves the way
/// through the supervisor, until <see cref="ConnectionLost"/>.
/// </para>
/// </summary>
public static class EtcdProtocol
{
    /// <summary>Something that a client asks of the store.</summary>
    public interface ICommand : ITraced
    {
        /// <summary>Chosen by the sender and echoed in the reply.</summary>
        long RequestId { get; }
    }

    /// <summary>The one answer to a command.</summary>
    public interface IReply : ITraced
    {
        /// <summary>That of the command.</summary>
        long RequestId { get; }

        /// <summary>The store's revision: the newest change that this reply can depend on.</summary>
        long Revision { get; }
    }

    // Sessions.

    /// <summary>Makes the sender a client that hears of <see cref="ConnectionLost"/>; again and again does no harm. Reply: <see cref="Connected"/>.</summary>
    public sealed record Connect(long RequestId, Cause Cause) : ICommand
    {
        public string Describe() => "connect";
    }

    public sealed record Connected(long RequestId, Cause Cause, long Revision) : IReply
    {
        public string Describe() => $"connected at revision {Revision}";
    }

    /// <summary>The store stopped, or is not there: see <see cref="EtcdProtocol"/>.</summary>
    public sealed record ConnectionLost(Cause Cause) : ITraced
    {
        public string Describe() => "connection lost";
    }

    /// <summary>The command was refused and changed nothing.</summary>
    public sealed record Failed(long RequestId, Cause Cause, long Revision, EtcdError Error) : IReply
    {
        public string Describe() => Error.Message;
    }

    // Keys. Reads see what is durable; writes are answered when they are durable, after all watchers were told.

    /// <summary>Performs one operation. Reply: <see cref="Executed"/> with the result of the same name, or <see cref="Failed"/>.</summary>
    public sealed record Execute(long RequestId, Cause Cause, EtcdOp Op) : ICommand
    {
        public string Describe() => Op.ToString();
    }

    public sealed record Executed(long RequestId, Cause Cause, long Revision, EtcdResult Result) : IReply
    {
        public string Describe() => Result switch
        {
            EtcdResult.Put => $"put at revision {Revision}",
            EtcdResult.DeleteRange delete => $"deleted {delete.Deleted} at revision {Revision}",
            EtcdResult.Range range => $"found {range.Count} at revision {Revision}",
            EtcdResult.Txn txn => txn.Succeeded ? $"txn succeeded at revision {Revision}" : $"txn failed at revision {Revision}",
            _ => Result.ToString(),
        };
    }

    /// <summary>
    /// Forgets history below a revision: reads and watches from before it are refused. Reply: <see cref="Compacted"/>, or
    /// <see cref="Failed"/> with <see cref="EtcdError.Compacted"/> (done already) or <see cref="EtcdError.FutureRevision"/>.
    /// </summary>
    /// <param name="AtRevision">The oldest revision that can still be read afterwards.</param>
    public sealed record Compact(long RequestId, Cause Cause, long AtRevision) : ICommand
    {
        public string Describe() => $"compact at revision {AtRevision}";
    }

    public sealed record Compacted(long RequestId, Cause Cause, long Revision) : IReply
    {
        public string Describe() => "compacted";
    }

    // Watches.

    /// <summary>
    /// Tells the sender every change of these keys from a revision on: each once, in order of revision, all changes of
    /// one revision together. Reply: <see cref="WatchCreated"/>, then <see cref="WatchEvents"/> until
    /// <see cref="CancelWatch"/> or <see cref="WatchCancelled"/>; or <see cref="Failed"/>. A start below the compacted
    /// revision is answered with <see cref="WatchCreated"/> and then <see cref="WatchCancelled"/>, as in etcd.
    /// <para>
    /// The client acknowledges with <see cref="WatchAck"/> what it has worked off. A watch with
    /// <c>actorplane.etcd.watch.window-events</c> unacknowledged events gets no more until it does; one that falls
    /// behind by more than <c>actorplane.etcd.watch.max-lag-revisions</c>, or behind the compacted revision, is cut off
    /// with <see cref="WatchCancelled"/>.
    /// </para>
    /// </summary>
    /// <param name="WatchId">Chosen by the client, unique among its watches: <see cref="EtcdError.DuplicateWatchId"/>.</param>
    /// <param name="Keys">The keys to watch.</param>
    /// <param name="StartRevision">The first revision to tell of; 0: only what happens after this command.</param>
    /// <param name="PrevKv">Tell each key as it was before, too.</param>
    /// <param name="NoPut">Leave out puts.</param>
    /// <param name="NoDelete">Leave out deletions.</param>
    /// <param name="ProgressNotify">Send <see cref="WatchProgress"/> now and then while nothing happens.</param>
    public sealed record Watch(
        long RequestId, Cause Cause, long WatchId, EtcdKeyRange Keys, long StartRevision = 0,
        bool PrevKv = false, bool NoPut = false, bool NoDelete = false, bool ProgressNotify = false) : ICommand
    {
        public string Describe() => StartRevision > 0 ? $"watch {Keys} from revision {StartRevision}" : $"watch {Keys}";
    }

    public sealed record WatchCreated(long RequestId, Cause Cause, long Revision, long WatchId) : IReply
    {
        public string Describe() => $"watching at revision {Revision}";
    }

    /// <summary>
    /// The changes of one or more whole revisions that a watch asked for, in order. Each event carries its own cause;
    /// the message's is that of the first.
    /// </summary>
    /// <param name="Revision">
    /// Everything up to and including this revision has been told: a watch that begins anew at the next one misses nothing.
    /// </param>
    public sealed record WatchEvents(Cause Cause, long WatchId, long Revision, IReadOnlyList<EtcdWatchEvent> Events) : ITraced
    {
        public string Describe() => Events.Count == 1
            ? $"{(Events[0].IsDelete ? "deleted" : "changed")} {Events[0].Key} at revision {Revision}"
            : $"{Events.Count} changes to revision {Revision}";
    }

    /// <summary>The watch has been told everything up to this revision. Sent to idle watches and on <see cref="RequestProgress"/>.</summary>
    public sealed record WatchProgress(Cause Cause, long WatchId, long Revision) : ITraced
    {
        public string Describe() => $"progress to revision {Revision}";
    }

    /// <summary>The client has worked off every event up to this revision. Not answered.</summary>
    public sealed record WatchAck(Cause Cause, long WatchId, long Revision) : ITraced
    {
        public string Describe() => $"seen revision {Revision}";
    }

    /// <summary>
    /// Asks how far the sender's watches are. Reply: <see cref="ProgressReported"/>, after a <see cref="WatchProgress"/>
    /// for each watch that is up to date.
    /// </summary>
    public sealed record RequestProgress(long RequestId, Cause Cause) : ICommand
    {
        public string Describe() => "ask for progress";
    }

    public sealed record ProgressReported(long RequestId, Cause Cause, long Revision) : IReply
    {
        public string Describe() => $"at revision {Revision}";
    }

    /// <summary>Ends a watch. Reply: <see cref="WatchStopped"/>, also if there was none; nothing of the watch comes after it.</summary>
    public sealed record CancelWatch(long RequestId, Cause Cause, long WatchId) : ICommand
    {
        public string Describe() => $"cancel watch {WatchId}";
    }

    /// <param name="Existed">False if the client had no such watch (any more).</param>
    public sealed record WatchStopped(long RequestId, Cause Cause, long Revision, long WatchId, bool Existed) : IReply
    {
        public string Describe() => $"watch {WatchId} cancelled";
    }

    /// <summary>The store ended a watch: it asked for, or fell behind, what is compacted, or it was too slow.</summary>
    /// <param name="CompactRevision">The oldest revision that can be watched from, if the cause is compaction, otherwise 0.</param>
    /// <param name="Reason">In etcd's words.</param>
    public sealed record WatchCancelled(Cause Cause, long WatchId, long Revision, long CompactRevision, string Reason) : ITraced
    {
        public string Describe() => CompactRevision > 0 ? $"watch cancelled: compacted to {CompactRevision}" : $"watch cancelled: {Reason}";
    }

    // Leases. Times to live are whole seconds, as on the wire.

    /// <summary>
    /// Makes a lease. Reply: <see cref="LeaseGranted"/>; <see cref="Failed"/> with <see cref="EtcdError.LeaseExists"/> or
    /// <see cref="EtcdError.LeaseTtlTooLarge"/>.
    /// </summary>
    /// <param name="LeaseId">0: the store chooses.</param>
    /// <param name="TtlSeconds">Wanted; at least <c>actorplane.etcd.lease.min-ttl</c> is granted.</param>
    public sealed record LeaseGrant(long RequestId, Cause Cause, long LeaseId, long TtlSeconds) : ICommand
    {
        public string Describe() => $"grant a lease of {TtlSeconds} s";
    }

    public sealed record LeaseGranted(long RequestId, Cause Cause, long Revision, long LeaseId, long TtlSeconds) : IReply
    {
        public string Describe() => $"lease {LeaseId:x} granted for {TtlSeconds} s";
    }

    /// <summary>Ends a lease and deletes its keys in one revision. Reply: <see cref="LeaseRevoked"/>; <see cref="Failed"/> with <see cref="EtcdError.LeaseNotFound"/>.</summary>
    public sealed record LeaseRevoke(long RequestId, Cause Cause, long LeaseId) : ICommand
    {
        public string Describe() => $"revoke lease {LeaseId:x}";
    }

    public sealed record LeaseRevoked(long RequestId, Cause Cause, long Revision) : IReply
    {
        public string Describe() => "lease revoked";
    }

    /// <summary>Starts a lease's time anew. Reply: <see cref="LeaseKeptAlive"/>, with 0 seconds if there is no such lease.</summary>
    public sealed record LeaseKeepAlive(long RequestId, Cause Cause, long LeaseId) : ICommand
    {
        public string Describe() => $"keep lease {LeaseId:x} alive";
    }

    public sealed record LeaseKeptAlive(long RequestId, Cause Cause, long Revision, long LeaseId, long TtlSeconds) : IReply
    {
        public string Describe() => TtlSeconds > 0 ? $"lease {LeaseId:x} lives {TtlSeconds} s" : $"no lease {LeaseId:x}";
    }

    /// <summary>Asks for a lease's state. Reply: <see cref="LeaseState"/>, with -1 seconds if there is no such lease.</summary>
    /// <param name="WithKeys">Return its keys, too.</param>
    public sealed record LeaseTimeToLive(long RequestId, Cause Cause, long LeaseId, bool WithKeys = false) : ICommand
    {
        public string Describe() => $"time to live of lease {LeaseId:x}";
    }

    /// <param name="TtlSeconds">Left to live, rounded down; -1: no such lease.</param>
    /// <param name="GrantedTtlSeconds">Granted.</param>
    /// <param name="Keys">Attached keys in order, if asked for.</param>
    public sealed record LeaseState(
        long RequestId, Cause Cause, long Revision, long LeaseId, long TtlSeconds, long GrantedTtlSeconds,
        IReadOnlyList<EtcdKey> Keys) : IReply
    {
        public string Describe() => TtlSeconds >= 0 ? $"lease {LeaseId:x} lives {TtlSeconds} s more" : $"no lease {LeaseId:x}";
    }

    /// <summary>Asks for all leases. Reply: <see cref="LeaseList"/>.</summary>
    public sealed record ListLeases(long RequestId, Cause Cause) : ICommand
    {
        public string Describe() => "list leases";
    }

    /// <param name="LeaseIds">In ascending order.</param>
    public sealed record LeaseList(long RequestId, Cause Cause, long Revision, IReadOnlyList<long> LeaseIds) : IReply
    {
        public string Describe() => $"{LeaseIds.Count} leases";
    }

    // Maintenance.

    /// <summary>
    /// Hashes all keys with their values, revisions, versions and leases at a revision, so that two stores can be
    /// compared. Reply: <see cref="KeySpaceHash"/>; <see cref="Failed"/> as for a range.
    /// </summary>
    /// <param name="AtRevision">0: the newest.</param>
    public sealed record HashKv(long RequestId, Cause Cause, long AtRevision = 0) : ICommand
    {
        public string Describe() => AtRevision > 0 ? $"hash at revision {AtRevision}" : "hash";
    }

    public sealed record KeySpaceHash(long RequestId, Cause Cause, long Revision, uint Hash, long CompactRevision) : IReply
    {
        public string Describe() => $"hash {Hash:x8}";
    }

    /// <summary>Asks how the store is. Reply: <see cref="StoreStatusReported"/>.</summary>
    public sealed record StoreStatus(long RequestId, Cause Cause) : ICommand
    {
        public string Describe() => "status";
    }

    /// <param name="CompactRevision">The oldest revision that can be read; 0: never compacted.</param>
    /// <param name="Keys">Keys that exist.</param>
    /// <param name="Leases">Leases that exist.</param>
    /// <param name="Watches">Open watches.</param>
    /// <param name="DataBytes">Keys and those values whose length is known without encoding, at the newest revision.</param>
    /// <param name="PendingCommands">Accepted, but not yet durable.</param>
    public sealed record StoreStatusReported(
        long RequestId, Cause Cause, long Revision, long CompactRevision, long Keys, long Leases, long Watches,
        long DataBytes, long PendingCommands) : IReply
    {
        public string Describe() => $"{Keys} keys at revision {Revision}";
    }
}
