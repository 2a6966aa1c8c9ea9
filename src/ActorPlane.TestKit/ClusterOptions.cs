using ActorPlane.Simulation;
using Akka.Configuration;

namespace ActorPlane.TestKit;

/// <summary>What cluster a scenario runs on.</summary>
public sealed record ClusterOptions
{
    /// <summary>Nodes to start, named node-1, node-2, ...</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>CPU of each node, a quantity; null: as configured.</summary>
    public string? Cpu { get; init; }

    /// <summary>Memory of each node, a quantity; null: as configured.</summary>
    public string? Memory { get; init; }

    /// <summary>Every random choice of the run follows from it.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Which of the ready actors goes next.</summary>
    public RunOrder Order { get; init; } = RunOrder.Seeded;

    /// <summary>HOCON laid over the defaults.</summary>
    public string Config { get; init; } = "";

    /// <summary>Whether to keep every message for <see cref="SimulatedCluster.Trace"/>; costs memory in long runs.</summary>
    public bool RecordTrace { get; init; } = true;

    /// <summary>The disk of an earlier run to go on from; null for an empty one.</summary>
    public SimulatedDisk? Disk { get; init; }

    internal SimulationOptions ToSimulation() => new()
    {
        Seed = Seed, Order = Order, Disk = Disk, Config = ConfigurationFactory.ParseString(Config),
    };
}
