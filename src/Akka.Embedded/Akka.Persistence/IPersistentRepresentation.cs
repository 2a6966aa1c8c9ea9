using Akka.Actor;
using Akka.Persistence.Serialization;

namespace Akka.Persistence;

/// <summary>An event with what the journal keeps of it besides the payload.</summary>
public interface IPersistentRepresentation : IMessage
{
    object Payload { get; }
    string Manifest { get; }
    string PersistenceId { get; }
    long SequenceNr { get; }

    /// <summary>Names the incarnation of the persistent actor that wrote the event; the replay filter compares it.</summary>
    string WriterGuid { get; }
    bool IsDeleted { get; }

    /// <summary>The sender of the command behind the event; never stored.</summary>
    IActorRef Sender { get; }

    /// <summary>When the journal wrote the event: ticks (100 ns) UTC; 0 before.</summary>
    long Timestamp { get; }

    IPersistentRepresentation WithPayload(object payload);

    IPersistentRepresentation WithManifest(string manifest);

    IPersistentRepresentation WithTimestamp(long timestamp);

    IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef sender, string writerGuid);
}
