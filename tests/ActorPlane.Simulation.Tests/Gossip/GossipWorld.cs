using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane.Simulation.Tests.Gossip;

/// <summary>The parent of all gossipers: restarts the one that fails, replaces the one that dies.</summary>
public sealed class GossipWorld : ReceiveActor
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }");

    private readonly IActorRef[] _peers;
    private readonly GossipLog _log;

    public GossipWorld(int actors, GossipLog log)
    {
        _peers = new IActorRef[actors];
        _log = log;
        for (var i = 0; i < actors; i++) _peers[i] = ActorRefs.Nobody;
        for (var i = 0; i < actors; i++) Add(i);
        Receive<Gone>(gone =>
        {
            _log.Add($"gone {gone.Index}");
            Add(gone.Index);
        });
    }

    /// <summary>Runs a world in virtual time and returns what happened.</summary>
    public static GossipLog Run(long seed, int actors, TimeSpan duration, RunOrder order = RunOrder.Seeded)
    {
        var log = new GossipLog();
        using var simulation = Simulation.Start(new SimulationOptions { Seed = seed, Order = order, Config = Quiet });
        simulation.System.ActorOf(Props.Create(() => new GossipWorld(actors, log)), "world");
        simulation.RunFor(duration);
        log.Add(simulation.Steps.ToString());
        return log;
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(3, TimeSpan.FromMinutes(1), _ => Directive.Restart);

    private void Add(int index)
    {
        var peers = _peers;
        var log = _log;
        _peers[index] = Context.WatchWith(Context.ActorOf(Props.Create(() => new Gossiper(index, peers, log))), new Gone(index));
    }

    private sealed record Gone(int Index);
}
