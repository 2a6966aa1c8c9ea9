using System.Globalization;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;

namespace Akka.Event;

/// <summary>An event bus that starts the loggers of an actor system and subscribes them to the log levels that they shall see.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private static readonly LogLevel[] Levels = Enum.GetValues<LogLevel>();

    private readonly List<IActorRef> _loggers = [];
    private int _loggerCount;
    private ActorSystem _system;

    /// <summary>The lowest level that loggers see.</summary>
    public LogLevel LogLevel { get; private set; }

    /// <summary>Sets the lowest level that loggers see, for those that run as well.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        LogLevel = logLevel;
        lock (_loggers)
        {
            foreach (var logger in _loggers)
            {
                SubscribeToLevels(logLevel, logger);
                foreach (var level in Levels.Where(level => level < logLevel))
                    Unsubscribe(logger, level.ClassFor());
            }
        }
    }

    /// <summary>Lets the console logger work until the configured loggers have started.</summary>
    public void StartStdoutLogger(Settings config)
    {
        _system = config.System;
        SubscribeToLevels(Logging.LogLevelFor(config.StdoutLogLevel), config.StdoutLogger);
        Publish(new Debug(SimpleName(this), GetType(), "StandardOutLogger started"));
    }

    /// <summary>Starts the configured loggers and stops the console logger, unless that is one of them.</summary>
    /// <exception cref="ConfigurationException">A logger is not found or did not start.</exception>
    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        _system = system;
        var settings = system.Settings;
        var busName = SimpleName(this) + "(" + system.Name + ")";
        var level = Logging.LogLevelFor(settings.LogLevel);
        var keepsStandardOut = false;
        foreach (var name in settings.Loggers)
        {
            var type = Type.GetType(name) ?? throw new ConfigurationException($"Logger specified in config cannot be found: \"{name}\"");
            if (type == typeof(StandardOutLogger))
                keepsStandardOut = true;
            else
                StartLogger(system, name, type, level, busName);
        }

        LogLevel = level;
        if (settings.DebugUnhandledMessage)
            Subscribe(system.SystemActorOf(Props.Create(typeof(UnhandledMessageForwarder)), "UnhandledMessageForwarder"), typeof(UnhandledMessage));
        if (!keepsStandardOut)
        {
            Publish(new Debug(busName, GetType(), "StandardOutLogger being removed"));
            Unsubscribe(settings.StdoutLogger);
        }

        Publish(new Debug(busName, GetType(), "Default Loggers started"));
    }

    /// <summary>Lets the console logger take over from the configured loggers, which are stopped.</summary>
    internal void StopDefaultLoggers(ActorSystem system)
    {
        SubscribeToLevels(Logging.LogLevelFor(system.Settings.StdoutLogLevel), system.Settings.StdoutLogger);
        Publish(new Debug(SimpleName(this), GetType(), "Shutting down: StandardOutLogger started"));
        lock (_loggers)
        {
            foreach (var logger in _loggers)
            {
                Unsubscribe(logger);
                if (logger is IInternalActorRef running)
                    running.Stop();
            }

            _loggers.Clear();
        }

        Publish(new Debug(SimpleName(this), GetType(), "All default loggers stopped"));
    }

    /// <summary>The time of a log event: the scheduler's, so that a simulated system logs simulated time.</summary>
    internal DateTime Now => (_system?.Scheduler?.Now ?? DateTimeOffset.UtcNow).UtcDateTime;

    /// <inheritdoc />
    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    /// <inheritdoc />
    protected override Type GetClassifier(object @event) => @event.GetType();

    /// <inheritdoc />
    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    /// <inheritdoc />
    protected override void Publish(object @event, IActorRef subscriber)
    {
        if (@event is LogEvent { HasTimestamp: false } unstamped)
            unstamped.StampWith(Now);
        subscriber.Tell(@event, ActorRefs.NoSender);
    }

    private void StartLogger(ActorSystemImpl system, string name, Type type, LogLevel level, string busName)
    {
        var settings = system.Settings;
        var actorName = "log" + ++_loggerCount + "-" + SimpleName(type);
        try
        {
            var logger = system.SystemActorOf(Props.Create(type).WithDispatcher(settings.LoggersDispatcher), actorName);
            if (settings.LoggerAsyncStart)
            {
                StartAsync(system, logger, finished =>
                {
                    if (finished.IsCompletedSuccessfully && finished.Result is LoggerInitialized)
                        LoggerStarted(logger, type, actorName, level, busName);
                    else
                        Publish(new Error(finished.Exception, busName, GetType(), $"Logger [{name}] specified in config cannot be loaded"));
                });
                return;
            }

            var answer = logger.Ask(new InitializeLogger(this), settings.LoggerStartTimeout);
            object response = null;
            try
            {
                response = answer.GetAwaiter().GetResult();
            }
            catch (Exception timeout) when (timeout is TaskCanceledException or AskTimeoutException)
            {
                Publish(new Warning(busName, GetType(),
                    $"Logger {actorName} [{type.FullName}] did not respond within {settings.LoggerStartTimeout} to InitializeLogger(bus)"));
            }

            if (response is not LoggerInitialized)
                throw new LoggerInitializationException($"Logger {actorName} [{type.FullName}] did not respond with LoggerInitialized, sent instead {response}");
            LoggerStarted(logger, type, actorName, level, busName);
        }
        catch (Exception cause)
        {
            throw new ConfigurationException($"Logger [{name}] specified in config cannot be loaded: {cause}", cause);
        }
    }

    // Not an Ask: its task would finish on the thread pool, where a simulation has no say.
    private void StartAsync(ActorSystemImpl system, IActorRef logger, Action<Task<object>> finished)
    {
        var promise = new TaskCompletionSource<object>();
        var timeout = system.Scheduler.Advanced.ScheduleOnceCancelable(
            system.Settings.LoggerStartTimeout, () => promise.TrySetException(new AskTimeoutException($"Timeout after {system.Settings.LoggerStartTimeout}")));
        promise.Task.ContinueWith(
            task =>
            {
                timeout.Cancel();
                finished(task);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        logger.Tell(new InitializeLogger(this), system.Provider.CreateFutureRef(promise));
    }

    private void LoggerStarted(IActorRef logger, Type type, string actorName, LogLevel level, string busName)
    {
        lock (_loggers)
            _loggers.Add(logger);
        SubscribeToLevels(level, logger);
        Publish(new Debug(busName, GetType(), $"Logger {actorName} [{type.Name}] started"));
    }

    private void SubscribeToLevels(LogLevel lowest, IActorRef logger)
    {
        foreach (var level in Levels.Where(level => level >= lowest))
            Subscribe(logger, level.ClassFor());
    }

    /// <summary>Tells the log at debug level of every message that an actor did not handle.</summary>
    private sealed class UnhandledMessageForwarder : ActorBase
    {
        protected override bool Receive(object message)
        {
            if (message is not UnhandledMessage unhandled)
                return false;
            var sender = unhandled.Sender.IsNobody() ? "NoSender" : unhandled.Sender.Path.ToString();
            Context.System.EventStream.Publish(new Debug(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(),
                string.Format(CultureInfo.InvariantCulture, "Unhandled message from {0} : {1}", sender, unhandled.Message)));
            return true;
        }
    }
}
