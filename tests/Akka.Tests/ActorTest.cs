using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests;

/// <summary>A system for one test, and actors made of functions.</summary>
public abstract class ActorTest : IDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected ActorTest(string hocon = "")
    {
        var config = ConfigurationFactory.ParseString(hocon)
            .WithFallback(ConfigurationFactory.ParseString("akka { loglevel = off, stdout-loglevel = off }"));
        Sys = ActorSystem.Create("test", config);
        Probe = new Probe(Sys);
    }

    protected ActorSystem Sys { get; }

    protected Probe Probe { get; }

    public void Dispose()
    {
        Assert.True(Sys.Terminate().Wait(Patience), "the system did not terminate");
        GC.SuppressFinalize(this);
    }
}

/// <summary>An actor that keeps what it gets for the test to take.</summary>
public sealed class Probe
{
    private readonly BlockingCollection<(object Message, IActorRef Sender)> _seen = [];

    public Probe(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new ProbeActor(_seen)));

    public IActorRef Ref { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    public object Next()
    {
        Assert.True(_seen.TryTake(out var next, TimeSpan.FromSeconds(60)), "nothing came");
        LastSender = next.Sender;
        return next.Message;
    }

    public T Next<T>() => Assert.IsType<T>(Next(), exactMatch: false);

    public void Expect(params object[] messages)
    {
        foreach (var message in messages)
            Assert.Equal(message, Next());
    }

    /// <summary>Nothing is there once everything that was sent before has arrived.</summary>
    public void ExpectNothingMore()
    {
        Ref.Tell("marker", ActorRefs.NoSender);
        Expect("marker");
    }

    public void Watch(IActorRef subject)
    {
        Ref.Tell(new WatchCommand(subject), ActorRefs.NoSender);
        Expect("watching");
    }

    public void ExpectEndOf(IActorRef subject) => Assert.Equal(subject, Next<Terminated>().ActorRef);

    private sealed record WatchCommand(IActorRef Subject);

    private sealed class ProbeActor(BlockingCollection<(object, IActorRef)> seen) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is WatchCommand watch)
            {
                Context.Watch(watch.Subject);
                message = "watching";
            }

            seen.Add((message, Sender));
        }
    }
}

/// <summary>An actor made of functions, which tells a probe of its hooks.</summary>
public sealed class Scripted : UntypedActor
{
    private readonly Script _script;

    public Scripted(Script script)
    {
        _script = script;
        script.Constructor?.Invoke(Context);
    }

    protected override void PreStart() => _script.PreStart?.Invoke(Context);

    protected override void PostStop() => _script.PostStop?.Invoke(Context);

    protected override void PreRestart(Exception reason, object message)
    {
        if (_script.PreRestart is { } hook)
            hook(Context, reason, message);
        else
            base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        if (_script.PostRestart is { } hook)
            hook(Context, reason);
        else
            base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => _script.Strategy!;

    protected override void OnReceive(object message)
    {
        if (message is Exception failure)
            throw failure;
        if (message is Props props)
            Sender.Tell(Context.ActorOf(props));
        else if (message is Action<IActorContext> action)
            action(Context);
        else if (_script.Receive is { } receive)
            receive(Context, message);
        else
            Unhandled(message);
    }

    public sealed record Script
    {
        public Action<IActorContext>? Constructor { get; init; }

        public Action<IActorContext>? PreStart { get; init; }

        public Action<IActorContext>? PostStop { get; init; }

        public Action<IActorContext, Exception, object>? PreRestart { get; init; }

        public Action<IActorContext, Exception>? PostRestart { get; init; }

        public Action<IActorContext, object>? Receive { get; init; }

        public SupervisorStrategy? Strategy { get; init; }

        public Props ToProps()
        {
            var script = this;
            return Props.Create(() => new Scripted(script));
        }
    }
}
