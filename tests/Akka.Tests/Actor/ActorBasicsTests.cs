using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class ActorBasicsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system = ActorSystem.Create("basics", ConfigurationFactory.ParseString("akka.stdout-loglevel = off, akka.loglevel = off"));

    public void Dispose() => _system.Terminate().Wait(Patience);

    [Fact]
    public async Task An_actor_answers_an_ask()
    {
        var echo = _system.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));
        Assert.Equal("akka://basics/user/echo", echo.Path.ToString());
    }

    [Fact]
    public async Task Messages_of_one_sender_keep_their_order()
    {
        var collector = _system.ActorOf(Props.Create(() => new Collector()));
        for (var i = 0; i < 10_000; i++)
            collector.Tell(i);
        Assert.Equal(Enumerable.Range(0, 10_000), await collector.Ask<List<int>>("all", Patience));
    }

    [Fact]
    public async Task A_failed_actor_restarts_with_fresh_state_and_the_hooks_run_in_order()
    {
        var calls = new List<string>();
        var actor = _system.ActorOf(Props.Create(() => new Lifecycle(calls)));
        actor.Tell("fail");
        Assert.Equal("pong", await actor.Ask<string>("ping", Patience));
        Assert.True(await actor.GracefulStop(Patience));
        Assert.Equal(["start", "prerestart fail", "stop", "postrestart", "start", "stop"], calls);
    }

    [Fact]
    public async Task A_watcher_hears_of_the_end()
    {
        var watched = _system.ActorOf(Props.Create(() => new Echo()));
        var done = new TaskCompletionSource<IActorRef>();
        var watcher = _system.ActorOf(Props.Create(() => new Watcher(watched, done)));
        await watcher.Ask<string>("ready", Patience);
        watched.Tell(PoisonPill.Instance);
        Assert.Equal(watched, await done.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_stash_gives_messages_back_in_order()
    {
        var actor = _system.ActorOf(Props.Create(() => new Stasher()));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("open");
        actor.Tell(3);
        Assert.Equal([1, 2, 3], await actor.Ask<List<int>>("all", Patience));
    }

    [Fact]
    public async Task Timers_fire_once_and_repeatedly_and_end_when_cancelled()
    {
        var actor = _system.ActorOf(Props.Create(() => new Ticker()));
        Assert.Equal("once tick tick tick", await actor.Ask<string>("go", Patience));
    }

    [Fact]
    public async Task An_async_handler_keeps_other_messages_waiting()
    {
        var actor = _system.ActorOf(Props.Create(() => new Slow()));
        actor.Tell(new TaskCompletionSource());
        Assert.Equal("before after", await actor.Ask<string>("log", Patience));
    }

    [Fact]
    public async Task A_selection_with_a_wildcard_reaches_every_child()
    {
        var parent = _system.ActorOf(Props.Create(() => new Parent()), "parent");
        await parent.Ask<string>("make", Patience);
        var found = await _system.ActorSelection("/user/parent/b").ResolveOne(Patience);
        Assert.Equal("b", found.Path.Name);
        Assert.Equal("akka://basics/user/parent/a", (await _system.ActorSelection("/user/par*/a").ResolveOne(Patience)).Path.ToString());
        await Assert.ThrowsAsync<ActorNotFoundException>(() => _system.ActorSelection("/user/nobody").ResolveOne(Patience));
    }

    [Fact]
    public async Task Termination_runs_callbacks_in_reverse_order()
    {
        var system = ActorSystem.Create("other");
        var calls = new List<int>();
        system.RegisterOnTermination(() => calls.Add(1));
        system.RegisterOnTermination(() => calls.Add(2));
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal([2, 1], calls);
    }

    [Fact]
    public async Task Dead_letters_are_published()
    {
        var seen = new TaskCompletionSource<DeadLetter>();
        var listener = _system.ActorOf(Props.Create(() => new Listener(seen)));
        _system.EventStream.Subscribe(listener, typeof(DeadLetter));
        _system.DeadLetters.Tell("lost", ActorRefs.NoSender);
        Assert.Equal("lost", (await seen.Task.WaitAsync(Patience)).Message);
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }

    private sealed class Collector : ReceiveActor
    {
        private readonly List<int> _all = [];

        public Collector()
        {
            Receive<int>(_all.Add);
            Receive<string>(_ => Sender.Tell(_all));
        }
    }

    private sealed class Lifecycle(List<string> calls) : UntypedActor
    {
        protected override void PreStart() => calls.Add("start");

        protected override void PostStop() => calls.Add("stop");

        protected override void PreRestart(Exception reason, object message)
        {
            calls.Add("prerestart " + message);
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            calls.Add("postrestart");
            base.PostRestart(reason);
        }

        protected override void OnReceive(object message)
        {
            if (Equals(message, "fail"))
                throw new InvalidOperationException("wanted");
            Sender.Tell("pong");
        }
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef watched, TaskCompletionSource<IActorRef> done)
        {
            Context.Watch(watched);
            Receive<Terminated>(t => done.SetResult(t.ActorRef));
            Receive<string>(s => Sender.Tell(s));
        }
    }

    private sealed class Stasher : ReceiveActor, IWithUnboundedStash
    {
        private readonly List<int> _all = [];

        public Stasher()
        {
            Receive<int>(_ => Stash.Stash());
            Receive<string>(s => s == "open", _ =>
            {
                Become(() =>
                {
                    Receive<int>(_all.Add);
                    Receive<string>(_ => Sender.Tell(_all));
                });
                Stash.UnstashAll();
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class Ticker : ReceiveActor, IWithTimers
    {
        private readonly List<string> _log = [];
        private IActorRef _asker = ActorRefs.Nobody;

        public Ticker()
        {
            Receive<string>(s => s == "go", _ =>
            {
                _asker = Sender;
                Timers.StartSingleTimer("1", "once", TimeSpan.FromMilliseconds(1));
            });
            Receive<string>(s =>
            {
                _log.Add(s);
                if (s == "once")
                    Timers.StartPeriodicTimer("2", "tick", TimeSpan.FromMilliseconds(1));
                if (_log.Count == 4)
                {
                    Timers.Cancel("2");
                    _asker.Tell(string.Join(' ', _log));
                }
            });
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private sealed class Slow : ReceiveActor
    {
        private readonly List<string> _log = [];

        public Slow()
        {
            ReceiveAsync<TaskCompletionSource>(async _ =>
            {
                _log.Add("before");
                await Task.Delay(20);
                _log.Add("after");
            });
            Receive<string>(_ => Sender.Tell(string.Join(' ', _log)));
        }
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent() => Receive<string>(_ =>
        {
            Context.ActorOf<Echo>("a");
            Context.ActorOf<Echo>("b");
            Sender.Tell("made");
        });
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(TaskCompletionSource<DeadLetter> seen) => Receive<DeadLetter>(d => seen.TrySetResult(d));
    }
}
