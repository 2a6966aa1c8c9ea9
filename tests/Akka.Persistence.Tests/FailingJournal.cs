using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Tests;

/// <summary>Fails or rejects by what the events say, and counts what it is asked.</summary>
public sealed class FailingJournal : MemoryJournal
{
    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback) =>
        persistenceId.StartsWith("no-replay", StringComparison.Ordinal)
            ? Task.FromException(new InvalidOperationException("no replay"))
            : persistenceId.StartsWith("silent-replay", StringComparison.Ordinal)
                ? new TaskCompletionSource().Task
                : base.ReplayMessagesAsync(context, persistenceId, fromSequenceNr, toSequenceNr, max, recoveryCallback);

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        persistenceId.StartsWith("no-highest", StringComparison.Ordinal)
            ? Task.FromException<long>(new InvalidOperationException("no highest number"))
            : base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr);

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToArray();
        if (Has(writes, "throw"))
        {
            throw new InvalidOperationException("the store threw");
        }

        if (Has(writes, "fail later"))
        {
            await Task.Yield();
            throw new InvalidOperationException("the store failed");
        }

        if (Has(writes, "miscount"))
        {
            return ImmutableList.Create<Exception>(null!, null!, null!);
        }

        if (Has(writes, "slow"))
        {
            Context.System.EventStream.Publish(SlowWrite.Instance);
            await Task.Delay(50);
        }

        var results = writes.Select(w => Has([w], "reject") ? new InvalidOperationException("rejected") : null).ToArray();
        await base.WriteMessagesAsync(writes.Where((_, i) => results[i] is null));
        return results.Any(r => r is not null) ? ImmutableList.Create<Exception>(results!) : null!;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) =>
        persistenceId.StartsWith("no-delete", StringComparison.Ordinal)
            ? Task.FromException(new InvalidOperationException("no deletion"))
            : base.DeleteMessagesToAsync(persistenceId, toSequenceNr);

    /// <summary>Published when a slow write has begun.</summary>
    public sealed class SlowWrite
    {
        public static SlowWrite Instance { get; } = new();
    }

    private static bool Has(AtomicWrite[] writes, string text) =>
        writes.Any(w => ((IEnumerable<IPersistentRepresentation>)w.Payload).Any(p => p.Payload is string s && s == text));
}
