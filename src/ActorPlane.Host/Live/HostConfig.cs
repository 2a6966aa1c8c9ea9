using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorPlane.Api;
using ActorPlane.ControllerManager;
using ActorPlane.Host.Http;
using ActorPlane.Host.Manifests;
using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.Host.Live;

/// <summary>Makes the configuration of a run from the files and options that the user gave.</summary>
internal static class HostConfig
{
    /// <summary>The user's files, later over earlier, and the options over the files. The defaults are not in it.</summary>
    /// <exception cref="InputFileException">A file is missing, is no HOCON, or has a key of <c>actorplane</c> that is unknown or has a wrong value.</exception>
    /// <exception cref="SettingsException">An option has a wrong value.</exception>
    public static Config FromUser(RunOptions options)
    {
        var config = Config.Empty;
        foreach (var file in options.Config) config = Checked(file).WithFallback(config);
        if (options.Seed is { } seed) config = ConfigurationFactory.ParseString($"actorplane.seed = {seed}").WithFallback(config);
        if (options.Cpu is { } cpu) config = Capacity("cpu", "--cpu", cpu).WithFallback(config);
        if (options.Memory is { } memory) config = Capacity("memory", "--memory", memory).WithFallback(config);
        if (options.Controllers is { } controllers)
        {
            ControllerSelection.Parse(controllers, "--controllers");
            config = ConfigurationFactory.ParseString($"{ControllerSelection.Key} = {Quoted(controllers)}").WithFallback(config);
        }

        if (options.Scheduler is { } scheduler) config = ConfigurationFactory.ParseString($"actorplane.scheduler.enabled = {scheduler}").WithFallback(config);
        return config.WithFallback(ConfigurationFactory.ParseString(Advertised(options)));
    }

    private static Config Capacity(string resource, string option, string text)
    {
        if (!Quantity.TryParse(text, out var quantity, out var error)) throw new SettingsException(option, $"\"{text}\" is no quantity: {error}");
        if (quantity.Sign <= 0) throw new SettingsException(option, "must be more than 0");
        return ConfigurationFactory.ParseString($"actorplane.nodes.default-capacity.{resource} = {Quoted(text)}");
    }

    // The server is found where it listens, unless that is known to this machine only.
    private static string Advertised(RunOptions options)
    {
        if (options.Simulate is not null || ListenAddress.Parse(options.Listen ?? ListenAddress.Default) is not { Port: > 0 } listen) return "";
        var isFound = listen.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(listen.Address) && !listen.Address.Equals(IPAddress.Any);
        return $"actorplane.apiserver.advertise-port = {listen.Port}{(isFound ? $"\nactorplane.apiserver.advertise-address = \"{listen.Address}\"" : "")}";
    }

    // Each file on its own, so that an error can name it.
    private static Config Checked(string file)
    {
        var config = Parse(file);
        try
        {
            ControlPlane.CheckSettings(ClusterConfig.Over(config));
            return config;
        }
        catch (SettingsException e)
        {
            throw new InputFileException(file, ConfigLines.LineOf(File.ReadAllText(file), e.Key), e.Key, e.Problem);
        }
    }

    /// <summary>The configuration of a live system: the user's, then the journal and the clock that the options choose, then the defaults.</summary>
    /// <param name="databaseFile">The SQLite file of etcd's journal; null keeps it in memory.</param>
    /// <param name="speed">Cluster seconds in a wall second.</param>
    public static Config ForLive(Config user, string? databaseFile, double speed) =>
        ClusterConfig.Over(databaseFile is null ? user.WithFallback(ConfigurationFactory.ParseString(InMemorySnapshots)) : user)
            .WithFallback(ConfigurationFactory.ParseString(DiskTimeouts(Math.Max(1, speed))))
            .WithFallback(ConfigurationFactory.ParseString(databaseFile is null ? InMemoryJournal : SqliteJournal(databaseFile)))
            .WithFallback(ConfigurationFactory.ParseString(Live));

    private static Config Parse(string file)
    {
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(file, null, null, e.Message);
        }
        catch (Exception e) when (e.GetType().Namespace?.StartsWith("Akka.Configuration", StringComparison.Ordinal) == true)
        {
            throw new InputFileException(file, null, null, e.Message.ReplaceLineEndings(" "));
        }
    }

    private const string Live = """
        akka {
          scheduler.implementation = "ActorPlane.Host.Live.SpeedScheduler, ActorPlane.Host"
          loggers = ["ActorPlane.Host.Live.HostLogger, ActorPlane.Host"]
          loglevel = WARNING
          stdout-loglevel = OFF
          # Ctrl-C is the host's to handle.
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """;

    // A disk is as slow as ever when the cluster's clock runs faster: these are seconds of wall time, Akka's own defaults.
    private static string DiskTimeouts(double speed) => string.Create(CultureInfo.InvariantCulture, $$"""
        akka.persistence {
          journal-plugin-fallback {
            recovery-event-timeout = {{30_000 * speed:F0}}ms
            circuit-breaker { call-timeout = {{10_000 * speed:F0}}ms, reset-timeout = {{30_000 * speed:F0}}ms }
          }
          snapshot-store-plugin-fallback.circuit-breaker { call-timeout = {{20_000 * speed:F0}}ms, reset-timeout = {{60_000 * speed:F0}}ms }
        }
        """);

    /// <summary>In memory a snapshot is a reference and costs nothing, but what the journal holds costs memory: many snapshots, a short journal.</summary>
    private const string InMemorySnapshots = "actorplane.etcd.snapshot { every-changes = 1000, growth = 0 }";

    private const string InMemoryJournal = """
        akka.persistence {
          journal.plugin = "akka.persistence.journal.inmem"
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        """;

    private static string SqliteJournal(string file) => $$"""
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
              class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
              provider-name = "SQLite.MS"
              connection-string = {{Quoted("Data Source=" + file)}}
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql {
              class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
              provider-name = "SQLite.MS"
              connection-string = {{Quoted("Data Source=" + file)}}
            }
          }
        }
        """;

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
