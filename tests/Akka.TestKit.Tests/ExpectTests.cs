using System.Collections;
using Akka.Actor;
using Akka.TestKit.TestActors;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

public class ExpectTests : Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void A_test_tells_as_its_test_actor()
    {
        var echo = Sys.ActorOf(SimpleEchoActor.Props());
        echo.Tell("hello");

        Assert.Equal("hello", ExpectMsg<string>());
        Assert.Equal(echo, LastSender);
        Assert.Equal("hello", LastMessage);
    }

    [Fact]
    public async Task After_an_await_it_still_does()
    {
        var echo = Sys.ActorOf(SimpleEchoActor.Props());
        await Task.Yield();
        echo.Tell("hello");
        Assert.Equal("hello", await ExpectMsgAsync("hello"));

        await Task.Delay(1);
        echo.Tell("again");
        await ExpectMsgAsync<string>(text => text == "again");
    }

    [Fact]
    public void An_expected_message_may_be_given_by_type_value_predicate_and_sender()
    {
        var probe = CreateTestProbe();
        foreach (var number in Enumerable.Range(1, 8))
            TestActor.Tell(number, probe.Ref);

        Assert.Equal(1, ExpectMsg<int>());
        Assert.Equal(2, ExpectMsg(2));
        Assert.Equal(3, ExpectMsg<int>(number => number == 3));
        Assert.Equal(4, ExpectMsg<int>((number, sender) => number == 4 && sender.Equals(probe.Ref)));
        Assert.Equal(5, ExpectMsg<int>(number => Assert.Equal(5, number)));
        Assert.Equal(6, ExpectMsg(16, (expected, actual) => expected == actual + 10));
        Assert.Equal(7, ExpectMsgFrom(probe.Ref, 7));
        Assert.Equal(8, ExpectMsgFrom<int>(sender => sender.Equals(probe.Ref), number => number == 8));
    }

    [Fact]
    public void A_wrong_message_fails()
    {
        TestActor.Tell("text");
        Assert.Contains("Expected a message of type System.Int32, but received {text}", Assert.Throws<FailException>(() => ExpectMsg<int>()).Message, StringComparison.Ordinal);
        TestActor.Tell(1);
        Assert.Throws<AkkaEqualException>(() => ExpectMsg(2));
        TestActor.Tell(1);
        Assert.Throws<TrueException>(() => ExpectMsg<int>(number => number == 2));
        TestActor.Tell(1, CreateTestProbe());
        Assert.Throws<AkkaEqualException>(() => ExpectMsgFrom(TestActor, 1));
    }

    [Fact]
    public async Task No_message_fails()
    {
        Assert.Contains("Timeout", Assert.Throws<FailException>(() => ExpectMsg<int>(Soon)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FailException>(async () => await ExpectMsgAsync<int>(Soon));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await ExpectMsgAsync<int>(cancellationToken: new CancellationToken(true)));
        Assert.Throws<IllegalActorStateException>(() => LastMessage);
    }

    [Fact]
    public async Task No_message_may_be_expected()
    {
        ExpectNoMsg(Soon);
        await ExpectNoMsgAsync(Soon);
        TestActor.Tell("something");

        Assert.Throws<FailException>(() => ExpectNoMsg(Soon));
    }

    [Fact]
    public async Task Several_messages_may_come_in_any_order()
    {
        Tell(3, 1, 2);
        Assert.Equal([3, 1, 2], ExpectMsgAllOf(1, 2, 3));
        Tell(1, 4);
        Assert.Contains("not found [2] found unexpected [4]", Assert.Throws<FailException>(() => ExpectMsgAllOf(1, 2)).Message, StringComparison.Ordinal);
        Tell(2);
        Assert.Equal(2, ExpectMsgAnyOf([1, 2, 3]));
        Tell(3, "x");
        ExpectMsgAllOfMatchingPredicates(PredicateInfo.Create<string>(text => text == "x"), PredicateInfo.Create<int>(number => number == 3));
        Tell(1, 2);
        var received = new List<int>();
        await foreach (var number in ExpectMsgAllOfAsync([2, 1]))
            received.Add(number);
        Assert.Equal([1, 2], received);
    }

    [Fact]
    public async Task Messages_may_be_taken_one_by_one()
    {
        Tell(1, 2, 3, 4, 5);

        Assert.Equal(1, PeekOne());
        Assert.Equal(1, ReceiveOne());
        Assert.Equal(2, await ReceiveOneAsync());
        Assert.Equal([3, 4], ReceiveN(2));
        Assert.True(TryReceiveOne(out var envelope));
        Assert.Equal(5, envelope.Message);
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Tell(6);
        Assert.Null(ReceiveOne(TimeSpan.FromSeconds(-1)));
        Assert.Equal(6, ReceiveOne(Timeout.InfiniteTimeSpan));
        Assert.False(HasMessages);
        Assert.Throws<TrueException>(() => ReceiveN(1, Soon));
    }

    [Fact]
    public async Task Messages_may_be_taken_while_they_match()
    {
        Tell(1, 2, "x", 3, 10, 4);

        Assert.Equal([1, 2], ReceiveWhile<object>(message => message is int ? message : null!, Soon).Cast<int>());
        Assert.Equal([3], ReceiveWhile<int>(number => number < 10, Soon));
        Assert.Equal(10, LastOf(await Collect(ReceiveWhileAsync<int>(_ => true, Soon, msgs: 1))));
        Assert.Equal([4], ReceiveWhile(Soon, message => message, msgs: 5));
    }

    [Fact]
    public async Task Messages_may_be_fished_for()
    {
        Tell(1, "x", 2, "y");
        var others = new ArrayList();

        Assert.Equal(2, FishForMessage<int>(number => number == 2, others));
        Assert.Equal([1, "x"], others.Cast<object>());
        Assert.Equal("y", await FishForMessageAsync(message => message is string));
        Assert.Throws<TrueException>(() => FishForMessage<int>(_ => true, Soon));
    }

    [Fact]
    public async Task Silence_can_be_waited_for()
    {
        Tell(1, 2);

        Assert.Equal([1, 2], (await WaitForRadioSilenceAsync(Soon)).Cast<int>());
        Tell(1);
        await FishUntilMessageAsync<string>(Soon);
        Tell("x");
        await Assert.ThrowsAsync<FalseException>(() => FishUntilMessageAsync<string>(Soon));
    }

    [Fact]
    public void Messages_may_be_ignored()
    {
        IgnoreMessages<int>(number => number > 1);
        Tell(1, 2, 3);
        IgnoreNoMessages();
        Tell(4);

        Assert.Equal([1, 4], ReceiveN(2));
    }

    [Fact]
    public void An_actor_that_is_watched_tells_when_it_stops()
    {
        var actor = Watch(Sys.ActorOf(BlackHoleActor.Props));
        Sys.Stop(actor);
        ExpectTerminated(actor);

        var other = Unwatch(Watch(Sys.ActorOf(BlackHoleActor.Props)));
        Sys.Stop(other);
        ExpectNoMsg(Soon);
    }

    private static async Task<List<T>> Collect<T>(IAsyncEnumerable<T> messages)
    {
        var all = new List<T>();
        await foreach (var message in messages)
            all.Add(message);
        return all;
    }

    private static T LastOf<T>(List<T> list) => list[^1];

    private void Tell(params object[] messages)
    {
        foreach (var message in messages)
            TestActor.Tell(message);
    }

    [Fact]
    public void Failures_say_what_was_expected_and_what_came()
    {
        TestActor.Tell("a");
        Assert.StartsWith("Failed: Expected no messages during 00:00:00.0300000, instead we received <a> from ",
            Assert.Throws<FailException>(() => ExpectNoMsg(Soon)).Message, StringComparison.Ordinal);
        TestActor.Tell("a");
        Assert.Equal($"Got a message of the expected type <System.String> from {TestActor}. Also expected the predicate to return true but the message {{a}} of type <System.String> did not match",
            Assert.Throws<TrueException>(() => ExpectMsg<string>((_, _) => false)).Message);
        TestActor.Tell("a");
        Assert.Equal("ExpectMsgAnyOf found unexpected a", Assert.Throws<TrueException>(() => ExpectMsgAnyOf(["b", "c"])).Message);
        TestActor.Tell("a");
        Assert.Equal("not found [b] found unexpected [a]", Assert.Throws<FailException>(() => ExpectMsgAllOf("b")).Message);
        Assert.Equal($"Failed: Timeout 00:00:00.0300000 while waiting for a message of type Akka.Actor.Terminated Terminated {TestActor}. at last",
            Assert.Throws<FailException>(() => ExpectTerminated(TestActor, Soon, "at last")).Message);
    }

    [Fact]
    public void What_another_test_actor_gets_the_test_receives()
    {
        CreateTestActor("another").Tell("to the other one");
        ExpectMsg("to the other one");
    }

    [Fact]
    public async Task Fishing_begins_with_an_empty_net_and_looks_at_derived_types()
    {
        var caught = new ArrayList { "old" };
        TestActor.Tell(1);
        TestActor.Tell("x");
        Assert.Equal("x", FishForMessage<string>(_ => true, caught));
        Assert.Equal(new ArrayList { 1 }, caught);
        TestActor.Tell(new InvalidOperationException());
        await Assert.ThrowsAsync<FalseException>(() => FishUntilMessageAsync<Exception>(Soon));
    }
}
