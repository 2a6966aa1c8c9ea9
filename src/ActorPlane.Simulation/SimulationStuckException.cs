namespace ActorPlane.Simulation;

/// <summary>
/// A simulation cannot go on: nothing is ready to run and no timer is set while someone waits, or messages go round
/// without time moving. The message says who waits for what, and names the seed that shows it again.
/// </summary>
public sealed class SimulationStuckException(string message) : Exception(message);
