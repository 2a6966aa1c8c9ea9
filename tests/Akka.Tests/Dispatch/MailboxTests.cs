using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Event;
using Script = Akka.Tests.Scripted.Script;

namespace Akka.Tests.Dispatch;

public sealed class MailboxTests() : ActorTest("""
    by-number { mailbox-type = "Akka.Tests.Dispatch.MailboxTests+ByNumber, Akka.Tests" }
    small { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 2, mailbox-push-timeout-time = 1ms }
    slow { type = Dispatcher, throughput = 1 }
    akka.actor.deployment {
      /deployed { mailbox = small, dispatcher = slow }
      "/many/*" { dispatcher = slow }
    }
    """)
{
    [Fact]
    public void The_lowest_number_goes_first_and_equal_ones_keep_their_order()
    {
        var actor = Sys.ActorOf(new Script { Receive = (_, m) => Probe.Ref.Tell(m) }.ToProps().WithMailbox("by-number"));
        var gate = new ManualResetEventSlim();
        actor.Tell((Action<IActorContext>)(_ => gate.Wait(Patience)));
        foreach (var message in new[] { "3 a", "1 a", "2 a", "1 b" })
            actor.Tell(message);
        gate.Set();
        Probe.Expect("1 a", "1 b", "2 a", "3 a");
    }

    [Fact]
    public void What_does_not_fit_into_a_bounded_mailbox_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(Probe.Ref, typeof(DeadLetter));
        var actor = Sys.ActorOf(new Script { Receive = (_, m) => Probe.Ref.Tell(m) }.ToProps(), "deployed");
        var entered = new ManualResetEventSlim();
        var gate = new ManualResetEventSlim();
        actor.Tell((Action<IActorContext>)(_ =>
        {
            entered.Set();
            gate.Wait(Patience);
        }));
        Assert.True(entered.Wait(Patience));
        foreach (var i in new[] { 1, 2, 3 })
            actor.Tell(i);
        Assert.Equal(3, Probe.Next<DeadLetter>().Message);
        gate.Set();
        Probe.Expect(1, 2);
    }

    [Fact]
    public void Deployment_beats_props_and_knows_wildcards()
    {
        var deployed = (LocalActorRef)Sys.ActorOf(Props.Empty, "deployed");
        Assert.Equal("slow", deployed.Cell.Dispatcher.Id);
        Assert.IsType<BoundedMessageQueue>(deployed.Cell.Mailbox.MessageQueue);
        var many = Sys.ActorOf(new Script().ToProps(), "many");
        var child = (LocalActorRef)many.Ask<IActorRef>(Props.Empty, Patience).Result;
        Assert.Equal("slow", child.Cell.Dispatcher.Id);
        Assert.Equal(1, child.Cell.Dispatcher.Throughput);
        Assert.Equal(30, ((LocalActorRef)many).Cell.Dispatcher.Throughput);
    }

    [Fact]
    public void A_stash_needs_a_deque()
    {
        var actor = (LocalActorRef)Sys.ActorOf(Props.Create(() => new Stashing()));
        Assert.IsType<UnboundedDequeMessageQueue>(actor.Cell.Mailbox.MessageQueue);
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create(() => new Stashing()).WithMailbox("small")));
    }

    [Fact]
    public void The_last_of_a_hundred_thousand_senders_is_heard()
    {
        var counted = new TaskCompletionSource();
        var count = 0;
        var actor = Sys.ActorOf(new Script
        {
            Receive = (_, _) =>
            {
                if (++count == 400_000)
                    counted.SetResult();
            },
        }.ToProps());
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 100_000; i++)
                actor.Tell("x", ActorRefs.NoSender);
        });
        Assert.True(counted.Task.Wait(Patience));
    }

    public sealed class ByNumber(Settings settings, Config config) : UnboundedStablePriorityMailbox(settings, config)
    {
        protected override int PriorityGenerator(object message) => message is string text ? text[0] - '0' : 0;
    }

    private sealed class Stashing : UntypedActor, IWithUnboundedStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message) => Stash.Stash();
    }
}
