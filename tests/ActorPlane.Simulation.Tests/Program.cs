using System.Globalization;
using ActorPlane.Simulation;
using ActorPlane.Simulation.Tests.Gossip;

// Run as a process of its own by DeterminismTests: seed, actors and minutes in, the run's hash out.
if (args is not ["gossip", var seed, var actors, var minutes])
{
    Console.Error.WriteLine("Usage: gossip SEED ACTORS MINUTES. The tests themselves run with dotnet test.");
    return 2;
}

var log = GossipWorld.Run(
    long.Parse(seed, CultureInfo.InvariantCulture), int.Parse(actors, CultureInfo.InvariantCulture),
    TimeSpan.FromMinutes(int.Parse(minutes, CultureInfo.InvariantCulture)), RunOrder.Seeded);
Console.WriteLine($"{log.Hash} {log.Messages}");
return 0;
