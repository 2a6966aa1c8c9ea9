namespace Akka.Event;

/// <summary>Marks messages that are not logged when they become dead letters.</summary>
public interface IDeadLetterSuppression
{
}
