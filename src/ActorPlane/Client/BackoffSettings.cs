using ActorPlane.Settings;

namespace ActorPlane.Client;

/// <summary>How long to wait before trying again; as <c>wait.Backoff</c> in apimachinery.</summary>
/// <param name="Initial">The first wait.</param>
/// <param name="Max">No wait is longer, jitter aside.</param>
/// <param name="Factor">Each wait is so many times the one before.</param>
/// <param name="Jitter">Each wait is lengthened by a share of itself drawn from 0 to this.</param>
/// <param name="ResetAfter">A failure that comes so long after the last one counts as the first again.</param>
public sealed record BackoffSettings(TimeSpan Initial, TimeSpan Max, double Factor, double Jitter, TimeSpan ResetAfter)
{
    /// <summary>From a section with the keys <c>initial, max, factor, jitter, reset-after</c>.</summary>
    public static BackoffSettings Read(SettingsReader section) => new(
        section.Duration("initial"), section.Duration("max"), section.Number("factor", 1, 100), section.Number("jitter", 0, 10), section.Duration("reset-after"));
}
