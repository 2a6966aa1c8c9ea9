using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.TestActors;

namespace Akka.Tests.Event;

public class EventStreamTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(30);

    private readonly EventStream _bus = new(false);

    public EventStreamTests() : base(ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF, akka.actor.debug.unhandled = on, akka.loglevel = DEBUG, akka.test { single-expect-default = 30s, filter-leeway = 30s }"))
    {
    }

    private interface IMark;

    private class Animal;

    private sealed class Dog : Animal, IMark;

    private class Cat : Animal;

    private sealed class Kitten : Cat;

    [Fact]
    public void A_subscriber_gets_its_class_and_what_derives_from_it()
    {
        Assert.True(_bus.Subscribe(TestActor, typeof(Animal)));
        Assert.False(_bus.Subscribe(TestActor, typeof(Animal)));

        var dog = new Dog();
        _bus.Publish(new object());
        _bus.Publish(dog);
        ExpectMsg(dog);
        ExpectNoMsg(Soon);
    }

    [Fact]
    public void Interfaces_are_classes_too_and_nobody_gets_an_event_twice()
    {
        _bus.Subscribe<IMark>(TestActor);
        _bus.Subscribe<Animal>(TestActor);
        _bus.Subscribe<Dog>(TestActor);

        _bus.Publish(new Dog());
        ExpectMsg<Dog>();
        ExpectNoMsg(Soon);
    }

    [Fact]
    public void A_sub_class_can_be_taken_out_of_a_subscription()
    {
        _bus.Subscribe(TestActor, typeof(Dog));
        _bus.Publish(new Kitten());
        _bus.Subscribe(TestActor, typeof(Animal));
        _bus.Publish(new Kitten());
        ExpectMsg<Kitten>();

        Assert.True(_bus.Unsubscribe(TestActor, typeof(Cat)));
        _bus.Publish(new Kitten());
        _bus.Publish(new Cat());
        _bus.Publish(new Dog());
        ExpectMsg<Dog>();
        Assert.True(_bus.Unsubscribe(TestActor));
        Assert.False(_bus.Unsubscribe(TestActor));
        _bus.Publish(new Dog());
        ExpectNoMsg(Soon);
    }

    [Fact]
    public void Nobody_cannot_subscribe()
    {
        Assert.Throws<ArgumentNullException>(() => _bus.Subscribe(null, typeof(Animal)));
        Assert.Throws<ArgumentNullException>(() => _bus.Unsubscribe(null, typeof(Animal)));
        Assert.Throws<ArgumentNullException>(() => _bus.Unsubscribe(null));
    }

    [Fact]
    public void An_actor_that_stops_is_unsubscribed()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe, typeof(Animal));
        Watch(probe);
        Sys.Stop(probe);
        ExpectTerminated(probe.Ref);

        AwaitCondition(() => !Sys.EventStream.Unsubscribe(probe.Ref), null, TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public void What_nobody_handles_is_published_and_logged_at_debug_level()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new UnhandledMessageActor()));
        EventFilter.Debug(start: "Unhandled message from " + TestActor.Path).ExpectOne(() => actor.Tell("x"));

        ExpectMsg<UnhandledMessage>(unhandled => unhandled.Message.Equals("x") && unhandled.Sender.Equals(TestActor) && unhandled.Recipient.Equals(actor));
    }

    [Fact]
    public void Letters_to_the_dead_are_published_some_kinds_under_another_name()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));
        Sys.DeadLetters.Tell("x", TestActor);
        ExpectMsg<DeadLetter>(letter => letter.Message.Equals("x") && letter.Sender.Equals(TestActor));
        Sys.DeadLetters.Tell(new Quiet(), TestActor);
        ExpectMsg<SuppressedDeadLetter>();
    }

    private sealed class Quiet : IDeadLetterSuppression;
}
