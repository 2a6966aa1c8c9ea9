namespace Akka.Actor;

/// <summary>Sends messages later, tells the time, and gives access to what is rarely needed.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>Runs code later. It runs outside of actors: prefer to send a message.</summary>
    IAdvancedScheduler Advanced { get; }
}
