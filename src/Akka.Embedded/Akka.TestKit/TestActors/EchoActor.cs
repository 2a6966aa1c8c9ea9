using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Sends every message to the test actor, and back to its sender.</summary>
public class EchoActor : ReceiveActor
{
    /// <param name="testkit">Whose test actor sees the messages.</param>
    /// <param name="echoBackToSenderAsWell">Whether the sender, if it is another one, gets them as well.</param>
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true)
    {
        ReceiveAny(message =>
        {
            var testActor = testkit.TestActor;
            if (echoBackToSenderAsWell && !Equals(testActor, Sender))
                Sender.Forward(message);
            testActor.Tell(message, Sender);
        });
    }

    /// <summary>Makes one.</summary>
    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Akka.Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}
