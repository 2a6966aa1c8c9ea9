using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Everything that a persistent actor, its journal and its snapshot store say to each other.</summary>
public interface IPersistenceMessage : INoSerializationVerificationNeeded;

/// <summary>The conversation between a persistent actor and its journal.</summary>
public interface IJournalMessage : IPersistenceMessage;

/// <summary>What a persistent actor asks of its journal.</summary>
public interface IJournalRequest : IJournalMessage;

/// <summary>What a journal answers.</summary>
public interface IJournalResponse : IJournalMessage;

/// <summary>All events up to and including <c>ToSequenceNr</c> are deleted. Reply to <c>DeleteMessages</c>.</summary>
public sealed class DeleteMessagesSuccess(long toSequenceNr) : IEquatable<DeleteMessagesSuccess>
{
    public long ToSequenceNr { get; } = toSequenceNr;

    public bool Equals(DeleteMessagesSuccess other) =>
        other is not null && ToSequenceNr == other.ToSequenceNr;

    public override bool Equals(object obj) => Equals(obj as DeleteMessagesSuccess);

    public override int GetHashCode() => HashCode.Combine(ToSequenceNr);

    public override string ToString() => $"DeleteMessagesSuccess<ToSequenceNr: {ToSequenceNr}>";
}

/// <summary>The deletion of events failed; none or some of them may be gone. Reply to <c>DeleteMessages</c>.</summary>
public sealed class DeleteMessagesFailure(Exception cause, long toSequenceNr) : INoSerializationVerificationNeeded, IEquatable<DeleteMessagesFailure>
{
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));
    public long ToSequenceNr { get; } = toSequenceNr;

    public bool Equals(DeleteMessagesFailure other) =>
        other is not null && Equals(Cause, other.Cause) && ToSequenceNr == other.ToSequenceNr;

    public override bool Equals(object obj) => Equals(obj as DeleteMessagesFailure);

    public override int GetHashCode() => HashCode.Combine(Cause, ToSequenceNr);

    public override string ToString() => $"DeleteMessagesFailure<Cause: {Cause}, ToSequenceNr: {ToSequenceNr}>";
}

/// <summary>Delete the events of one persistent actor up to and including <c>ToSequenceNr</c>. Replies: <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.</summary>
public sealed class DeleteMessagesTo(string persistenceId, long toSequenceNr, IActorRef persistentActor) : IJournalRequest, IEquatable<DeleteMessagesTo>
{
    public string PersistenceId { get; } = persistenceId;
    public long ToSequenceNr { get; } = toSequenceNr;
    public IActorRef PersistentActor { get; } = persistentActor;

    public bool Equals(DeleteMessagesTo other) =>
        other is not null && PersistenceId == other.PersistenceId && ToSequenceNr == other.ToSequenceNr && Equals(PersistentActor, other.PersistentActor);

    public override bool Equals(object obj) => Equals(obj as DeleteMessagesTo);

    public override int GetHashCode() => HashCode.Combine(PersistenceId, ToSequenceNr, PersistentActor);

    public override string ToString() => $"DeleteMessagesTo<PersistenceId: {PersistenceId}, ToSequenceNr: {ToSequenceNr}, PersistentActor: {PersistentActor}>";
}

/// <summary>Write a batch of events and pass on loop messages in the same order. Replies: <see cref="WriteMessagesSuccessful"/> or <see cref="WriteMessagesFailed"/>, then one message for each event and loop message.</summary>
public sealed class WriteMessages(IEnumerable<IPersistentEnvelope> messages, IActorRef persistentActor, int actorInstanceId) : IJournalRequest, IEquatable<WriteMessages>
{
    public IEnumerable<IPersistentEnvelope> Messages { get; } = messages;
    public IActorRef PersistentActor { get; } = persistentActor;
    public int ActorInstanceId { get; } = actorInstanceId;

    public bool Equals(WriteMessages other) =>
        other is not null && Equals(Messages, other.Messages) && Equals(PersistentActor, other.PersistentActor) && ActorInstanceId == other.ActorInstanceId;

    public override bool Equals(object obj) => Equals(obj as WriteMessages);

    public override int GetHashCode() => HashCode.Combine(Messages, PersistentActor, ActorInstanceId);

