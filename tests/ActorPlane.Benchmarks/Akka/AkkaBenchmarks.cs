using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane.Benchmarks.Akka;

/// <summary>The speed and size of the actor core, beside what Akka.NET 1.5.30 did on a machine of two cores.</summary>
internal static class AkkaBenchmarks
{
    private const int Rounds = 5;

    private static readonly Config Quiet = ConfigurationFactory.ParseString(
        "akka { loglevel = off, stdout-loglevel = off, log-dead-letters = off }");

    public static void AddTo(IDictionary<string, Func<string[], Task>> cases)
    {
        cases["akka-tell"] = _ => Tell();
        cases["akka-pingpong"] = _ => PingPong();
        cases["akka-ask"] = async _ =>
        {
            await Ask(1, 200_000, "364 k/s");
            await Ask(64, 1_000_000, "1.16 M/s");
        };
        cases["akka-actors"] = args => Actors(args.Length > 0 ? int.Parse(args[0]) : 100_000);
    }

    private static async Task Tell()
    {
        const int messages = 20_000_000;
        await Repeat("tell, 1 producer, 1 ReceiveActor", "17.2 M/s", messages, async system =>
        {
            var done = new TaskCompletionSource();
            var actor = system.ActorOf(Props.Create(() => new Counter(messages, done)));
            object message = new Work();
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < messages; i++)
                actor.Tell(message, ActorRefs.NoSender);
            await done.Task;
            return watch.Elapsed;
        });
    }

    private static async Task PingPong()
    {
        const int pairs = 2;
        const int trips = 5_000_000;
        await Repeat("ping-pong, 2 pairs", "14.9 M msgs/s", 2L * pairs * trips, async system =>
        {
            var done = Enumerable.Range(0, pairs).Select(_ => new TaskCompletionSource()).ToArray();
            var watch = Stopwatch.StartNew();
            foreach (var end in done)
            {
                var pong = system.ActorOf(Props.Create(() => new Pong()));
                system.ActorOf(Props.Create(() => new Ping(pong, trips, end))).Tell(new Work(), ActorRefs.NoSender);
            }

            await Task.WhenAll(done.Select(d => d.Task));
            return watch.Elapsed;
        });
    }

    private static async Task Ask(int outstanding, int total, string akka)
    {
        await Repeat($"ask, {outstanding} outstanding", akka, total, async system =>
        {
            var echo = system.ActorOf(Props.Create(() => new Pong()));
            var each = total / outstanding;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, outstanding).Select(_ => Task.Run(async () =>
            {
                object message = new Work();
                for (var i = 0; i < each; i++)
                    await echo.Ask<Work>(message, Timeout.InfiniteTimeSpan);
            })));
            return watch.Elapsed;
        });
    }

    private static async Task Actors(int count)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var system = ActorSystem.Create("bench", Quiet);
            var parent = system.ActorOf(Props.Create(() => new Parent()));
            await parent.Ask<int>(10);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var watch = Stopwatch.StartNew();
            await parent.Ask<int>(count);
            var created = watch.Elapsed;
            var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
            watch.Restart();
            await parent.GracefulStop(TimeSpan.FromMinutes(1));
            Console.WriteLine(
                $"{count:N0} actors: created and one message each in {created.TotalSeconds:F3} s, {bytes:F0} B each; stopped in {watch.Elapsed.TotalSeconds:F3} s "
                + "(Akka.NET at 100,000: 2.31 s, 2,031 B; 1.65 s)");
            await system.Terminate();
        }
    }

    private static async Task Repeat(string name, string akka, long messages, Func<ActorSystem, Task<TimeSpan>> run)
    {
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            using var system = ActorSystem.Create("bench", Quiet);
            var elapsed = await run(system);
            await system.Terminate();
            rates.Add(messages / elapsed.TotalSeconds);
            GC.Collect();
        }

        rates.Sort();
        Console.WriteLine($"{name}: median {rates[rates.Count / 2] / 1e6:F3} M/s, best {rates[^1] / 1e6:F3} M/s (Akka.NET: {akka})");
    }

    private sealed record Work;

    private sealed class Counter : ReceiveActor
    {
        private int _seen;

        public Counter(int expected, TaskCompletionSource done) => Receive<Work>(_ =>
        {
            if (++_seen == expected)
                done.SetResult();
        });
    }

    private sealed class Pong : ReceiveActor
    {
        public Pong() => Receive<Work>(w => Sender.Tell(w, Self));
    }

    private sealed class Ping : ReceiveActor
    {
        private int _left;

        public Ping(IActorRef pong, int trips, TaskCompletionSource done)
        {
            _left = trips;
            Receive<Work>(w =>
            {
                if (_left-- == 0)
                    done.SetResult();
                else
                    pong.Tell(w, Self);
            });
        }
    }

    private sealed class Parent : ReceiveActor
    {
        private IActorRef _asker = ActorRefs.Nobody;
        private int _waiting;

        public Parent()
        {
            Receive<int>(count =>
            {
                _asker = Sender;
                _waiting = count;
                var props = Props.Create(() => new Child());
                var message = new Work();
                for (var i = 0; i < count; i++)
                    Context.ActorOf(props).Tell(message, Self);
            });
            Receive<Done>(_ =>
            {
                if (--_waiting == 0)
                    _asker.Tell(1);
            });
        }
    }

    private sealed record Done
    {
        public static readonly Done Instance = new();
    }

    private sealed class Child : ReceiveActor
    {
        public Child() => Receive<Work>(_ => Sender.Tell(Done.Instance, Self));
    }
}
