using Akka.Actor;

namespace ActorPlane.Tracing;

/// <summary>
/// <see cref="TracedActor"/> for the kinds of actor that there are tens of thousands of: without a table of handlers for
/// each of them.
/// </summary>
public abstract class TracedUntypedActor : UntypedActor
{
    private readonly Tracer _tracer = Tracer.Of(Context.System);

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        _tracer.Observe(message, Sender, Self);
        return base.AroundReceive(receive, message);
    }
}
