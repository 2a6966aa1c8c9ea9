using ActorPlane.Settings;

namespace ActorPlane.Kubelet;

/// <summary>The times of <see cref="CrashLoopBackOff"/> (<c>actorplane.kubelet.crash-loop</c>).</summary>
/// <param name="Initial">The wait before the second restart.</param>
/// <param name="Max">The longest wait.</param>
/// <param name="ForgottenAfter">A container that ran longer than this is treated as if it had never failed.</param>
public sealed record CrashLoopSettings(TimeSpan Initial, TimeSpan Max, TimeSpan ForgottenAfter)
{
    /// <summary>Reads the section. Throws <see cref="SettingsException"/>.</summary>
    public static CrashLoopSettings From(SettingsReader section) =>
        new(section.Duration("initial"), section.Duration("max"), section.Duration("forgotten-after"));
}
