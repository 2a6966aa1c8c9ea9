using Akka.Actor;

namespace Akka.TestKit.Tests;

public class TestActorRefTests : Xunit2.TestKit
{
    [Fact]
    public void A_test_actor_runs_on_the_thread_of_the_test()
    {
        var actor = ActorOfAsTestActorRef<Recorder>("recorder");
        actor.Tell("x");

        Assert.Equal(["x"], actor.UnderlyingActor.Seen);
        Assert.Equal(Environment.CurrentManagedThreadId, actor.UnderlyingActor.Thread);
        Assert.Equal("akka://test/user/recorder", actor.Path.ToString());
        ExpectMsg("x");
    }

    [Fact]
    public void What_it_throws_the_test_gets()
    {
        var actor = ActorOfAsTestActorRef(() => new Recorder());

        Assert.Throws<InvalidOperationException>(() => actor.Receive("fail"));
        actor.Receive("y", TestActor);
        ExpectMsg("y");
    }

    [Fact]
    public void It_restarts_and_stops_as_any_actor()
    {
        var actor = ActorOfAsTestActorRef<Recorder>();
        var first = actor.UnderlyingActor;
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell("fail"));
        // Its supervisor logs before it restarts it, and an end is told before the actor is let go of.
        AwaitAssert(() => Assert.NotSame(first, actor.UnderlyingActor), TimeSpan.FromSeconds(30));

        Watch(actor);
        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(actor.Ref);
        AwaitAssert(() => Assert.Throws<IllegalActorStateException>(() => actor.UnderlyingActor), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void It_can_have_a_parent_and_watch()
    {
        var parent = ActorOfAsTestActorRef<Recorder>();
        var child = ActorOfAsTestActorRef<Recorder>(parent, "child");
        Assert.Equal(parent.Path / "child", child.Path);

        var watched = CreateTestProbe();
        child.Watch(watched);
        Sys.Stop(watched);
        AwaitCondition(() => child.UnderlyingActor.Seen.OfType<Terminated>().Any());
        Assert.True(child == child.Ref);
    }

    private sealed class Recorder : ReceiveActor
    {
        public Recorder()
        {
            ReceiveAny(message =>
            {
                if (Equals(message, "fail"))
                    throw new InvalidOperationException("on purpose");
                Seen.Add(message);
                Thread = Environment.CurrentManagedThreadId;
                Sender.Tell(message);
            });
        }

        public List<object> Seen { get; } = [];

        public int Thread { get; private set; }
    }
}
