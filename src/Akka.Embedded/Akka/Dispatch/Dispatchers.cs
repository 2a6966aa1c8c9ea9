#nullable disable
using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system, by the path of their configuration section.</summary>
public sealed class Dispatchers
{
    public const string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";

    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    public const string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";

    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private const int MaxAliasDepth = 20;

    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new(StringComparer.Ordinal);

    public Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites, ILoggingAdapter logger)
    {
        _system = system;
        Prerequisites = prerequisites;
    }

    public Config DefaultDispatcherConfig => IdConfig(DefaultDispatcherId)
        .WithFallback(Prerequisites.Settings.Config.GetConfig(DefaultDispatcherId));

    public MessageDispatcher DefaultGlobalDispatcher => Lookup(DefaultDispatcherId);

    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The section of <paramref name="id"/>; a section that is a string is an alias of another one.</summary>
    public static Config GetConfig(Config config, string id, int depth = 0)
    {
        if (depth > MaxAliasDepth)
            throw new ConfigurationException($"Couldn't find a concrete dispatcher after following {MaxAliasDepth} deep: {id}");
        if (!config.HasPath(id))
            throw new ConfigurationException($"Dispatcher [{id}] not configured.");
        return config.GetValue(id) is { } value && value.IsString()
            ? GetConfig(config, value.GetString(), depth + 1)
            : config.GetConfig(id);
    }

    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || Prerequisites.Settings.Config.HasPath(id);

    public MessageDispatcher Lookup(string dispatcherName) =>
        Configurator(string.IsNullOrEmpty(dispatcherName) ? DefaultDispatcherId : dispatcherName).Dispatcher();

    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) =>
        _configurators.TryAdd(id, configurator);

    private static Config IdConfig(string id) => ConfigurationFactory.ParseString($"id: {Quoted(id)}");

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private MessageDispatcherConfigurator Configurator(string id)
    {
        if (_configurators.TryGetValue(id, out var known))
            return known;
        lock (_configurators)
            return _configurators.TryGetValue(id, out known) ? known : _configurators[id] = Make(id);
    }

    private MessageDispatcherConfigurator Make(string id)
    {
        var section = GetConfig(Prerequisites.Settings.Config, id);
        var config = IdConfig(id).WithFallback(section).WithFallback(DefaultDispatcherConfig);
        var typeName = config.GetString("type", null);
        switch (typeName)
        {
            case "Dispatcher" or "TaskDispatcher" or "ForkJoinDispatcher":
                return new DispatcherConfigurator(config, Prerequisites);
            case null or "":
                throw new ConfigurationException($"Could not resolve dispatcher type for [{id}]: type is empty");
        }

        var type = Type.GetType(typeName)
            ?? throw new ConfigurationException($"Could not resolve dispatcher type [{typeName}] for path [{id}]");
        if (!typeof(MessageDispatcherConfigurator).IsAssignableFrom(type))
            throw new ConfigurationException($"Dispatcher type [{typeName}] for path [{id}] is no MessageDispatcherConfigurator");
        return (MessageDispatcherConfigurator)Activator.CreateInstance(type, config, Prerequisites);
    }
}
