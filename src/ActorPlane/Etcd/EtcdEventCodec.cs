using System.Collections.Immutable;
using ActorPlane.Tracing;

namespace ActorPlane.Etcd;

/// <summary>
/// Events and snapshots as bytes. The form is versioned by its manifest: what changes gets a new manifest, and the old
/// one stays readable. Numbers are varints, byte strings carry their length, and a CRC-32C ends each message.
/// <code>
/// etcd.batch.1     n, then n events
/// event            1 cause revision n change*n          keys changed
///                  2 cause lease ttl                    lease granted
///                  3 cause lease revision n change*n    lease ended
///                  4 cause revision                     compacted
/// change           key version, and unless that is 0 (a tombstone): value (revision - create) lease
/// etcd.snapshot.1  revision compactRevision grants n (lease ttl)*n baseRevision n (revision change)*n
///                  n (cause revision change)*n
/// </code>
/// A snapshot holds the keys at its oldest checkpoint and every change since, so that watches can catch up, and past
/// revisions be read, after a restart as before it.
/// </summary>
public static class EtcdEventCodec
{
    public const string BatchManifest = "etcd.batch.1";
    public const string SnapshotManifest = "etcd.snapshot.1";

    private const ulong ChangedTag = 1;
    private const ulong LeaseGrantedTag = 2;
    private const ulong LeaseEndedTag = 3;
    private const ulong CompactedTag = 4;

    public static byte[] Encode(EtcdEventBatch batch)
    {
        var writer = new EtcdBinaryWriter(batch.Events.Count * 128);
        writer.Number(batch.Events.Count);
        for (var i = 0; i < batch.Events.Count; i++) Write(writer, batch.Events[i]);
        return writer.ToArrayWithChecksum();
    }

    /// <exception cref="InvalidDataException">The bytes are torn, damaged, or not a batch.</exception>
    public static EtcdEventBatch DecodeBatch(ReadOnlySpan<byte> bytes)
    {
        var reader = new EtcdBinaryReader(bytes, "a batch of store events");
        var events = new EtcdEvent[reader.Count()];
        for (var i = 0; i < events.Length; i++) events[i] = ReadEvent(ref reader);
        if (!reader.AtEnd) throw new InvalidDataException("bytes are left over after a batch of store events");
        return new EtcdEventBatch(events);
    }

    public static byte[] Encode(StoreState state)
    {
        var writer = new EtcdBinaryWriter((int)Math.Min(state.DataBytes + 32L * (state.Tree.Count + state.History.Count), 1 << 28));
        writer.Number(state.Revision);
        writer.Number(state.CompactRevision);
        writer.Number(state.Grants);
        writer.Number(state.Leases.Count);
        foreach (var lease in state.Leases.Values)
        {
            writer.Number(lease.Id);
            writer.Number(lease.TtlSeconds);
        }
        var start = state.Checkpoints[0];
        writer.Number(start.Revision);
        writer.Number(start.Tree.Count);
        foreach (var keyValue in start.Tree.All())
        {
            writer.Number(keyValue.ModRevision);
            Write(writer, keyValue);
        }
        var history = state.History;
        var from = history.IndexOf(start.Revision + 1);
        writer.Number(history.End - from);
        for (var i = from; i < history.End; i++)
        {
            ref readonly var change = ref history[i];
            writer.Number(change.Cause.Id);
            writer.Number(change.Revision);
            Write(writer, change.KeyValue);
        }
        return writer.ToArrayWithChecksum();
    }

