namespace Akka.Actor;

/// <summary>Runs code later.</summary>
public interface IAdvancedScheduler : IActionScheduler
{
}
