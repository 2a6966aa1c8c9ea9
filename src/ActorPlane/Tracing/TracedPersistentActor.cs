using Akka.Actor;
using Akka.Persistence;

namespace ActorPlane.Tracing;

/// <summary><see cref="TracedActor"/> for actors whose state is event-sourced.</summary>
public abstract class TracedPersistentActor : ReceivePersistentActor
{
    private readonly Tracer _tracer = Tracer.Of(Context.System);

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        // Messages that arrive during recovery are stashed and come by again: they count when they are handled.
        if (!IsRecovering) _tracer.Observe(message, Sender, Self);
        return base.AroundReceive(receive, message);
    }
}
