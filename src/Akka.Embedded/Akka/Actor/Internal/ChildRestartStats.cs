#nullable disable
using System.Diagnostics;

namespace Akka.Actor.Internal;

/// <summary>A child and how often it was restarted in the present window of time.</summary>
public class ChildRestartStats : IChildStats
{
    public ChildRestartStats(IInternalActorRef child, uint maxNrOfRetriesCount = 0, long restartTimeWindowStartTicks = 0)
    {
        Child = child;
        MaxNrOfRetriesCount = maxNrOfRetriesCount;
        RestartTimeWindowStartTicks = restartTimeWindowStartTicks;
    }

    public IInternalActorRef Child { get; }

    public uint MaxNrOfRetriesCount { get; private set; }

    /// <summary>When the window opened, on the scheduler's clock; 0: it has not.</summary>
    public long RestartTimeWindowStartTicks { get; private set; }

    public long Uid => Child.Path.Uid;

    /// <summary>Counts a restart. False when it is one too many.</summary>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0)
            return false;
        if (withinTimeMilliseconds > 0)
            return RetriesInWindowOkay(maxNrOfRetries > 0 ? maxNrOfRetries : 1, withinTimeMilliseconds);
        return maxNrOfRetries < 0 || ++MaxNrOfRetriesCount <= maxNrOfRetries;
    }

    /// <summary>The window opens with a restart; if too many happen before it closes, permission is refused.</summary>
    private bool RetriesInWindowOkay(int retries, int windowMilliseconds)
    {
        var now = Now();
        if (RestartTimeWindowStartTicks == 0)
            RestartTimeWindowStartTicks = now;
        if (now - RestartTimeWindowStartTicks <= windowMilliseconds * TimeSpan.TicksPerMillisecond)
            return ++MaxNrOfRetriesCount <= retries;
        MaxNrOfRetriesCount = 1;
        RestartTimeWindowStartTicks = now;
        return true;
    }

    private long Now() => Child is LocalActorRef { Cell: { } cell }
        ? Math.Max(1, cell.System.Scheduler.MonotonicClock.Ticks)
        : Stopwatch.GetElapsedTime(0).Ticks;
}
