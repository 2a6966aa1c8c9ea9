using Akka.Actor;
using Akka.Annotations;

namespace Akka.Persistence;

/// <summary>The representation that persistent actors write. Immutable to everyone but the journal that owns the copy.</summary>
[InternalApi]
public class Persistent : IPersistentRepresentation, IEquatable<IPersistentRepresentation>
{
    public Persistent(
        object payload,
        long sequenceNr = 0,
        string? persistenceId = null,
        string? manifest = null,
        bool isDeleted = false,
        IActorRef? sender = null,
        string? writerGuid = null,
        long timestamp = 0)
    {
        Payload = payload;
        SequenceNr = sequenceNr;
        PersistenceId = persistenceId ?? Undefined;
        Manifest = manifest ?? Undefined;
        IsDeleted = isDeleted;
        Sender = sender;
        WriterGuid = writerGuid ?? Undefined;
        Timestamp = timestamp;
    }

    /// <summary>Stands for a value that is not set.</summary>
    public static string Undefined { get; } = string.Empty;

    public object Payload { get; }
    public string Manifest { get; }
    public string PersistenceId { get; }
    public long SequenceNr { get; }
    public string WriterGuid { get; }
    public bool IsDeleted { get; }
    public IActorRef Sender { get; }
    public long Timestamp { get; private set; }

    public IPersistentRepresentation WithPayload(object payload) =>
        new Persistent(payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    public IPersistentRepresentation WithManifest(string manifest) =>
        Manifest == manifest
            ? this
            : new Persistent(Payload, SequenceNr, PersistenceId, manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    public IPersistentRepresentation WithTimestamp(long newTimestamp) =>
        Timestamp == newTimestamp
            ? this
            : new Persistent(Payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, newTimestamp);

    public IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid) =>
        new Persistent(Payload, sequenceNr, persistenceId, Manifest, isDeleted, sender, writerGuid, Timestamp);

    public bool Equals(IPersistentRepresentation other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (Equals(Payload, other.Payload)
                && Manifest == other.Manifest
                && PersistenceId == other.PersistenceId
                && SequenceNr == other.SequenceNr
                && IsDeleted == other.IsDeleted
                && Equals(Sender, other.Sender)
                && WriterGuid == other.WriterGuid));

    public bool Equals(Persistent other) => Equals((IPersistentRepresentation?)other);

    public override bool Equals(object obj) => Equals(obj as IPersistentRepresentation);

    public override int GetHashCode() => HashCode.Combine(Payload, Manifest, PersistenceId, SequenceNr, IsDeleted, Sender, WriterGuid);

    public override string ToString() =>
        $"Persistent<PersistenceId: {PersistenceId}, SequenceNr: {SequenceNr}, Payload: {Payload}, Manifest: {Manifest}, Deleted: {IsDeleted}, Sender: {Sender}, WriterGuid: {WriterGuid}, Timestamp: {Timestamp}>";

    /// <summary>Dates the copy that a journal has made for itself, without copying it once more.</summary>
    internal void Stamp(long timestamp) => Timestamp = timestamp;
}
