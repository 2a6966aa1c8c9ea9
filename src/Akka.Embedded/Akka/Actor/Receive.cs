#nullable disable
namespace Akka.Actor;

/// <summary>A behaviour: true when the message was handled.</summary>
public delegate bool Receive(object message);
