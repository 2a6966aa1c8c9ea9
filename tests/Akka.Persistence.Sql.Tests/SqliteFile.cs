using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Tests;

/// <summary>A database file in a folder of its own, gone with the test.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akka-sql-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "journal.db");

    public string ConnectionString => ConnectionStringOf(Path);

    public static string ConnectionStringOf(string path) => $"Data Source={path};Pooling=False";

    /// <summary>What the Host does before the system starts.</summary>
    public SqliteFile InWalMode()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE made_by_the_host (x);";
        command.ExecuteNonQuery();
        return this;
    }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    public List<object?[]> Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
