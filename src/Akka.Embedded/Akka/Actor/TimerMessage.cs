#nullable disable
namespace Akka.Actor;

/// <summary>A timer's message on its way: it knows whether its timer still stands.</summary>
internal class TimerMessage(TimerScheduler owner, object key, int generation, object message, bool repeats)
    : INoSerializationVerificationNeeded, IWrappedMessage
{
    public object Message => message;

    public int Generation => generation;

    public bool Repeats => repeats;

    public ICancelable Task { get; set; }

    /// <summary>The message, or null when its timer was cancelled, replaced, or set by an earlier instance.</summary>
    public object Open(ActorBase actor) =>
        actor is IWithTimers { Timers: TimerScheduler timers } && ReferenceEquals(timers, owner) && owner.TryFire(key, this)
            ? message
            : null;
}

internal sealed class QuietTimerMessage(TimerScheduler owner, object key, int generation, object message, bool repeats)
    : TimerMessage(owner, key, generation, message, repeats), INotInfluenceReceiveTimeout;
