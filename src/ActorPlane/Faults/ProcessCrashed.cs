namespace ActorPlane.Faults;

/// <summary>Thrown by an actor that was told to crash (<see cref="FaultProtocol"/>): its supervisor decides what follows.</summary>
public sealed class ProcessCrashed(string process) : Exception($"{process} was made to crash.");
