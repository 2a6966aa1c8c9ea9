#nullable disable
namespace Akka.Actor;

/// <summary>A behaviour that says nothing about whether it handled the message.</summary>
public delegate void UntypedReceive(object message);
