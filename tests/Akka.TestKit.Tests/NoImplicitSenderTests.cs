using Akka.Actor;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class NoImplicitSenderTests : Xunit2.TestKit, INoImplicitSender
{
    [Fact]
    public void The_test_actor_is_not_the_sender()
    {
        Sys.ActorOf(EchoActor.Props(this, echoBackToSenderAsWell: false)).Tell("x");
        ExpectMsg("x");

        Assert.Equal(Sys.DeadLetters, LastSender);
    }

    [Fact]
    public void A_sender_may_be_given()
    {
        Sys.ActorOf(SimpleEchoActor.Props()).Tell("x", TestActor);
        ExpectMsg("x");
    }
}
