using Akka.Actor;
using Akka.TestKit.TestActors;

namespace Akka.TestKit.Tests;

public class ProbeTests : Xunit2.TestKit
{
    [Fact]
    public void A_probe_receives_replies_and_forwards()
    {
        var probe = CreateTestProbe("probe");
        var answer = ((IActorRef)probe).Ask<string>("question", TimeSpan.FromSeconds(3));
        probe.ExpectMsg("question");
        probe.Reply("answer");
        Assert.Equal("answer", answer.Result);

        var other = CreateTestProbe();
        TestActor.Tell("seen by the test");
        probe.Ref.Tell("on", other.Ref);
        probe.ExpectMsg("on");
        probe.Forward(other.Ref);
        other.ExpectMsgFrom(other.Ref, "on");
        probe.Send(other.Ref, "direct");
        other.ExpectMsgFrom(probe.Ref, "direct");
        ExpectMsg("seen by the test");
        Assert.Equal("probe", probe.Ref.Path.Name);
    }

    [Fact]
    public void A_probe_can_stand_for_an_actor_everywhere()
    {
        var probe = CreateTestProbe();
        var watched = Watch(probe.Ref);
        Sys.Stop(probe);

        ExpectTerminated(watched);
        Assert.True(probe.Equals(probe.Ref));
    }

    [Fact]
    public void A_pilot_replies_before_the_test_looks()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell("auto " + message);
            return Equals(message, "last") ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));
        foreach (var message in (string[])["first", "last", "late"])
            probe.Ref.Tell(message, TestActor);

        ExpectMsg("auto first");
        ExpectMsg("auto last");
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Assert.Equal(["first", "last", "late"], probe.ReceiveN(3));
    }

    [Fact]
    public void A_child_of_the_test_actor_fails_by_its_own_strategy()
    {
        var resumed = ChildActorOf(Props.Create(() => new Counter()), "resumed", new OneForOneStrategy(_ => Directive.Resume));
        var restarted = ChildActorOf(Props.Create(() => new Counter()));
        foreach (var child in (IActorRef[])[resumed, restarted])
        {
            child.Tell("count");
            child.Tell("fail");
            child.Tell("count");
        }

        Assert.Equal([1, 1, 1, 2], ReceiveN(4).Cast<int>().Order());
        Assert.Equal(TestActor.Path / "resumed", resumed.Path);
    }

    [Fact]
    public void What_a_stopping_probe_has_not_seen_becomes_dead_letters()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.DeadLetter));
        probe.Ref.Tell("unseen");
        Sys.Stop(probe.Ref);

        ExpectMsg<Akka.Event.DeadLetter>(letter => Equals(letter.Message, "unseen"));
    }

    [Fact]
    public void An_echo_actor_shows_the_test_what_it_gets()
    {
        var probe = CreateTestProbe();
        Sys.ActorOf(EchoActor.Props(this)).Tell("x", probe.Ref);

        ExpectMsg("x");
        probe.ExpectMsg("x");
    }

    [Fact]
    public void A_system_that_was_started_without_the_settings_of_the_test_kit_gets_them_from_nobody()
    {
        using var without = ActorSystem.Create("without", "akka.loglevel = OFF");
        Assert.Throws<Configuration.ConfigurationException>(() => CreateTestProbe(without));

        using var with = ActorSystem.Create("with", "akka.loglevel = OFF");
        with.Settings.InjectTopLevelFallback(DefaultConfig);
        var probe = CreateTestProbe(with);
        probe.Ref.Tell("x");
        probe.ExpectMsg("x");
    }

    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter()
        {
            Receive<string>(text =>
            {
                if (text == "fail")
                    throw new InvalidOperationException("on purpose");
                Sender.Tell(++_count);
            });
        }
    }
}
