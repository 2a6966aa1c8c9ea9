using Akka.Actor.Setup;

namespace ActorPlane.Simulation;

/// <summary>Carries a simulation's parts to the dispatcher and the journals, which Akka creates from the configuration by type name.</summary>
internal sealed class SimulationSetup(RunQueue queue, SimulatedDisk disk) : Setup
{
    /// <summary>Shared by all dispatchers of the system.</summary>
    public RunQueue Queue { get; } = queue;

    /// <summary>Outlives the actor system, as a disk outlives a process.</summary>
    public SimulatedDisk Disk { get; } = disk;

    /// <summary>The setup that <paramref name="settings"/> came with.</summary>
    public static SimulationSetup Of(Akka.Actor.Settings settings) =>
        settings.Setup.Get<SimulationSetup>() is { HasValue: true } setup
            ? setup.Value
            : throw new InvalidOperationException("This system was not started by Simulation.Start: its dispatchers and journals need a simulation.");
}
