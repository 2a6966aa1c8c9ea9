using Akka.Actor;
using static ActorPlane.Simulation.Tests.Gossip.GossipProtocol;

namespace ActorPlane.Simulation.Tests.Gossip;

/// <summary>Tells rumors at random, asks, fails, and dies: everything that an actor can do to make a run differ from another.</summary>
public sealed class Gossiper : ReceiveActor, IWithTimers
{
    private readonly int _index;
    private readonly IActorRef[] _peers;
    private readonly GossipLog _log;
    private readonly Chance _chance = Chance.For(Context, "gossip");

    public Gossiper(int index, IActorRef[] peers, GossipLog log)
    {
        _index = index;
        _peers = peers;
        _log = log;
        Receive<Tick>(_ => OnTick());
        Receive<Rumor>(OnRumor);
        Receive<Question>(question =>
        {
            Record(3, question.Id);
            // Some questions stay open until the asker gives up.
            if (_chance.Next(20) > 0) Sender.Tell(new Answer(question.Id, _index));
        });
        ReceiveAsync<Curious>(async curious =>
        {
            try
            {
                var answer = await RandomPeer().Ask<Answer>(new Question(curious.Id), TimeSpan.FromSeconds(5));
                Record(4, answer.From);
            }
            catch (AskTimeoutException)
            {
                Record(5, curious.Id);
            }
        });
        Receive<ReceiveTimeout>(_ => Record(6, 0));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", Tick.Instance, TimeSpan.FromMilliseconds(_chance.Next(30_000)), TimeSpan.FromMilliseconds(10_000 + _chance.Next(20_000)));
        Context.SetReceiveTimeout(TimeSpan.FromSeconds(45));
    }

    protected override void PreRestart(Exception reason, object message)
    {
        _log.Add($"restart {_index} {reason.Message} {message.GetType().Name}");
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _log.Add($"stop {_index}");
        base.PostStop();
    }

    private void OnTick()
    {
        Record(1, 0);
        RandomPeer().Tell(new Rumor((long)(_chance.NextUInt64() >> 1), 6));
        if (_chance.Next(4) == 0) Self.Tell(new Curious((long)(_chance.NextUInt64() >> 1)));
    }

    private void OnRumor(Rumor rumor)
    {
        Record(2, rumor.Id + rumor.Hops);
        switch (_chance.Next(2000))
        {
            case 0:
                Context.Stop(Self);
                return;
            case < 4:
                throw new InvalidOperationException("a bad rumor");
        }

        if (rumor.Hops == 0) return;
        RandomPeer().Tell(rumor with { Hops = rumor.Hops - 1 });
        if (_chance.Next(3) == 0) RandomPeer().Tell(rumor with { Hops = rumor.Hops - 1 });
    }

    private IActorRef RandomPeer() => _peers[_chance.Next(_peers.Length)];

    private void Record(int kind, long value) => _log.Add(Context.System.Scheduler.MonotonicClock.Ticks, _index, kind, value);

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed record Curious(long Id);
}