    /// <param name="bytes">What <see cref="Encode(StoreState)"/> gave.</param>
    /// <param name="limits">Those of the store that goes on from here.</param>
    /// <exception cref="InvalidDataException">The bytes are torn, damaged, or not a snapshot.</exception>
    public static StoreState DecodeSnapshot(ReadOnlySpan<byte> bytes, StoreLimits limits)
    {
        var reader = new EtcdBinaryReader(bytes, "a snapshot of the store");
        var revision = reader.Long();
        var compactRevision = reader.Long();
        var grants = reader.Long();
        var leases = ImmutableSortedDictionary.CreateBuilder<long, EtcdLease>();
        for (var n = reader.Count(); n > 0; n--)
        {
            var lease = new EtcdLease(reader.Long(), reader.Long());
            leases.Add(lease.Id, lease);
        }
        var startRevision = reader.Long();
        var keys = new EtcdTree.Editor(EtcdTree.Empty);
        for (var n = reader.Count(); n > 0; n--) keys.Set(ReadChange(ref reader, reader.Long()));
        var restorer = new StoreRestorer(startRevision, keys.ToTree(), limits);
        for (var n = reader.Count(); n > 0; n--)
        {
            var cause = new Cause(reader.Number());
            restorer.Add(new EtcdWatchEvent(ReadChange(ref reader, reader.Long()), null, cause));
        }
        if (!reader.AtEnd) throw new InvalidDataException("bytes are left over after a snapshot of the store");
        return restorer.ToState(revision, compactRevision, grants, leases);
    }

    private static void Write(EtcdBinaryWriter writer, EtcdEvent change)
    {
        switch (change)
        {
            case EtcdEvent.Changed changed:
                writer.Number(ChangedTag);
                writer.Number(changed.Cause.Id);
                writer.Number(changed.Revision);
                Write(writer, changed.Changes);
                break;
            case EtcdEvent.LeaseGranted granted:
                writer.Number(LeaseGrantedTag);
                writer.Number(granted.Cause.Id);
                writer.Number(granted.LeaseId);
                writer.Number(granted.TtlSeconds);
                break;
            case EtcdEvent.LeaseEnded ended:
                writer.Number(LeaseEndedTag);
                writer.Number(ended.Cause.Id);
                writer.Number(ended.LeaseId);
                writer.Number(ended.Revision);
                Write(writer, ended.Changes);
                break;
            case EtcdEvent.Compacted compacted:
                writer.Number(CompactedTag);
                writer.Number(compacted.Cause.Id);
                writer.Number(compacted.AtRevision);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "unknown event");
        }
    }

    private static void Write(EtcdBinaryWriter writer, IReadOnlyList<EtcdKeyValue> changes)
    {
        writer.Number(changes.Count);
        for (var i = 0; i < changes.Count; i++) Write(writer, changes[i]);
    }

    private static void Write(EtcdBinaryWriter writer, EtcdKeyValue change)
    {
        writer.Bytes(change.Key.Span);
        writer.Number(change.Version);
        if (change.IsTombstone) return;
        writer.Bytes(change.Value.ToBytes().Span);
        writer.Number(change.ModRevision - change.CreateRevision);
        writer.Number(change.LeaseId);
    }

    private static EtcdEvent ReadEvent(ref EtcdBinaryReader reader)
    {
        var tag = reader.Number();
        var cause = new Cause(reader.Number());
        switch (tag)
        {
            case ChangedTag:
                var revision = reader.Long();
                return new EtcdEvent.Changed(cause, revision, ReadChanges(ref reader, revision));
            case LeaseGrantedTag:
                return new EtcdEvent.LeaseGranted(cause, reader.Long(), reader.Long());
            case LeaseEndedTag:
                var leaseId = reader.Long();
                var endRevision = reader.Long();
                return new EtcdEvent.LeaseEnded(cause, leaseId, endRevision, ReadChanges(ref reader, endRevision));
            case CompactedTag:
                return new EtcdEvent.Compacted(cause, reader.Long());
            default:
                throw new InvalidDataException($"unknown store event {tag}");
        }
    }

    private static EtcdKeyValue[] ReadChanges(ref EtcdBinaryReader reader, long revision)
    {
        var changes = new EtcdKeyValue[reader.Count()];
        for (var i = 0; i < changes.Length; i++) changes[i] = ReadChange(ref reader, revision);
        return changes;
    }

    private static EtcdKeyValue ReadChange(ref EtcdBinaryReader reader, long revision)
    {
        var key = EtcdKey.Wrap(reader.Bytes());
        var version = reader.Long();
        if (version == 0) return EtcdKeyValue.Tombstone(key, revision);
        var value = EtcdValue.Wrap(reader.Bytes());
        return new EtcdKeyValue(key, value, revision - reader.Long(), revision, version, reader.Long());
    }
}
