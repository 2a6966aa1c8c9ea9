using Akka.Actor;

namespace ActorPlane.Tracing;

/// <summary>The base of the cluster's actors: every message that it handles is seen by the system's <see cref="Tracer"/>.</summary>
public abstract class TracedActor : ReceiveActor
{
    private readonly Tracer _tracer = Tracer.Of(Context.System);

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        _tracer.Observe(message, Sender, Self);
        return base.AroundReceive(receive, message);
    }
}
