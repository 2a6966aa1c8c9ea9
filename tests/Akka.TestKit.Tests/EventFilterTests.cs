using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.TestActors;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

public class EventFilterTests : Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    /// <summary>Long enough for an event on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public EventFilterTests() : base(ConfigurationFactory.ParseString("akka.loglevel = DEBUG, akka.log-dead-letters = off, akka.stdout-loglevel = OFF"))
    {
    }

    [Fact]
    public void Events_are_expected_by_level_and_text()
    {
        EventFilter.Debug("whole text").ExpectOne(() => Log.Debug("whole text"));
        EventFilter.Info(start: "whole").ExpectOne(() => Log.Info("whole {0}", "text"));
        EventFilter.Warning(contains: "le te").ExpectOne(() => Log.Warning("whole {0}", "text"));
        EventFilter.Error(new Regex("^w.*t$")).ExpectOne(() => Log.Error("whole text"));
        Assert.Equal(4, EventFilter.ForLogLevel(LogLevel.InfoLevel, contains: "x").Expect(2, () =>
        {
            Log.Info("x1");
            Log.Info("y");
            Log.Info("x2");
            return 4;
        }));
        EventFilter.Custom<Info>(info => info.LogClass == GetType()).ExpectOne(() => Log.Info("x"));
    }

    [Fact]
    public async Task Too_few_and_too_many_events_fail()
    {
        Assert.Contains("Only received 1/2 messages that matched filter [Info when Message contains \"x\"]",
            Assert.Throws<FailException>(() => EventFilter.Info(contains: "x").Expect(2, Patience, () => Log.Info("x"))).Message, StringComparison.Ordinal);
        Assert.Throws<FailException>(() => EventFilter.Info(contains: "x").Expect(0, Patience, () => Log.Info("x")));
        EventFilter.Info(contains: "x").Expect(0, Soon, () => Log.Info("y"));
        await Assert.ThrowsAsync<FailException>(() => EventFilter.Info("x").ExpectOneAsync(Soon, () => Task.CompletedTask));
    }

    [Fact]
    public async Task An_event_may_come_later()
    {
        await EventFilter.Info("x").ExpectOneAsync(() =>
        {
            Sys.Scheduler.Advanced.ScheduleOnce(Soon, () => Log.Info("x"));
            return Task.CompletedTask;
        });
        Assert.Equal(1, await EventFilter.Info("x").And.Warning("y").ExpectAsync(2, async () =>
        {
            await Task.Yield();
            Log.Warning("y");
            Log.Info("x");
            return 1;
        }));
    }

    [Fact]
    public void Exceptions_are_expected_by_type_text_and_source()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Failing()), "failing");

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell("a"));
        EventFilter.Exception<InvalidOperationException>("because of b").ExpectOne(() => actor.Tell("b"));
        EventFilter.Exception(typeof(Exception), contains: "of c", source: "/user/failing").ExpectOne(() => actor.Tell("c"));
        EventFilter.Exception<InvalidOperationException>(new Regex("of d$"), "akka://test/user/failing").ExpectOne(() => actor.Tell("d"));
        EventFilter.Exception<ArgumentException>().Expect(0, Soon, () => actor.Tell("e"));
    }

    [Fact]
    public void Dead_letters_and_unhandled_messages_are_expected()
    {
        var gone = Sys.ActorOf(BlackHoleActor.Props);
        Watch(gone);
        Sys.Stop(gone);
        ExpectTerminated(gone);

        EventFilter.DeadLetter().ExpectOne(() => gone.Tell("x"));
        EventFilter.DeadLetter<string>(text => text == "x", gone.Path.ToString()).ExpectOne(() => gone.Tell("x"));
        EventFilter.DeadLetter<int>().Expect(0, Soon, () => gone.Tell("x"));
        EventFilter.Warning(start: "Unhandled message from").ExpectOne(() => Sys.ActorOf(Props.Create(() => new UnhandledMessageActor())).Tell("x"));
    }

    [Fact]
    public void Muting_returns_what_the_block_returns()
    {
        Assert.Equal(3, EventFilter.Error().Mute(() =>
        {
            Log.Error("not printed");
            return 3;
        }));
        using (EventFilter.Error().Mute())
            Log.Error("not printed");
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(message => throw new InvalidOperationException("because of " + message));
    }

    [Fact]
    public void An_error_is_found_by_the_text_of_its_exception_as_well()
    {
        var failure = new InvalidOperationException("outer", new FormatException("inner"));
        EventFilter.Error("outer").ExpectOne(() => Log.Error(failure, "text"));
        EventFilter.Error("text").ExpectOne(() => Log.Error(failure, "text"));
        EventFilter.Exception<InvalidOperationException>("outer").ExpectOne(() => Log.Error(failure, "text"));
        EventFilter.Exception(typeof(FormatException), "inner", checkInnerExceptions: true).ExpectOne(() => Log.Error(failure, "text"));
        EventFilter.Exception<FormatException>().And.Error("other").Expect(0, Soon, () => Log.Error(failure, "text"));
    }
}
