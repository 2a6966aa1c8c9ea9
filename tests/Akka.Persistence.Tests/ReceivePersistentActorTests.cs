using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class ReceivePersistentActorTests : PersistenceTest
{
    [Fact]
    public void Handlers_are_tried_in_the_order_they_were_declared()
    {
        var actor = StartTyped();
        actor.Tell(5, TestActor);
        actor.Tell(-5, TestActor);
        actor.Tell("text", TestActor);
        actor.Tell('c', TestActor);
        actor.Tell(1.5, TestActor);
        ExpectAll("positive 5", "any number -5", "text text", "char c", "something else 1.5");
    }

    [Fact]
    public void Events_are_recovered_by_type()
    {
        var actor = StartTyped();
        actor.Tell(new Add(3), TestActor);
        actor.Tell(new Add(4), TestActor);
        ExpectAll(3, 7);
        StopAndWait(actor);
        var again = StartTyped();
        again.Tell(new Add(1), TestActor);
        ExpectMsg(8);
    }

    [Fact]
    public void Become_changes_and_restores_behaviour()
    {
        var actor = StartTyped();
        actor.Tell("sleep", TestActor);
        actor.Tell(5, TestActor);
        actor.Tell("wake", TestActor);
        actor.Tell(5, TestActor);
        ExpectAll("asleep: 5", "awake", "positive 5");
    }

    [Fact]
    public void An_asynchronous_command_ends_before_the_next_begins()
    {
        var actor = StartTyped();
        actor.Tell(new Slow(1), TestActor);
        actor.Tell(5, TestActor);
        ExpectAll("slow 1", "positive 5");
    }

    [Fact]
    public void Handlers_cannot_be_added_later_or_behind_one_that_takes_all()
    {
        var actor = StartTyped();
        actor.Tell("add late", TestActor);
        ExpectMsg(typeof(InvalidOperationException));
        actor.Tell("add behind", TestActor);
        ExpectMsg(typeof(InvalidOperationException));
    }

    private IActorRef StartTyped() => Sys.ActorOf(Props.Create(() => new Typed()));

    private sealed record Add(int Number);

    private sealed record Slow(int Number);

    private sealed class Typed : ReceivePersistentActor
    {
        private int _sum;

        public Typed()
        {
            Recover<Add>(e => _sum += e.Number);
            Command<Add>(add => Persist(add, e =>
            {
                _sum += e.Number;
                Sender.Tell(_sum);
            }));
            CommandAsync<Slow>(async slow =>
            {
                await Task.Delay(20);
                Sender.Tell($"slow {slow.Number}");
            });
            Command<int>(n => Sender.Tell($"positive {n}"), n => n > 0);
            Command<int>(n => Sender.Tell($"any number {n}"));
            Command<string>(s => s == "sleep", _ => BecomeStacked(Asleep));
            Command<string>(s => s.StartsWith("add", StringComparison.Ordinal), s => Sender.Tell(s == "add late" ? Try(() => Command<long>(_ => { })) : TryBehind()));
            Command(typeof(string), s => Sender.Tell($"text {s}"));
            Command<char>(c =>
            {
                Sender.Tell($"char {c}");
                return true;
            });
            CommandAny(m => Sender.Tell(FormattableString.Invariant($"something else {m}")));
        }

        public override string PersistenceId => "typed";

        private static Type Try(Action action) => Record.Exception(action)!.GetType();

        private Type TryBehind() => Try(() => BecomeStacked(() =>
        {
            CommandAny(_ => { });
            Command<long>(_ => { });
        }));

        private void Asleep()
        {
            Command<string>(s => s == "wake", _ =>
            {
                UnbecomeStacked();
                Sender.Tell("awake");
            });
            CommandAny(m => Sender.Tell($"asleep: {m}"));
        }
    }
}
