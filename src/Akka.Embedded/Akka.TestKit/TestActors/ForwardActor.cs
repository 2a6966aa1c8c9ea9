using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Forwards every message to another actor.</summary>
public class ForwardActor : ReceiveActor
{
    /// <param name="target">The other actor.</param>
    public ForwardActor(IActorRef target) => ReceiveAny(target.Forward);

    /// <summary>Makes one.</summary>
    public static Props Props(IActorRef target) => Akka.Actor.Props.Create(() => new ForwardActor(target));
}
