using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>What a journal reads for a recovery.</summary>
public interface IAsyncRecovery
{
    /// <summary>Hands every event in the range to the callback, in order and one at a time, at most <paramref name="max"/>.</summary>
    Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>The highest sequence number ever written, deleted events included; 0 if there is none from <paramref name="fromSequenceNr"/> on.</summary>
    Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);
}
