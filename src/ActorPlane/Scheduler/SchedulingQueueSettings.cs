using ActorPlane.Settings;

namespace ActorPlane.Scheduler;

/// <summary>The waits of the scheduling queue. (<c>S/internal/queue/scheduling_queue.go</c>.)</summary>
/// <param name="InitialBackoff">A pod waits at least so long after its first failed attempt; doubles with each further one.</param>
/// <param name="MaxBackoff">No pod waits longer for its next attempt.</param>
/// <param name="UnschedulableTimeout">A pod that fits nowhere is tried again after this even if nothing changed.</param>
public sealed record SchedulingQueueSettings(TimeSpan InitialBackoff, TimeSpan MaxBackoff, TimeSpan UnschedulableTimeout)
{
    /// <summary>From the section <c>actorplane.scheduler</c>.</summary>
    public static SchedulingQueueSettings Read(SettingsReader section) => new(
        section.Duration("pod-initial-backoff"), section.Duration("pod-max-backoff"), section.Duration("unschedulable-timeout"));

    /// <summary>The wait after the given number of attempts, of which the last one failed.</summary>
    public TimeSpan Backoff(int attempts)
    {
        var backoff = InitialBackoff;
        for (var i = 1; i < attempts && backoff < MaxBackoff; i++) backoff *= 2;
        return backoff < MaxBackoff ? backoff : MaxBackoff;
    }
}
