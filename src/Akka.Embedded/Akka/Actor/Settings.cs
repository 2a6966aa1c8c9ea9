#nullable disable
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The settings of an actor system, read once from its configuration.</summary>
public class Settings
{
    private readonly Config _userConfig;
    private Config _fallback;

    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        Setup = setup;
        _userConfig = config;
        _fallback = ConfigurationFactory.Default();
        RebuildConfig();
        System = system;

        ConfigVersion = Config.GetString("akka.version", null);
        ProviderClass = Config.GetString("akka.actor.provider", null);
        if (ProviderClass is not ("local" or "" or null) && !ProviderClass.StartsWith("Akka.Actor.LocalActorRefProvider", StringComparison.Ordinal))
            throw new ConfigurationException($"akka.actor.provider [{ProviderClass}] is not offered here: this runtime knows the local provider only");
        ProviderSelectionType = ProviderSelection.Local.Instance;
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy", null);
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", null, allowInfinite: true);
        LogLevel = Config.GetString("akka.loglevel", null);
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel", null);
        Loggers = Config.GetStringList("akka.loggers");
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher", Dispatchers.DefaultDispatcherId);
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout", null);
        LoggerAsyncStart = Config.GetBoolean("akka.logger-async-start");
        LogFormatter = Make<ILogMessageFormatter>("akka.logger-formatter") ?? DefaultLogMessageFormatter.Instance;
        StdoutLogger = Make<MinimalLogger>("akka.stdout-logger-class") ?? new StandardOutLogger();
        LogSerializerOverrideOnStart = Config.GetBoolean("akka.log-serializer-override-on-start");
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start");
        switch (Config.GetString("akka.log-dead-letters", null))
        {
            case "on" or "true" or "yes":
                LogDeadLetters = int.MaxValue;
                break;
            case "off" or "false" or "no":
                LogDeadLetters = 0;
                break;
            default:
                LogDeadLetters = Config.GetInt("akka.log-dead-letters");
                break;
        }

        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = Config.GetString("akka.log-dead-letters-suspend-duration", null) == "infinite"
            ? Timeout.InfiniteTimeSpan
            : Config.GetTimeSpan("akka.log-dead-letters-suspend-duration", null);
        AddLoggingReceive = Config.GetBoolean("akka.actor.debug.receive");
        DebugAutoReceive = Config.GetBoolean("akka.actor.debug.autoreceive");
        DebugLifecycle = Config.GetBoolean("akka.actor.debug.lifecycle");
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream");
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled");
        SchedulerClass = Config.GetString("akka.scheduler.implementation", null);
        SchedulerShutdownTimeout = Config.GetTimeSpan("akka.scheduler.shutdown-timeout", null);
        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
        {
            throw new ConfigurationException(
                "akka.coordinated-shutdown.run-by-actor-system-terminate=on and akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration combination.");
        }
    }

    public ActorSystem System { get; }

    public Config Config { get; private set; }

    public ActorSystemSetup Setup { get; }

    public string ConfigVersion { get; }

    public string ProviderClass { get; }

    public ProviderSelection ProviderSelectionType { get; }

    public string SupervisorStrategyClass { get; }

    public TimeSpan AskTimeout { get; }

    public string LogLevel { get; }

    public string StdoutLogLevel { get; }

    public MinimalLogger StdoutLogger { get; }

    public ILogMessageFormatter LogFormatter { get; }

    public IList<string> Loggers { get; }

    public string LoggersDispatcher { get; }

    public TimeSpan LoggerStartTimeout { get; }

    public bool LoggerAsyncStart { get; }

    public bool LogConfigOnStart { get; }

    public bool LogSerializerOverrideOnStart { get; }

    /// <summary>How many dead letters are logged; 0: none, <see cref="int.MaxValue"/>: all.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    public TimeSpan LogDeadLettersSuspendDuration { get; }

    public bool AddLoggingReceive { get; }

    public bool DebugAutoReceive { get; }

    public bool DebugEventStream { get; }

    public bool DebugLifecycle { get; }

    public bool DebugUnhandledMessage { get; }

    public string SchedulerClass { get; }

    public TimeSpan SchedulerShutdownTimeout { get; }

    public bool CoordinatedShutdownTerminateActorSystem { get; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    /// <summary>Puts the reference configuration of an extension behind everything else.</summary>
    public void InjectTopLevelFallback(Config config)
    {
        _fallback = config.SafeWithFallback(_fallback);
        RebuildConfig();
    }

    public override string ToString() => Config.ToString();

    internal Config UserConfig => _userConfig;

    private void RebuildConfig() => Config = _userConfig.SafeWithFallback(_fallback);

    private T Make<T>(string key)
        where T : class
    {
        var name = Config.GetString(key, null);
        if (string.IsNullOrEmpty(name))
            return null;
        var type = Type.GetType(name) ?? throw new ConfigurationException($"{key}: type [{name}] not found");
        var instance = type.GetProperty("Instance", typeof(T)) is { } property ? property.GetValue(null) : Activator.CreateInstance(type, nonPublic: true);
        return instance as T ?? throw new ConfigurationException($"{key}: type [{name}] is no {typeof(T).Name}");
    }
}
