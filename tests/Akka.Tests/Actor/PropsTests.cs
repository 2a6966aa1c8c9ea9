using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actor;

public sealed class PropsTests : ActorTest
{
    [Fact]
    public void Arguments_of_an_expression_are_evaluated_when_the_props_are_made()
    {
        var number = 1;
        var props = Props.Create(() => new Holder(number, "a" + number));
        number = 2;
        Assert.Equal([1, "a1"], props.Arguments);
        Assert.Equal("1 a1", Sys.ActorOf(props).Ask<string>("?", Patience).Result);
        Assert.Equal("1 a1", Sys.ActorOf(Props.Create<Holder>(1, "a1")).Ask<string>("?", Patience).Result);
        Assert.Equal("1 a1", Sys.ActorOf(Props.Create(typeof(Holder), 1, "a1")).Ask<string>("?", Patience).Result);
        Assert.Equal(Props.Create<Holder>(1, "a1"), props);
        Assert.NotEqual(Props.Create<Holder>(1, "b"), props);
        Assert.Throws<ArgumentException>(() => Props.Create(() => Make()));
    }

    [Fact]
    public void With_leaves_the_original_alone()
    {
        var props = Props.Create<Holder>(1, "a");
        var changed = props.WithDispatcher("d").WithMailbox("m").WithStashCapacity(3).WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy);
        Assert.Equal(("d", "m", 3), (changed.Dispatcher, changed.Mailbox, changed.Deploy.StashCapacity));
        Assert.Same(SupervisorStrategy.StoppingStrategy, changed.SupervisorStrategy);
        Assert.Equal("akka.actor.default-dispatcher", props.Dispatcher);
        Assert.Null(props.SupervisorStrategy);
    }

    [Fact]
    public void A_producer_makes_the_instances_and_gets_them_back()
    {
        var producer = new Producer();
        var actor = Sys.ActorOf(Props.CreateBy(producer));
        Probe.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        Probe.ExpectEndOf(actor);
        Assert.True(SpinWait.SpinUntil(() => producer.Released == 1, Patience));
        Assert.Equal(1, producer.Made);
    }

    [Fact]
    public void A_dispatcher_that_is_not_configured_is_an_error() =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create<Holder>(1, "a").WithDispatcher("no.such")));

    [Fact]
    public void Names_are_checked()
    {
        foreach (var name in new[] { "", "$a", "a b", "ä", "a/b", "%2" })
            Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Props.Empty, name));
        foreach (var name in new[] { "a", "-", "a$", "%20", "a.b:c@d" })
            Assert.Equal(name, Sys.ActorOf(Props.Empty, name).Path.Name);
        Assert.Equal("$b", Sys.ActorOf(Props.Empty).Path.Name);
    }

    [Fact]
    public void Actors_are_not_made_by_new() => Assert.Throws<ActorInitializationException>(() => new Holder(1, ""));

    private static Holder Make() => new(1, "");

    private sealed class Holder : ReceiveActor
    {
        public Holder(int number, string text) => ReceiveAny(_ => Sender.Tell($"{number} {text}"));
    }

    private sealed class Producer : IIndirectActorProducer
    {
        public int Made { get; private set; }

        public int Released { get; private set; }

        public Type ActorType => typeof(Holder);

        public ActorBase Produce()
        {
            Made++;
            return new Holder(1, "made");
        }

        public void Release(ActorBase actor) => Released++;
    }
}
