using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Tests.Dispatch;

/// <summary>A dispatcher and a scheduler from outside, as a simulation plugs them in: everything runs where the pump runs.</summary>
public sealed class SingleThreadTests
{
    private const string Hocon = """
        akka {
          loglevel = off
          stdout-loglevel = off
          loggers = []
          scheduler.implementation = "Akka.Tests.Dispatch.SingleThreadTests+VirtualScheduler, Akka.Tests"
          actor {
            default-dispatcher { type = "Akka.Tests.Dispatch.SingleThreadTests+PumpConfigurator, Akka.Tests", throughput = 1 }
            internal-dispatcher { type = "Akka.Tests.Dispatch.SingleThreadTests+PumpConfigurator, Akka.Tests", throughput = 1 }
          }
        }
        """;

    [Fact]
    public void Timers_async_handlers_asks_and_restarts_run_inside_the_pump_and_repeat_exactly()
    {
        var first = Run();
        Assert.Contains("answered by pipe", first);
        Assert.Contains("after await", first);
        Assert.Contains("timeout", first);
        Assert.Contains("ask timed out at 00:00:05", first);
        Assert.Contains("backoff restarted", first);
        Assert.Contains("terminated", first);
        for (var i = 0; i < 5; i++)
            Assert.Equal(first, Run());
    }

    private static string Run()
    {
        var pump = new Pump();
        Pump.Current = pump;
        var log = new StringBuilder();
        var system = ActorSystem.Create("sim", ConfigurationFactory.ParseString(Hocon));
        void Note(string text)
        {
            Assert.Equal(pump.ThreadId, Environment.CurrentManagedThreadId);
            log.Append(system.Scheduler.MonotonicClock).Append(' ').AppendLine(text);
        }

        Action<string> note = Note;
        system.ActorOf(Props.Create(() => new Busy(note)), "busy");
        var backoff = Akka.Pattern.BackoffSupervisor.Props(Akka.Pattern.Backoff.OnStop(
            Props.Create(() => new Mayfly(note)), "mayfly", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), 0.5, 3));
        system.ActorOf(backoff, "backoff");
        pump.RunFor(TimeSpan.FromMinutes(2));
        var end = system.Terminate();
        pump.RunFor(TimeSpan.FromMinutes(1));
        Assert.True(end.IsCompleted, log + ((ExtendedActorSystem)system).PrintTree() + CoordinatedShutdown.Get(system).ShutdownReason);
        log.AppendLine("terminated");
        return log.ToString();
    }

    private sealed class Mayfly : UntypedActor
    {
        public Mayfly(Action<string> note)
        {
            note("backoff restarted " + Self);
            Context.Stop(Self);
        }

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Busy : ReceiveActor, IWithTimers
    {
        public Busy(Action<string> note)
        {
            var echo = Context.ActorOf(Props.Create(() => new Echo()));
            var mute = Context.ActorOf(Props.Create(() => new Mute()));
            ReceiveAsync<string>(s => s == "go", async go =>
            {
                note("before await " + go);
                var answer = await echo.Ask<string>("hello");
                note("after await " + answer + " from " + Sender);
                try
                {
                    await mute.Ask<string>("anyone?", TimeSpan.FromSeconds(5));
                }
                catch (AskTimeoutException)
                {
                    note("ask timed out at " + Context.System.Scheduler.MonotonicClock);
                }

                _ = echo.Ask<string>("by pipe").PipeTo(Self, success: s => "answered " + s);
                Context.SetReceiveTimeout(TimeSpan.FromSeconds(7));
            });
            Receive<string>(note);
            Receive<ReceiveTimeout>(_ =>
            {
                note("timeout");
                Context.SetReceiveTimeout(null);
                Context.ActorSelection("*").Tell(new Identify("who"));
            });
            Receive<ActorIdentity>(i => note(i.ToString()));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Self.Tell("go");
            Timers.StartPeriodicTimer("tick", "tick", TimeSpan.FromSeconds(31));
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }

    private sealed class Mute : ReceiveActor
    {
        public Mute() => ReceiveAny(_ => { });
    }

    public sealed class Pump
    {
        [ThreadStatic]
        private static Pump? _current;

        private readonly Queue<IRunnable> _ready = new();
        private readonly PriorityQueue<Action, (TimeSpan Due, long Order)> _timers = new();
        private long _order;

        public static Pump Current
        {
            get => _current ?? throw new InvalidOperationException("not on the pump's thread");
            set => _current = value;
        }

        public int ThreadId { get; } = Environment.CurrentManagedThreadId;

        public TimeSpan Now { get; private set; }

        public void Run(IRunnable run) => _ready.Enqueue(run);

        public void At(TimeSpan due, Action action) => _timers.Enqueue(action, (due, _order++));

        public void RunFor(TimeSpan time)
        {
            var end = Now + time;
            while (true)
            {
                while (_ready.TryDequeue(out var run))
                    run.Run();
                if (!_timers.TryPeek(out var action, out var key) || key.Due > end)
                    break;
                _timers.Dequeue();
                Now = key.Due;
                action();
            }

            Now = end;
        }
    }

    public sealed class PumpConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
    {
        private PumpDispatcher? _instance;

        public override MessageDispatcher Dispatcher() => _instance ??= new PumpDispatcher(this);
    }

    private sealed class PumpDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
    {
        private readonly Pump _pump = Pump.Current;

        protected override void ExecuteTask(IRunnable run)
        {
            Assert.Equal(_pump.ThreadId, Environment.CurrentManagedThreadId);
            _pump.Run(run);
        }

        protected override void Shutdown()
        {
        }
    }

    public sealed class VirtualScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
    {
        private readonly Pump _pump = Pump.Current;

        public override TimeSpan MonotonicClock => _pump.Now;

        public override TimeSpan HighResMonotonicClock => _pump.Now;

        protected override DateTimeOffset TimeNow => DateTimeOffset.UnixEpoch + _pump.Now;

        protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
            _pump.At(_pump.Now + delay, () =>
            {
                if (cancelable is not { IsCancellationRequested: true })
                    action();
            });

        protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
            InternalScheduleOnce(delay, action.Run, cancelable);

        protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
            InternalScheduleOnce(initialDelay, () =>
            {
                action();
                InternalScheduleRepeatedly(interval, interval, action, cancelable);
            }, cancelable);

        protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
            InternalScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

        protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
            InternalScheduleOnce(delay, () => receiver.Tell(message, sender), cancelable);

        protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
            InternalScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);
    }
}
