using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Event;

public class LoggingTests : TestKit.Xunit2.TestKit
{
    public LoggingTests() : base(ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF, akka.log-dead-letters = 2, akka.log-dead-letters-suspend-duration = infinite, akka.test { single-expect-default = 30s, filter-leeway = 30s }"))
    {
    }

    [Fact]
    public void A_level_that_is_off_formats_nothing()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        Log.Debug("{0}", new Explosive());
        Log.Info("said {0} and {1}", 1, "two");

        var info = ExpectMsg<Info>();
        Assert.Equal("said 1 and two", info.Message.ToString());
        Assert.Equal((GetType(), LogLevel.InfoLevel), (info.LogClass, info.LogLevel()));
        Assert.StartsWith("LoggingTests(akka://test", info.LogSource, StringComparison.Ordinal);
        Assert.False(Log.IsDebugEnabled);
        Sys.EventStream.SetLogLevel(LogLevel.ErrorLevel);
        Assert.Equal((false, true), (Log.IsWarningEnabled, Log.IsErrorEnabled));
    }

    [Fact]
    public void Text_without_arguments_is_not_formatted()
    {
        EventFilter.Info("{0} {name}").ExpectOne(() => Log.Info("{0} {name}"));
        var failure = new InvalidOperationException("on purpose");
        EventFilter.Custom<Error>(error => error.Cause == failure && error.Message.ToString() == "a1").ExpectOne(() => Log.Error(failure, "a{0}", 1));
        EventFilter.Warning("b2").ExpectOne(() => Log.Log(LogLevel.WarningLevel, null, "b{0}", 2));
        EventFilter.Warning("1-2-3-4-5-6").ExpectOne(() => Log.Warning("{0}-{1}-{2}-{3}-{4}-{5}", 1, 2, 3, 4, 5, 6));
    }

    [Fact]
    public void An_actor_logs_by_its_path_and_at_the_time_of_the_scheduler()
    {
        var system = ActorSystem.Create("timed", ConfigurationFactory.ParseString(
            "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\", akka.stdout-loglevel = OFF, akka.logger-async-start = on").WithFallback(DefaultConfig));
        var events = new TestKit.TestProbe(system, new TestKit.Xunit2.XunitAssertions());
        system.EventStream.Subscribe(events, typeof(Info));
        ((TestKit.TestScheduler)system.Scheduler).Advance(TimeSpan.FromDays(1000));
        system.ActorOf(Props.Create(() => new Logs()), "logs").Tell("x");

        var info = events.ExpectMsg<Info>();
        Assert.Equal("akka://timed/user/logs", info.LogSource);
        Assert.Equal(typeof(Logs), info.LogClass);
        Assert.Equal(system.Scheduler.Now.UtcDateTime, info.Timestamp);
        Assert.Contains($"[INFO][{info.Timestamp.ToString("MM/dd/yyyy HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture)}Z][Thread ", info.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("][akka://timed/user/logs] got x", info.ToString(), StringComparison.Ordinal);
        _ = system.Terminate();
    }

    [Fact]
    public void Dead_letters_are_logged_until_there_are_too_many()
    {
        // The listener starts beside the test; whoever answers has started.
        Sys.ActorSelection("/system/deadLetterListener").Tell(new Identify(1));
        ExpectMsg<ActorIdentity>();
        Sys.EventStream.Subscribe(TestActor, typeof(Info));
        for (var i = 0; i < 3; i++)
            Sys.DeadLetters.Tell("x" + i, TestActor);

        Assert.Contains("[1] dead letters encountered. If", ExpectMsg<Info>().Message.ToString(), StringComparison.Ordinal);
        Assert.Contains("[2] dead letters encountered, no more dead letters will be logged. If", ExpectMsg<Info>().Message.ToString(), StringComparison.Ordinal);
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void A_dead_letter_is_described_by_what_became_of_it()
    {
        Sys.ActorSelection("/system/deadLetterListener").Tell(new Identify(1));
        ExpectMsg<ActorIdentity>();
        Sys.EventStream.Subscribe(TestActor, typeof(Info));
        const string Hint = "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'.";
        Sys.EventStream.Publish(new UnhandledMessage(new Suppressed(), TestActor, TestActor));
        Sys.EventStream.Publish(new UnhandledMessage("x", TestActor, TestActor));
        Assert.Equal($"Message [String] from {TestActor} to {TestActor} was unhandled. [1] dead letters encountered. {Hint} Message content: x", ExpectMsg<Info>().Message);
        Sys.EventStream.Publish(new Dropped("y", "No room", TestActor));
        Assert.Equal($"Message [String] without sender to {TestActor} was dropped. No room. [2] dead letters encountered, no more dead letters will be logged. {Hint} Message content: y", ExpectMsg<Info>().Message);
    }

    [Fact]
    public void Levels_have_names()
    {
        Assert.Equal(LogLevel.WarningLevel, Logging.LogLevelFor("Warning"));
        Assert.Equal("ERROR", LogLevel.ErrorLevel.StringFor());
        Assert.True(Logging.LogLevelFor("off") > LogLevel.ErrorLevel);
        Assert.Throws<ArgumentException>(() => Logging.LogLevelFor("loud"));
        Assert.Equal(LogLevel.DebugLevel, Logging.LogLevelFor<Debug>());
    }

    [Fact]
    public void A_logger_that_is_not_found_or_does_not_answer_stops_the_start()
    {
        Assert.Contains("cannot be found", Assert.ThrowsAny<Exception>(() =>
            ActorSystem.Create("nolog", ConfigurationFactory.ParseString("akka.loggers = [Nothing], akka.stdout-loglevel = OFF"))).ToString(), StringComparison.Ordinal);
        var mute = typeof(MuteLogger).AssemblyQualifiedName;
        Assert.Contains("did not respond with LoggerInitialized", Assert.ThrowsAny<Exception>(() =>
            ActorSystem.Create("mutelog", ConfigurationFactory.ParseString($"akka.loggers = [\"{mute}\"], akka.stdout-loglevel = OFF, akka.logger-startup-timeout = 50ms"))).ToString(),
            StringComparison.Ordinal);
    }

    private sealed class Suppressed : IDeadLetterSuppression;

    private sealed class Explosive
    {
        public override string ToString() => throw new InvalidOperationException("formatted");
    }

    private sealed class Logs : ReceiveActor
    {
        public Logs() => ReceiveAny(message => Context.GetLogger().Info("got {0}", message));
    }

    private sealed class MuteLogger : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
