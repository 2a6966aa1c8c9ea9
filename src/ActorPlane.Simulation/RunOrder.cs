namespace ActorPlane.Simulation;

/// <summary>Which of the actors that have something to do goes next.</summary>
public enum RunOrder
{
    /// <summary>The one that has waited longest.</summary>
    FirstInFirstOut,

    /// <summary>One drawn from the seed: other seeds show other interleavings.</summary>
    Seeded,
}
