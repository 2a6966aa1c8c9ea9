using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Sends every message back to its sender.</summary>
public class SimpleEchoActor : ReceiveActor
{
    /// <summary>Sends every message back to its sender.</summary>
    public SimpleEchoActor() => ReceiveAny(message => Sender.Tell(message, Self));

    /// <summary>Makes one.</summary>
    public static Props Props() => Akka.Actor.Props.Create(() => new SimpleEchoActor());
}
