using Akka.Configuration;
using Akka.Dispatch;

namespace ActorPlane.Simulation;

/// <summary>Named by <c>hocon/simulation.conf</c> as the type of every dispatcher: all of a system's dispatchers feed one queue.</summary>
public sealed class SimulationDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SimulationDispatcher _dispatcher;

    /// <summary>Called by Akka, which finds the type by its name.</summary>
    public SimulationDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) =>
        _dispatcher = new SimulationDispatcher(this, SimulationSetup.Of(prerequisites.Settings).Queue, config.GetString("id", "simulation"));

    /// <inheritdoc />
    public override MessageDispatcher Dispatcher() => _dispatcher;
}
