namespace ActorPlane.Simulation.Tests.Gossip;

/// <summary>What the gossiping actors say to each other.</summary>
public static class GossipProtocol
{
    /// <summary>Told on to others while <paramref name="Hops"/> last.</summary>
    public sealed record Rumor(long Id, int Hops);

    /// <summary>Asked; the answer is <see cref="Answer"/>.</summary>
    public sealed record Question(long Id);

    /// <summary>Answers a <see cref="Question"/>.</summary>
    public sealed record Answer(long Id, int From);
}
