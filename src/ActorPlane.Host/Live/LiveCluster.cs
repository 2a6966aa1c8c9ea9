using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Microsoft.Extensions.Logging;

namespace ActorPlane.Host.Live;

/// <summary>A cluster in real time, on the thread pool.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    private readonly JournalFile? _journal;
    private readonly ILoggerFactory _logging;

    private LiveCluster(ActorSystem system, JournalFile? journal, ILoggerFactory logging)
    {
        (System, _journal, _logging) = (system, journal, logging);
    }

    /// <summary>The actor system; its processes are not started yet.</summary>
    public ActorSystem System { get; }

    /// <summary>The host's loggers.</summary>
    public ILoggerFactory Logging => _logging;

    /// <summary>Starts the actor system.</summary>
    /// <param name="journal">Where etcd's journal is kept, disposed of with the cluster; null keeps it in memory.</param>
    /// <param name="user">HOCON over the defaults.</param>
    /// <param name="speed">Cluster seconds in a wall second.</param>
    public static LiveCluster Start(JournalFile? journal, Config user, double speed)
    {
        var logging = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(LogLevel.Information)
            .AddSimpleConsole(console => console.SingleLine = true)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(HostConfig.ForLive(user, journal?.Path, speed)), new LoggingSetup(logging));
        var system = ActorSystem.Create("actorplane", setup);
        if (system.Scheduler is SpeedScheduler scheduler) scheduler.Speed = speed;
        return new LiveCluster(system, journal, logging);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await System.Terminate().ConfigureAwait(false);
        _journal?.Dispose();
        _logging.Dispose();
    }
}
