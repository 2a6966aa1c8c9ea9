using Akka.Dispatch;

namespace ActorPlane.Simulation;

/// <summary>Runs nothing itself: what an actor has to do joins the simulation's queue, and the pump runs it.</summary>
internal sealed class SimulationDispatcher : MessageDispatcher
{
    private readonly RunQueue _queue;

    public SimulationDispatcher(MessageDispatcherConfigurator configurator, RunQueue queue, string id) : base(configurator)
    {
        _queue = queue;
        Id = id;
        // One message at a time, so that the order in which actors run is the simulation's alone.
        Throughput = 1;
    }

    /// <inheritdoc />
    protected override void ExecuteTask(IRunnable run) => _queue.Enqueue(run);

    /// <inheritdoc />
    protected override void Shutdown()
    {
    }
}
