using System.Collections.Concurrent;

namespace Akka.Persistence.Journal;

/// <summary>A journal in memory that all actor systems of the process share.</summary>
public class SharedMemoryJournal : MemoryJournal
{
    private static readonly ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> Shared = new();
    private static readonly ConcurrentDictionary<string, long> SharedDeletedUpTo = new();

    protected override ConcurrentDictionary<string, LinkedList<IPersistentRepresentation>> Messages => Shared;

    private protected override ConcurrentDictionary<string, long> DeletedUpTo => SharedDeletedUpTo;
}
