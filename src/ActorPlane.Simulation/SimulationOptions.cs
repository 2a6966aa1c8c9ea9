using Akka.Configuration;

namespace ActorPlane.Simulation;

/// <summary>How a simulation is run. Printed with every failure: a run with the same options is the same run.</summary>
public sealed record SimulationOptions
{
    /// <summary>Every random choice of the run follows from it.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Which of the ready actors goes next.</summary>
    public RunOrder Order { get; init; } = RunOrder.Seeded;

    /// <summary>Laid over the defaults of <c>hocon/actorplane.conf</c> and <c>hocon/simulation.conf</c>.</summary>
    public Config Config { get; init; } = Config.Empty;

    /// <summary>The actor system's name.</summary>
    public string SystemName { get; init; } = "actorplane";

    /// <summary>The disk of an earlier simulation, to be started again from; null for an empty one.</summary>
    public SimulatedDisk? Disk { get; init; }

    /// <summary>Messages that may be handled without time moving before the run counts as stuck.</summary>
    public long MaxMessagesPerInstant { get; init; } = 50_000_000;
}
