using System.Data.Common;

namespace Akka.Persistence.Sql.Journal;

/// <summary>Inserts rows into the journal and their tags, with statements prepared once.</summary>
internal abstract class JournalInserter : IDisposable
{
    public abstract void Insert(DbTransaction transaction, ReadOnlySpan<JournalRow> rows, string writerUuid);

    public abstract void Dispose();

    /// <summary>Tags as the journal's own column has them: separated, and a separator at both ends.</summary>
    protected static string Join(IReadOnlyCollection<string> tags, string separator) =>
        tags.Count == 0 ? string.Empty : $"{separator}{string.Join(separator, tags)}{separator}";
}
