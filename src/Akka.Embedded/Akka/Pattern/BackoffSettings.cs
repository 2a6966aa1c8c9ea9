#nullable disable
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>The options as data.</summary>
internal sealed record BackoffSettings(
    bool RestartsOnStop, Props ChildProps, string ChildName, TimeSpan MinBackoff, TimeSpan MaxBackoff, double RandomFactor)
{
    public IBackoffReset Reset { get; init; }

    public OneForOneStrategy Strategy { get; init; } = new(SupervisorStrategy.DefaultDecider);

    public object ReplyWhileStopped { get; init; }

    public Func<object, bool> FinalStopMessage { get; init; }

    public Props ToProps()
    {
        if (MinBackoff <= TimeSpan.Zero)
            throw new ArgumentException("MinBackoff must be greater than 0", nameof(MinBackoff));
        if (MaxBackoff < MinBackoff)
            throw new ArgumentException("MaxBackoff must be greater than MinBackoff", nameof(MaxBackoff));
        if (RandomFactor is < 0.0 or > 1.0)
            throw new ArgumentException("RandomFactor must be between 0.0 and 1.0", nameof(RandomFactor));
        var reset = Reset ?? new AutoReset(MinBackoff);
        if (reset is AutoReset auto && (auto.ResetBackoff < MinBackoff || auto.ResetBackoff > MaxBackoff))
            throw new ArgumentException("ResetBackoff must be between MinBackoff and MaxBackoff", nameof(Reset));
        var type = RestartsOnStop ? typeof(BackoffSupervisor) : typeof(BackoffOnRestartSupervisor);
        return Props.Create(type, ChildProps, ChildName, MinBackoff, MaxBackoff, reset, RandomFactor, Strategy, ReplyWhileStopped, FinalStopMessage);
    }

    /// <summary>min * 2^restarts, at most max, then up to the random factor longer.</summary>
    public static TimeSpan Delay(ActorSystem system, int restarts, TimeSpan min, TimeSpan max, double randomFactor)
    {
        var factor = 1.0 + (((Actor.Internal.ActorSystemImpl)system).Random.NextDouble() * randomFactor);
        if (restarts >= 30)
            return max;
        var ticks = Math.Min(max.Ticks, min.Ticks * Math.Pow(2, restarts)) * factor;
        return ticks < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : max;
    }
}
