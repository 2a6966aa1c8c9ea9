using System.Data.Common;
using Akka.Configuration;
using Akka.Persistence.Sql.Journal;
using Akka.Persistence.Sql.Snapshot;

namespace Akka.Persistence.Sql;

/// <summary>What differs between the databases.</summary>
internal abstract class SqlDialect
{
    public abstract bool HasSchemas { get; }

    public static SqlDialect For(string? providerName, string connectionString, Func<string, ConfigurationException> error)
    {
        switch (providerName)
        {
            case "SQLite.MS" or "SQLite":
                return new SqliteDialect(connectionString);
            case "PostgreSQL":
                return new PostgreSqlDialect(connectionString);
            case not null when providerName.StartsWith("PostgreSQL.", StringComparison.Ordinal):
                return new PostgreSqlDialect(connectionString);
            default:
                throw new ConfigurationException(
                    $"{error("provider-name").Message}[{providerName}] is none of those offered: SQLite.MS, SQLite, PostgreSQL, PostgreSQL.<version>.");
        }
    }

    /// <summary>A connection, open and set up for durable writes.</summary>
    public abstract DbConnection Open();

    public abstract string Quote(string name);

    /// <summary>Statements that make what is missing of the journal's tables and indexes.</summary>
    public abstract IEnumerable<string> CreateJournal(SqlJournalSettings s);

    /// <summary>Statements that make what is missing of the snapshot table and its indexes.</summary>
    public abstract IEnumerable<string> CreateSnapshots(SqlSnapshotSettings s);

    /// <summary>Inserts rows, for as long as the connection lives.</summary>
    public abstract JournalInserter CreateInserter(DbConnection connection, SqlJournalSettings settings);
}