    public override string ToString() => $"WriteMessages<Messages: {Messages}, PersistentActor: {PersistentActor}, ActorInstanceId: {ActorInstanceId}>";
}

/// <summary>The batch is written (single events of it may still have been rejected); one message for each event follows.</summary>
public sealed class WriteMessagesSuccessful : IJournalResponse
{
    public static WriteMessagesSuccessful Instance { get; } = new();

    private WriteMessagesSuccessful()
    {
    }
}

/// <summary>The batch could not be written. <c>WriteCount</c> events were in it, and as many <see cref="WriteMessageFailure"/> follow.</summary>
public sealed class WriteMessagesFailed(Exception cause, int writeCount) : IJournalResponse, IEquatable<WriteMessagesFailed>
{
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));
    public int WriteCount { get; } = writeCount;

    public bool Equals(WriteMessagesFailed other) =>
        other is not null && Equals(Cause, other.Cause) && WriteCount == other.WriteCount;

    public override bool Equals(object obj) => Equals(obj as WriteMessagesFailed);

    public override int GetHashCode() => HashCode.Combine(Cause, WriteCount);

    public override string ToString() => $"WriteMessagesFailed<Cause: {Cause}, WriteCount: {WriteCount}>";
}

/// <summary>One event is durable.</summary>
public sealed class WriteMessageSuccess(IPersistentRepresentation persistent, int actorInstanceId) : IJournalResponse, IEquatable<WriteMessageSuccess>
{
    public IPersistentRepresentation Persistent { get; } = persistent;
    public int ActorInstanceId { get; } = actorInstanceId;

    public bool Equals(WriteMessageSuccess other) =>
        other is not null && Equals(Persistent, other.Persistent) && ActorInstanceId == other.ActorInstanceId;

    public override bool Equals(object obj) => Equals(obj as WriteMessageSuccess);

    public override int GetHashCode() => HashCode.Combine(Persistent, ActorInstanceId);

    public override string ToString() => $"WriteMessageSuccess<Persistent: {Persistent}, ActorInstanceId: {ActorInstanceId}>";
}

/// <summary>The journal refused one event and did not store it; the persistent actor goes on.</summary>
public sealed class WriteMessageRejected(IPersistentRepresentation persistent, Exception cause, int actorInstanceId) : IJournalResponse, IEquatable<WriteMessageRejected>
{
    public IPersistentRepresentation Persistent { get; } = persistent;
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));
    public int ActorInstanceId { get; } = actorInstanceId;

    public bool Equals(WriteMessageRejected other) =>
        other is not null && Equals(Persistent, other.Persistent) && Equals(Cause, other.Cause) && ActorInstanceId == other.ActorInstanceId;

    public override bool Equals(object obj) => Equals(obj as WriteMessageRejected);

    public override int GetHashCode() => HashCode.Combine(Persistent, Cause, ActorInstanceId);

    public override string ToString() => $"WriteMessageRejected<Persistent: {Persistent}, Cause: {Cause}, ActorInstanceId: {ActorInstanceId}>";
}

/// <summary>One event could not be written, or it is unknown whether it was; the persistent actor stops.</summary>
public sealed class WriteMessageFailure(IPersistentRepresentation persistent, Exception cause, int actorInstanceId) : IJournalResponse, IEquatable<WriteMessageFailure>
{
    public IPersistentRepresentation Persistent { get; } = persistent;
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));
    public int ActorInstanceId { get; } = actorInstanceId;

    public bool Equals(WriteMessageFailure other) =>
        other is not null && Equals(Persistent, other.Persistent) && Equals(Cause, other.Cause) && ActorInstanceId == other.ActorInstanceId;

    public override bool Equals(object obj) => Equals(obj as WriteMessageFailure);

    public override int GetHashCode() => HashCode.Combine(Persistent, Cause, ActorInstanceId);

    public override string ToString() => $"WriteMessageFailure<Persistent: {Persistent}, Cause: {Cause}, ActorInstanceId: {ActorInstanceId}>";
}

