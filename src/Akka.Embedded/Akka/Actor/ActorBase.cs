#nullable disable
using Akka.Event;

namespace Akka.Actor;

/// <summary>The base of all actors: state and behaviour that only messages reach, one at a time.</summary>
public abstract class ActorBase : IInternalActor
{
    /// <summary>The cell; once the actor is discarded, the handle that it had.</summary>
    private object _cellOrSelf;

    protected ActorBase()
    {
        var cell = InternalCurrent.Cell ?? throw new ActorInitializationException(
            "Do not create actors using 'new', always create them using an ActorContext/System");
        _cellOrSelf = cell;

        // Here, so that constructors can start timers.
        if (this is IWithTimers timing)
            timing.Timers = new TimerScheduler(cell);
    }

    IActorContext IInternalActor.ActorContext => CurrentCell();

    protected static IActorContext Context => CurrentCell();

    /// <summary>The behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive { get; } = _ => false;

    /// <summary>The sender of the current message, or dead letters when there is none.</summary>
    protected IActorRef Sender => CurrentCell().Sender;

    protected IActorRef Self => _cellOrSelf is ActorCell cell ? cell.Self : (IActorRef)_cellOrSelf;

    public virtual void AroundPreRestart(Exception cause, object message)
    {
        if (this is IWithTimers { Timers: { } timers })
            timers.CancelAll();
        PreRestart(cause, message);
    }

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    public virtual void AroundPostStop()
    {
        if (this is IWithTimers { Timers: { } timers })
            timers.CancelAll();
        PostStop();
    }

    /// <summary>Every message passes here before the behaviour. True when handled.</summary>
    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message))
            return true;
        Unhandled(message);
        return false;
    }

    protected abstract bool Receive(object message);

    /// <summary>What no behaviour handled: a <see cref="Terminated"/> throws, the rest is published as unhandled.</summary>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    /// <summary>How failures of children are treated; null is the default strategy.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => null;

    protected virtual void PreStart()
    {
    }

    /// <summary>After a restart, on the new instance: starts it.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Before a restart, on the failed instance: stops its children and itself.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren().ToList())
        {
            Context.Unwatch(child);
            Context.Stop(child);
        }

        PostStop();
    }

    protected virtual void PostStop()
    {
    }

    internal bool Handle(object message)
    {
        if (Receive(message))
            return true;
        Unhandled(message);
        return false;
    }

    internal Receive DefaultBehaviour() => Receive;

    internal SupervisorStrategy StrategyOf() => SupervisorStrategy();

    internal void Clear(IActorRef self) => _cellOrSelf = self;

    internal void Attach(ActorCell cell) => _cellOrSelf = cell;

    private static ActorCell CurrentCell() => InternalCurrent.Cell ?? throw new NotSupportedException(
        "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");
}
