namespace Akka.Persistence.Sql.Journal;

/// <summary>An event as it lies in the table.</summary>
/// <param name="Created">Ticks (100 ns), UTC.</param>
/// <param name="Identifier">Id of the serializer.</param>
/// <param name="Manifest">What the serializer needs besides the bytes; empty if nothing.</param>
internal sealed record JournalRow(
    string PersistenceId,
    long SequenceNumber,
    long Created,
    byte[] Message,
    int Identifier,
    string Manifest,
    IReadOnlyCollection<string> Tags);
