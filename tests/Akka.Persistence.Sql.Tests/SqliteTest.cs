namespace Akka.Persistence.Sql.Tests;

/// <summary>A system on a database file in WAL mode.</summary>
public abstract class SqliteTest : SqlTest
{
    protected SqliteTest(string extra = "", string provider = "SQLite.MS")
        : this(new SqliteFile().InWalMode(), extra, provider)
    {
    }

    private SqliteTest(SqliteFile file, string extra, string provider)
        : base(provider, file.ConnectionString, extra) => File = file;

    protected SqliteFile File { get; }

    protected override void AfterAll()
    {
        base.AfterAll();
        File.Dispose();
    }
}
