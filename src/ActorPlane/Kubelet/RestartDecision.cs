namespace ActorPlane.Kubelet;

/// <summary>What follows when a container has ended.</summary>
/// <param name="Verdict">Whether it starts again.</param>
/// <param name="At">When; only for <see cref="RestartVerdict.Later"/>.</param>
/// <param name="Wait">The back-off as the messages name it; only for <see cref="RestartVerdict.Later"/>.</param>
public readonly record struct RestartDecision(RestartVerdict Verdict, DateTimeOffset At, TimeSpan Wait)
{
    /// <summary>
    /// By the pod's restart policy and the container's past. An init container that succeeded is never repeated, and
    /// under the policy Always one that failed is.
    /// Source: <c>pkg/kubelet/container/helpers.go</c> (ShouldContainerBeRestarted).
    /// </summary>
    /// <param name="policy"><c>Always</c>, <c>OnFailure</c> or <c>Never</c>; the container's own one when it is a sidecar.</param>
    /// <param name="isInit">True for an init container that must run to its end.</param>
    public static RestartDecision After(
        string policy, bool isInit, int exitCode, CrashLoopBackOff past, DateTimeOffset endedAt, CrashLoopSettings settings)
    {
        var again = policy switch
        {
            "Never" => false,
            "OnFailure" => exitCode != 0,
            _ => !isInit || exitCode != 0,
        };
        if (!again) return new RestartDecision(RestartVerdict.Never, default, default);
        var at = past.NextStart(endedAt, settings);
        return at <= endedAt
            ? new RestartDecision(RestartVerdict.AtOnce, endedAt, TimeSpan.Zero)
            : new RestartDecision(RestartVerdict.Later, at, past.Delay);
    }
}
