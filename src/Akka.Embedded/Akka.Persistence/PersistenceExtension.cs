using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence.Snapshot;

namespace Akka.Persistence;

/// <summary>Starts journals and snapshot stores, one actor below <c>/system</c> for each plug-in path, and hands them out.</summary>
public class PersistenceExtension : IExtension
{
    private const string NoSnapshotStoreId = "akka.persistence.no-snapshot-store";
    private const string JournalFallback = "akka.persistence.journal-plugin-fallback";
    private const string SnapshotStoreFallback = "akka.persistence.snapshot-store-plugin-fallback";

    private readonly ExtendedActorSystem _system;
    private readonly Config _config;
    private readonly ILoggingAdapter _log;
    private readonly ConcurrentDictionary<string, Plugin> _plugins = new();
    private readonly Lazy<IStashOverflowStrategy> _stashOverflowStrategy;
    private readonly Lazy<IActorRef> _recoveryPermitter;
    private readonly Lazy<string> _defaultSnapshotStoreId;
    private readonly ulong _writerSeed;
    private int _lastInstanceId;

    public PersistenceExtension(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(Persistence.DefaultConfig());
        _config = system.Settings.Config.GetConfig("akka.persistence");
        _log = Logging.GetLogger(system, this);
        Settings = new PersistenceSettings(system, _config);
        InertPersistenceKeys.Warn(system.Settings, _log);
        _stashOverflowStrategy = new(CreateStashOverflowStrategy);
        _recoveryPermitter = new(StartRecoveryPermitter);
        _defaultSnapshotStoreId = new(FindDefaultSnapshotStore);
        _writerSeed = Mix(Hash(system.Name) ^ (ulong)system.Scheduler.Now.UtcTicks);

        foreach (var id in _config.GetStringList("journal.auto-start-journals"))
        {
            JournalFor(id);
        }

        foreach (var id in _config.GetStringList("snapshot-store.auto-start-snapshot-stores"))
        {
            SnapshotStoreFor(id);
        }
    }

    public PersistenceSettings Settings { get; }

    public IStashOverflowStrategy DefaultInternalStashOverflowStrategy => _stashOverflowStrategy.Value;

    internal IActorRef RecoveryPermitter => _recoveryPermitter.Value;

    /// <summary>The persistence id that follows from an actor's path.</summary>
    public string PersistenceId(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    /// <summary>The journal with this path, started if need be; of an empty path the default journal.</summary>
    /// <exception cref="ArgumentException">There is no such section, or it names no class.</exception>
    public IActorRef JournalFor(string journalPluginId) => JournalPluginFor(journalPluginId).Ref;

    /// <summary>The snapshot store with this path, started if need be; of an empty path the default one.</summary>
    /// <exception cref="ArgumentException">There is no such section, or it names no class.</exception>
    public IActorRef SnapshotStoreFor(string snapshotPluginId) =>
        PluginFor(string.IsNullOrEmpty(snapshotPluginId) ? _defaultSnapshotStoreId.Value : snapshotPluginId, SnapshotStoreFallback).Ref;

    internal Plugin JournalPluginFor(string journalPluginId)
    {
        if (string.IsNullOrEmpty(journalPluginId))
        {
            journalPluginId = _config.GetString("journal.plugin");
            if (string.IsNullOrEmpty(journalPluginId))
            {
                throw new ConfigurationException("No default journal: set akka.persistence.journal.plugin.");
            }
        }

        return PluginFor(journalPluginId, JournalFallback);
    }

    /// <summary>The configuration of a plug-in, for the plug-in itself.</summary>
    internal Config ConfigFor(IActorRef plugin) =>
        _plugins.TryGetValue(plugin.Path.Name, out var known)
            ? known.Config
            : throw new ArgumentException($"{plugin} is not a journal or snapshot store that the persistence extension has started.", nameof(plugin));

    internal int NextInstanceId() => Interlocked.Increment(ref _lastInstanceId);

    /// <summary>
    /// An id for one incarnation of a persistent actor. It follows from the system's start time, name and counter and from
    /// where the incarnation began to write, so that a simulated run repeats it and two runs on one journal do not share it.
    /// </summary>
    internal string WriterGuid(string persistenceId, long sequenceNr, int instanceId)
    {
        var high = Mix(_writerSeed ^ Hash(persistenceId));
        var low = Mix(high ^ (ulong)sequenceNr ^ ((ulong)(uint)instanceId << 40));
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Mix(low + high));
        BitConverter.TryWriteBytes(bytes[8..], low);
        return new Guid(bytes).ToString();
    }

    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    private Plugin PluginFor(string path, string fallback)
    {
        if (!_plugins.TryGetValue(path, out var plugin))
        {
            plugin = _plugins.GetOrAdd(path, ReadPlugin(path, fallback));
        }

        return plugin;
    }

