using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Serialization;

namespace Akka.Persistence;

/// <summary>Events of one persistent actor that are written together or not at all: one of <c>Persist</c>, all of <c>PersistAll</c>.</summary>
public sealed class AtomicWrite : IPersistentEnvelope, IMessage
{
    private readonly IPersistentRepresentation[] _events;
    private IImmutableList<IPersistentRepresentation>? _payload;

    public AtomicWrite(IPersistentRepresentation @event)
        : this([@event ?? throw new ArgumentNullException(nameof(@event))], null)
    {
    }

    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
        : this(payload is null ? throw new ArgumentNullException(nameof(payload)) : [.. payload], payload)
    {
    }

    internal AtomicWrite(IPersistentRepresentation[] events)
        : this(events, null)
    {
    }

    private AtomicWrite(IPersistentRepresentation[] events, IImmutableList<IPersistentRepresentation>? payload)
    {
        if (events.Length == 0)
        {
            throw new ArgumentException("An atomic write needs at least one event.", nameof(payload));
        }

        var persistenceId = events[0].PersistenceId;
        for (var i = 1; i < events.Length; i++)
        {
            if (events[i].PersistenceId != persistenceId)
            {
                throw new ArgumentException(
                    $"An atomic write holds events of one persistence id, but these are of [{string.Join(", ", events.Select(e => e.PersistenceId).Distinct())}].",
                    nameof(payload));
            }
        }

        _events = events;
        _payload = payload;
    }

    /// <summary>The events: an <see cref="IImmutableList{T}"/> of <see cref="IPersistentRepresentation"/>.</summary>
    public object Payload => _payload ??= ImmutableArray.Create(_events);

    public string PersistenceId => _events[0].PersistenceId;
    public long LowestSequenceNr => _events[0].SequenceNr;
    public long HighestSequenceNr => _events[^1].SequenceNr;
    public int Size => _events.Length;
    public IActorRef Sender => ActorRefs.NoSender;

    /// <summary>The events without the detour through <see cref="Payload"/>.</summary>
    internal IPersistentRepresentation[] Events => _events;

    public bool Equals(AtomicWrite other) => other is not null && _events.AsSpan().SequenceEqual(other._events);

    public override bool Equals(object obj) => Equals(obj as AtomicWrite);

    public override int GetHashCode() => HashCode.Combine(PersistenceId, LowestSequenceNr, HighestSequenceNr);

    public override string ToString() =>
        $"AtomicWrite<PersistenceId: {PersistenceId}, LowestSequenceNr: {LowestSequenceNr}, HighestSequenceNr: {HighestSequenceNr}, Size: {Size}>";
}
