namespace ActorPlane.Kubelet;

/// <summary>
/// How long a container that keeps ending has to wait for its next start. The first time it ends it starts again at once;
/// then it waits the initial delay, twice that, and so on up to the longest, counted from its end. A container that ran
/// long enough is forgiven: its next end counts as the first again.
/// Source: <c>pkg/kubelet/kuberuntime/kuberuntime_manager.go</c> (doBackOff), <c>client-go/util/flowcontrol/backoff.go</c>.
/// </summary>
/// <param name="Delay">What the next end has to wait; zero as long as the container never was restarted.</param>
/// <param name="LastStart">When it was restarted last.</param>
public readonly record struct CrashLoopBackOff(TimeSpan Delay, DateTimeOffset LastStart)
{
    /// <summary>The container has not ended yet.</summary>
    public static CrashLoopBackOff None => default;

    /// <summary>The earliest next start of a container that ended at <paramref name="endedAt"/>: that very time when it need not wait.</summary>
    public DateTimeOffset NextStart(DateTimeOffset endedAt, CrashLoopSettings settings) =>
        IsForgotten(endedAt, settings) ? endedAt : endedAt + Delay;

    /// <summary>The state after the container that ended at <paramref name="endedAt"/> was started again at <paramref name="now"/>.</summary>
    public CrashLoopBackOff Restarted(DateTimeOffset endedAt, DateTimeOffset now, CrashLoopSettings settings)
    {
        if (IsForgotten(endedAt, settings)) return new CrashLoopBackOff(settings.Initial, now);
        var doubled = Delay + Delay;
        return new CrashLoopBackOff(doubled < settings.Max ? doubled : settings.Max, now);
    }

    private bool IsForgotten(DateTimeOffset endedAt, CrashLoopSettings settings) =>
        Delay == TimeSpan.Zero || endedAt - LastStart > settings.ForgottenAfter;
}
