using ActorPlane.TestKit;
using Akka.Actor;
using Xunit.Sdk;

namespace ActorPlane.Simulation.Tests;

/// <summary>Akka's probes in virtual time.</summary>
public sealed class SimulationTestKitTests : IDisposable
{
    private readonly Simulation _simulation = Simulation.Start(new SimulationOptions());
    private readonly SimulationTestKit _kit;

    public SimulationTestKitTests() => _kit = new SimulationTestKit(_simulation);

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void A_probe_waits_for_hours_of_virtual_time()
    {
        var probe = _kit.CreateTestProbe();
        _simulation.System.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(3), probe.Ref, "late", ActorRefs.NoSender);

        Assert.Equal("late", _kit.Expect<string>(probe, TimeSpan.FromHours(4)));

        Assert.Equal(TimeSpan.FromHours(3), _simulation.Elapsed);
    }

    [Fact]
    public void A_probe_that_gets_nothing_fails_the_test()
    {
        var probe = _kit.CreateTestProbe();
        _simulation.System.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(3), probe.Ref, "late", ActorRefs.NoSender);

        Assert.ThrowsAny<XunitException>(() => _kit.Expect<string>(probe, TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.FromHours(2), _simulation.Elapsed);
    }

    [Fact]
    public void A_message_of_another_type_fails_the_test()
    {
        var probe = _kit.CreateTestProbe();
        probe.Ref.Tell(5, ActorRefs.NoSender);

        Assert.ThrowsAny<XunitException>(() => _kit.Expect<string>(probe, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Silence_can_be_expected()
    {
        var probe = _kit.CreateTestProbe();
        _simulation.System.Scheduler.ScheduleTellOnce(TimeSpan.FromMinutes(10), probe.Ref, "late", ActorRefs.NoSender);

        _kit.ExpectNone(probe, TimeSpan.FromMinutes(9));

        Assert.Equal(TimeSpan.FromMinutes(9), _simulation.Elapsed);
        Assert.ThrowsAny<XunitException>(() => _kit.ExpectNone(probe, TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void While_something_runs_at_once_no_run_is_needed()
    {
        var heard = new List<string>();
        var actor = _simulation.System.ActorOf(Props.Create(() => new Hearer(heard)));

        using (_simulation.RunAtOnce()) actor.Tell("at once", ActorRefs.NoSender);
        actor.Tell("later", ActorRefs.NoSender);

        Assert.Equal(["at once"], heard);
        _simulation.Drain();
        Assert.Equal(["at once", "later"], heard);
    }

    [Fact]
    public void A_probe_talks_to_actors_and_watches_them()
    {
        var probe = _kit.CreateTestProbe();
        var echo = _simulation.System.ActorOf(Props.Create(() => new Echo()), "echo");
        probe.Watch(echo);

        echo.Tell("hello", probe.Ref);

        Assert.Equal("hello", _kit.Expect<string>(probe, TimeSpan.FromSeconds(1)));
        Assert.Equal(echo, probe.LastSender);
        probe.Reply("stop");
        Assert.Equal(echo, _kit.Expect<Terminated>(probe, TimeSpan.FromSeconds(1)).ActorRef);
    }

    [Fact]
    public void Probes_have_the_same_names_in_every_run()
    {
        using var other = Simulation.Start(new SimulationOptions());

        Assert.Equal(_kit.CreateTestProbe().Ref.Path, new SimulationTestKit(other).CreateTestProbe().Ref.Path);
    }

    private sealed class Hearer : ReceiveActor
    {
        public Hearer(List<string> heard) => Receive<string>(heard.Add);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo()
        {
            Receive<string>(text => text == "stop", _ => Context.Stop(Self));
            ReceiveAny(message => Sender.Tell(message));
        }
    }
}
