using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Akka.Persistence.Sql.Tests;

/// <summary>A PostgreSQL server of our own in a temporary folder, for the tests of one class.</summary>
public sealed class PostgresServer : IDisposable
{
    private static readonly bool IsRoot = OperatingSystem.IsLinux() && Environment.UserName == "root";
    private readonly Lazy<Running> _running = new(Start);

    /// <summary>The first program that is needed but not found, or null.</summary>
    public static string? MissingProgram => new[] { "initdb", "postgres" }.Concat(IsRoot ? ["runuser"] : Array.Empty<string>())
        .FirstOrDefault(program => !Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))));

    public string ConnectionString => _running.Value.ConnectionString;

    public void Dispose()
    {
        if (_running.IsValueCreated)
        {
            _running.Value.Dispose();
        }
    }

    private static Running Start()
    {
        var folder = Directory.CreateTempSubdirectory("akka-postgres-").FullName;
        if (IsRoot)
        {
            // The server refuses to run as root.
            Run("chown", "nobody", folder).WaitForExit();
        }

        var data = Path.Combine(folder, "data");
        var initdb = RunAsUser("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync");
        initdb.WaitForExit();
        Assert.Equal(0, initdb.ExitCode);
        var port = FreePort();
        var server = RunAsUser("postgres", "-D", data, "-c", "listen_addresses=127.0.0.1", "-p", $"{port}", "-k", folder, "-c", "fsync=off");
        var running = new Running(folder, server, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");
        running.WaitUntilReady();
        return running;
    }

    private static Process RunAsUser(string program, params string[] arguments) =>
        IsRoot ? Run("runuser", ["-u", "nobody", "--", program, .. arguments]) : Run(program, arguments);

    private static Process Run(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Running(string folder, Process server, string connectionString) : IDisposable
    {
        public string ConnectionString => connectionString;

        public void WaitUntilReady()
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    using var connection = new NpgsqlConnection(connectionString);
                    connection.Open();
                    return;
                }
                catch (NpgsqlException) when (attempt < 600 && !server.HasExited)
                {
                    Thread.Sleep(100);
                }
            }
        }

        public void Dispose()
        {
            NpgsqlConnection.ClearAllPools();
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            Directory.Delete(folder, recursive: true);
        }
    }
}
