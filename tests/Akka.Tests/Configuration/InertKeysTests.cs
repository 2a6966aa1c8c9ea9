using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Configuration;

public sealed class InertKeysTests
{
    [Theory]
    [InlineData("akka.actor.creation-timeout = 5s", "akka.actor.creation-timeout")]
    [InlineData("akka.io.tcp.max-channels = 5, akka.actor.router.type-mapping.x = y", "akka.actor.router.type-mapping.x, akka.io.tcp.max-channels")]
    [InlineData("akka.actor.default-dispatcher.fork-join-executor.parallelism-min = 2", "akka.actor.default-dispatcher.fork-join-executor")]
    [InlineData("akka.actor.my-dispatcher { type = ForkJoinDispatcher, dedicated-thread-pool { thread-count = 3 } }", "akka.actor.my-dispatcher.dedicated-thread-pool")]
    [InlineData("akka.actor.creation-timeout = 20s, akka.daemonic = off, akka.actor.default-dispatcher.throughput = 5", null)]
    [InlineData("akka.actor.my-dispatcher { type = Dispatcher, throughput = 3, executor = default-executor }", null)]
    [InlineData("akka.persistence.journal.own.setting = 1, my.own = 2", null)]
    public void Keys_without_effect_are_named_once(string hocon, string? expected)
    {
        var warnings = new List<Warning>();
        Capture.Seen = warnings;
        var settings = new Settings(null!, ConfigurationFactory.ParseString(hocon));
        var bus = new EventStream(debug: false);
        bus.Subscribe(new Capture(), typeof(Warning));
        Embedded.InertKeys.Warn(settings, new BusLogging(bus, "test", typeof(InertKeysTests), DefaultLogMessageFormatter.Instance));
        Assert.Equal(
            expected is null ? [] : [$"These configuration keys have no effect in this runtime: {expected}"],
            warnings.Select(w => w.Message.ToString()));
    }

    private sealed class Capture : MinimalActorRef
    {
        [ThreadStatic]
        public static List<Warning>? Seen;

        public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "test"), "/capture");

        public override IActorRefProvider Provider => null!;

        protected override void TellInternal(object message, IActorRef sender) => Seen!.Add((Warning)message);
    }
}