    private Plugin ReadPlugin(string path, string fallback)
    {
        if (!_system.Settings.Config.HasPath(path))
        {
            throw new ArgumentException($"Persistence config is missing plugin config path for: {path}", nameof(path));
        }

        var config = _system.Settings.Config.GetConfig(path).WithFallback(_system.Settings.Config.GetConfig(fallback));
        var typeName = config.GetString("class");
        if (string.IsNullOrEmpty(typeName))
        {
            throw new ArgumentException($"Plugin class name must be defined in config property [{path}.class]", nameof(path));
        }

        return new Plugin(path, config, new Lazy<IActorRef>(() => Start(path, typeName, config)));
    }

    private IActorRef Start(string path, string typeName, Config config)
    {
        var type = IsLocalSnapshotStore(typeName) ? typeof(MissingLocalSnapshotStore) : Type.GetType(typeName, throwOnError: true)!;
        var args = type.GetConstructor([typeof(Config)]) is null ? Array.Empty<object>() : [config];
        return _system.SystemActorOf(new Props(type, args).WithDispatcher(config.GetString("plugin-dispatcher")), path);
    }

    private static bool IsLocalSnapshotStore(string typeName) =>
        typeName.StartsWith("Akka.Persistence.Snapshot.LocalSnapshotStore", StringComparison.Ordinal);

    private string FindDefaultSnapshotStore()
    {
        var id = _config.GetString("snapshot-store.plugin");
        if (!string.IsNullOrEmpty(id))
        {
            return id;
        }

        _log.Warning("No default snapshot store configured! Set akka.persistence.snapshot-store.plugin to the path of one.");
        return NoSnapshotStoreId;
    }

    private IStashOverflowStrategy CreateStashOverflowStrategy()
    {
        var typeName = _config.GetString("internal-stash-overflow-strategy");
        var type = Type.GetType(typeName, throwOnError: true)!;
        return Activator.CreateInstance(type) is IStashOverflowStrategyConfigurator configurator
            ? configurator.Create(_system.Settings.Config)
            : throw new ConfigurationException($"akka.persistence.internal-stash-overflow-strategy: {typeName} is no IStashOverflowStrategyConfigurator.");
    }

    private IActorRef StartRecoveryPermitter()
    {
        var permits = _config.GetInt("max-concurrent-recoveries");
        return permits > 0
            ? _system.SystemActorOf(Akka.Persistence.RecoveryPermitter.Props(permits), "recoveryPermitter")
            : throw new ConfigurationException($"akka.persistence.max-concurrent-recoveries must be at least 1, but is {permits}.");
    }

    /// <summary>A journal or snapshot store: known before its actor starts, because the actor's constructor asks for the configuration.</summary>
    internal sealed class Plugin(string path, Config config, Lazy<IActorRef> start)
    {
        public string Path { get; } = path;
        public Config Config { get; } = config;
        public IActorRef Ref => start.Value;

        public TimeSpan RecoveryEventTimeout { get; } = config.GetTimeSpan("recovery-event-timeout", allowInfinite: false);

        public int MaxMessageBatchSize { get; } = config.GetInt("max-message-batch-size", int.MaxValue);
    }
}
