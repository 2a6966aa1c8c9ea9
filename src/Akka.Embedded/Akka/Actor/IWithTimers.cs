#nullable disable
namespace Akka.Actor;

/// <summary>An actor with timers that end with it.</summary>
public interface IWithTimers
{
    /// <summary>Set by the runtime before PreStart.</summary>
    ITimerScheduler Timers { get; set; }
}
