using ActorPlane.Settings;
using Microsoft.Data.Sqlite;

namespace ActorPlane.Host.Live;

/// <summary>
/// The SQLite file of etcd's journal. It is put into WAL mode before the journal opens it: a commit then costs one
/// fsync of the log instead of several of the database, and reads do not wait for writes. The mode stays with the file.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private readonly string? _temporaryDirectory;

    private JournalFile(string path, string? temporaryDirectory) => (Path, _temporaryDirectory) = (path, temporaryDirectory);

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Opens the file in <paramref name="dataDirectory"/>, creating both if need be; null makes a temporary directory, removed at the end.</summary>
    /// <exception cref="SettingsException">The directory cannot be made, or holds something else under the file's name.</exception>
    public static JournalFile Open(string? dataDirectory)
    {
        try
        {
            return OpenIn(dataDirectory);
        }
        catch (Exception e) when (dataDirectory is not null && e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new SettingsException("--data-dir", $"{dataDirectory} cannot be used: {e.Message}");
        }
    }

    /// <summary>Removes a temporary directory.</summary>
    public void Dispose()
    {
        if (_temporaryDirectory is null) return;
        SqliteConnection.ClearAllPools();
        Directory.Delete(_temporaryDirectory, recursive: true);
    }

    private static JournalFile OpenIn(string? dataDirectory)
    {
        var directory = dataDirectory ?? Directory.CreateTempSubdirectory("actorplane-").FullName;
        if (File.Exists(directory)) throw new IOException("it is a file.");
        Directory.CreateDirectory(directory);
        var path = System.IO.Path.Combine(directory, "etcd.db");
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        command.ExecuteNonQuery();
        return new JournalFile(path, dataDirectory is null ? directory : null);
    }
}
