#nullable disable
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>A tree of actors with its configuration, dispatchers, scheduler and event stream.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    protected ActorSystem()
    {
    }

    public abstract Settings Settings { get; }

    public abstract string Name { get; }

    public abstract IActorRef DeadLetters { get; }

    /// <summary>Swallows everything without a trace.</summary>
    public abstract IActorRef IgnoreRef { get; }

    public abstract Dispatchers Dispatchers { get; }

    public abstract Mailboxes Mailboxes { get; }

    public abstract EventStream EventStream { get; }

    public abstract IScheduler Scheduler { get; }

    public abstract ILoggingAdapter Log { get; }

    /// <summary>The serializers and what they serve.</summary>
    public abstract Serialization.Serialization Serialization { get; }

    /// <summary>When the system started, on the scheduler's monotonic clock.</summary>
    public TimeSpan StartTime { get; private protected set; }

    public TimeSpan Uptime => Scheduler.MonotonicClock - StartTime;

    /// <summary>Completed once all actors have stopped and all termination callbacks have run.</summary>
    public abstract Task WhenTerminated { get; }

    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, Config config) => Make(name, config, ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        return Make(name, bootstrap.FlatSelect(b => b.Config).GetOrElse(ConfigurationFactory.Empty), setup);
    }

    public abstract IActorRef ActorOf(Props props, string name = null);

    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    public abstract ActorSelection ActorSelection(string actorPath);

    public abstract T GetExtension<T>()
        where T : class, IExtension;

    public abstract object GetExtension(IExtensionId extensionId);

    public abstract bool HasExtension(Type type);

    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    public abstract bool TryGetExtension(Type extensionType, out object extension);

    public abstract bool TryGetExtension<T>(out T extension)
        where T : class, IExtension;

    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>Runs after all actors have stopped; the last one registered runs first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops an actor below /user, or /system, or any other one.</summary>
    public abstract void Stop(IActorRef actor);

    /// <summary>Stops all actors, by way of <see cref="CoordinatedShutdown"/> unless configured otherwise.</summary>
    public abstract Task Terminate();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    private protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        var end = Terminate();

        // Under a simulation, it is the pump that ends the system, and it may run on this very thread.
        if (Dispatchers.Lookup(Akka.Dispatch.Dispatchers.InternalDispatcherId) is Dispatcher)
            end.Wait();
    }

    private static ActorSystem Make(string name, Config config, ActorSystemSetup setup)
    {
        var system = new ActorSystemImpl(name, config, setup, Option<Props>.None);
        system.Start();
        return system;
    }
}