/// <summary>A message that only travelled through the journal, to keep its place among events (<c>DeferAsync</c>).</summary>
public sealed class LoopMessageSuccess(object message, int actorInstanceId) : IJournalResponse, IEquatable<LoopMessageSuccess>
{
    public object Message { get; } = message;
    public int ActorInstanceId { get; } = actorInstanceId;

    public bool Equals(LoopMessageSuccess other) =>
        other is not null && Equals(Message, other.Message) && ActorInstanceId == other.ActorInstanceId;

    public override bool Equals(object obj) => Equals(obj as LoopMessageSuccess);

    public override int GetHashCode() => HashCode.Combine(Message, ActorInstanceId);

    public override string ToString() => $"LoopMessageSuccess<Message: {Message}, ActorInstanceId: {ActorInstanceId}>";
}

/// <summary>Replay events, at most <c>Max</c> of them. Replies: <see cref="ReplayedMessage"/> for each, then <see cref="RecoverySuccess"/> or <see cref="ReplayMessagesFailure"/>.</summary>
public sealed class ReplayMessages(long fromSequenceNr, long toSequenceNr, long max, string persistenceId, IActorRef persistentActor) : IJournalRequest, IEquatable<ReplayMessages>
{
    public long FromSequenceNr { get; } = fromSequenceNr;
    public long ToSequenceNr { get; } = toSequenceNr;
    public long Max { get; } = max;
    public string PersistenceId { get; } = persistenceId;
    public IActorRef PersistentActor { get; } = persistentActor;

    public bool Equals(ReplayMessages other) =>
        other is not null && FromSequenceNr == other.FromSequenceNr && ToSequenceNr == other.ToSequenceNr && Max == other.Max && PersistenceId == other.PersistenceId && Equals(PersistentActor, other.PersistentActor);

    public override bool Equals(object obj) => Equals(obj as ReplayMessages);

    public override int GetHashCode() => HashCode.Combine(FromSequenceNr, ToSequenceNr, Max, PersistenceId, PersistentActor);

    public override string ToString() => $"ReplayMessages<FromSequenceNr: {FromSequenceNr}, ToSequenceNr: {ToSequenceNr}, Max: {Max}, PersistenceId: {PersistenceId}, PersistentActor: {PersistentActor}>";
}

/// <summary>One replayed event.</summary>
public sealed class ReplayedMessage(IPersistentRepresentation persistent) : IJournalResponse, IDeadLetterSuppression, IEquatable<ReplayedMessage>
{
    public IPersistentRepresentation Persistent { get; } = persistent;

    public bool Equals(ReplayedMessage other) =>
        other is not null && Equals(Persistent, other.Persistent);

    public override bool Equals(object obj) => Equals(obj as ReplayedMessage);

    public override int GetHashCode() => HashCode.Combine(Persistent);

    public override string ToString() => $"ReplayedMessage<Persistent: {Persistent}>";
}

/// <summary>The replay is complete; <c>HighestSequenceNr</c> is the highest that the journal knows, deleted events included.</summary>
public sealed class RecoverySuccess(long highestSequenceNr) : IJournalResponse, IDeadLetterSuppression, IEquatable<RecoverySuccess>
{
    public long HighestSequenceNr { get; } = highestSequenceNr;

    public bool Equals(RecoverySuccess other) =>
        other is not null && HighestSequenceNr == other.HighestSequenceNr;

    public override bool Equals(object obj) => Equals(obj as RecoverySuccess);

    public override int GetHashCode() => HashCode.Combine(HighestSequenceNr);

    public override string ToString() => $"RecoverySuccess<HighestSequenceNr: {HighestSequenceNr}>";
}

/// <summary>The replay failed; the persistent actor stops.</summary>
public sealed class ReplayMessagesFailure(Exception cause) : IJournalResponse, IDeadLetterSuppression, IEquatable<ReplayMessagesFailure>
{
    public Exception Cause { get; } = cause ?? throw new ArgumentNullException(nameof(cause));

    public bool Equals(ReplayMessagesFailure other) =>
        other is not null && Equals(Cause, other.Cause);

    public override bool Equals(object obj) => Equals(obj as ReplayMessagesFailure);

    public override int GetHashCode() => HashCode.Combine(Cause);

    public override string ToString() => $"ReplayMessagesFailure<Cause: {Cause}>";
}
