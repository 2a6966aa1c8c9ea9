using ActorPlane.Client;

namespace ActorPlane.Kubelet;

/// <summary>
/// What a kubelet knows of its node's lease and of the renewal that it waits for: one at a time. The default is before the
/// first one. Source: <c>G/component-helpers/apimachinery/lease/controller.go</c>.
/// </summary>
/// <param name="Exists">The lease is there, as far as is known.</param>
/// <param name="IsUnderWay">The last renewal has not been answered.</param>
/// <param name="Number">Which renewal the last one is; the first is 1.</param>
/// <param name="AskedAt">When the last one began.</param>
/// <param name="RenewedAt">When one succeeded last.</param>
public readonly record struct LeaseRenewal(bool Exists, bool IsUnderWay, int Number, DateTimeOffset AskedAt, DateTimeOffset RenewedAt)
{
    /// <summary>A renewal begins.</summary>
    public LeaseRenewal Begin(DateTimeOffset now) => this with { IsUnderWay = true, Number = Number + 1, AskedAt = now };

    /// <summary>A renewal that is not answered within <paramref name="timeout"/> is given up: its answer counts no more.</summary>
    public LeaseRenewal GiveUp(DateTimeOffset now, TimeSpan timeout) =>
        IsUnderWay && now - AskedAt >= timeout ? this with { IsUnderWay = false } : this;

    /// <summary>A renewal was answered.</summary>
    /// <param name="number">Which one.</param>
    /// <param name="leaseDuration">How long the lease is good for.</param>
    public (LeaseRenewal Next, LeaseStep Step) Answer(int number, ApiOutcome outcome, DateTimeOffset now, TimeSpan leaseDuration)
    {
        if (number != Number || !IsUnderWay) return (this, LeaseStep.None);
        var idle = this with { IsUnderWay = false };
        if (outcome.IsDone)
        {
            var wasSilent = Exists && now - RenewedAt > leaseDuration;
            return (idle with { Exists = true, RenewedAt = now }, wasSilent ? LeaseStep.Report : LeaseStep.None);
        }

        if (Exists && outcome.IsRefused(StatusReason.NotFound)) return (idle with { Exists = false }, LeaseStep.Restore);
        if (!Exists && outcome.IsRefused(StatusReason.AlreadyExists)) return (idle with { Exists = true, RenewedAt = now }, LeaseStep.Renew);
        return (idle, LeaseStep.None);
    }
}
