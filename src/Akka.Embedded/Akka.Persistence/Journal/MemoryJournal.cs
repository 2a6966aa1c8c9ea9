using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>A journal that forgets everything when it stops. Events are kept as they are, never serialized.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private static readonly Task<IImmutableList<Exception>> Written = Task.FromResult<IImmutableList<Exception>>(null!);

    private readonly ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> _messages = new();
    private readonly ConcurrentDictionary<string, long> _deletedUpTo = new();
    private readonly IScheduler _clock = Context.System.Scheduler;

    /// <summary>The events of each persistence id, in the order of their sequence numbers.</summary>
    protected virtual ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> Messages => _messages;

    /// <summary>The highest sequence number of each persistence id whose events were deleted.</summary>
    private protected virtual ConcurrentDictionary<string, long> DeletedUpTo => _deletedUpTo;

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        Task.FromResult(HighestSequenceNr(persistenceId));

    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        var highest = HighestSequenceNr(persistenceId);
        if (highest > 0 && max > 0)
        {
            foreach (var persistent in Read(persistenceId, fromSequenceNr, Math.Min(toSequenceNr, highest), max))
            {
                recoveryCallback(persistent);
            }
        }

        return Task.CompletedTask;
    }

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Add(IPersistentRepresentation persistent)
    {
        Messages.GetOrAdd(persistent.PersistenceId, static _ => new LinkedList<IPersistentRepresentation>()).AddLast(persistent);
        return Messages;
    }

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Update(string pid, long seqNr, Func<IPersistentRepresentation, IPersistentRepresentation> updater)
    {
        if (Messages.TryGetValue(pid, out var events))
        {
            for (var node = events.First; node is not null; node = node.Next)
            {
                if (node.Value.SequenceNr == seqNr)
                {
                    node.Value = updater(node.Value);
                }
            }
        }

        return Messages;
    }

    public IDictionary<string, LinkedList<IPersistentRepresentation>> Delete(string pid, long seqNr)
    {
        if (Messages.TryGetValue(pid, out var events))
        {
            for (var node = events.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.SequenceNr == seqNr)
                {
                    events.Remove(node);
                }

                node = next;
            }
        }

        return Messages;
    }

    public IEnumerable<IPersistentRepresentation> Read(string pid, long fromSeqNr, long toSeqNr, long max)
    {
        if (!Messages.TryGetValue(pid, out var events))
        {
            yield break;
        }

        for (var node = events.First; node is not null && max > 0; node = node.Next)
        {
            if (node.Value.SequenceNr >= fromSeqNr && node.Value.SequenceNr <= toSeqNr)
            {
                max--;
                yield return node.Value;
            }
        }
    }

    public long HighestSequenceNr(string pid)
    {
        var deleted = DeletedUpTo.GetValueOrDefault(pid);
        return Messages.TryGetValue(pid, out var events) && events.Last is { } last
            ? Math.Max(deleted, last.Value.SequenceNr)
            : deleted;
    }

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var now = _clock.Now.UtcTicks;
        foreach (var write in messages)
        {
            foreach (var persistent in write.Events)
            {
                Add(persistent.Payload is Tagged tagged ? persistent.WithPayload(tagged.Payload).WithTimestamp(now) : Stamped(persistent, now));
            }
        }

        return Written;
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        var highest = HighestSequenceNr(persistenceId);
        var to = Math.Min(toSequenceNr, highest);
        DeletedUpTo[persistenceId] = Math.Max(to, DeletedUpTo.GetValueOrDefault(persistenceId));
        if (Messages.TryGetValue(persistenceId, out var events))
        {
            while (events.First is { } first && first.Value.SequenceNr <= to)
            {
                events.RemoveFirst();
            }
        }

        return Task.CompletedTask;
    }

    private static IPersistentRepresentation Stamped(IPersistentRepresentation persistent, long now)
    {
        if (persistent is not Persistent own)
        {
            return persistent.WithTimestamp(now);
        }

        own.Stamp(now);
        return own;
    }
}
