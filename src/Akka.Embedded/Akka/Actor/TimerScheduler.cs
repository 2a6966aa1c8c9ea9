#nullable disable
namespace Akka.Actor;

/// <summary>The timers of one instance of an actor.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private Dictionary<object, TimerMessage> _timers;
    private int _generation;

    public IReadOnlyCollection<object> ActiveTimers => _timers is null ? [] : _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, true, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => Start(key, msg, interval, interval, true, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, true, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, true, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, default, false, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => Start(key, msg, timeout, default, false, sender);

    public bool IsTimerActive(object key) => _timers is not null && _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers is not null && _timers.Remove(key, out var timer))
            timer.Task.Cancel();
    }

    public void CancelAll()
    {
        if (_timers is null)
            return;
        foreach (var timer in _timers.Values)
            timer.Task.Cancel();
        _timers.Clear();
    }

    internal bool TryFire(object key, TimerMessage message)
    {
        if (_timers is null || !_timers.TryGetValue(key, out var timer) || timer.Generation != message.Generation)
            return false;
        if (!timer.Repeats)
            _timers.Remove(key);
        return true;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan interval, bool repeats, IActorRef sender)
    {
        Cancel(key);
        var generation = ++_generation;
        var timer = message is INotInfluenceReceiveTimeout
            ? new QuietTimerMessage(this, key, generation, message, repeats)
            : new TimerMessage(this, key, generation, message, repeats);
        timer.Task = repeats
            ? cell.System.Scheduler.ScheduleTellRepeatedlyCancelable(delay, interval, cell.Self, timer, sender)
            : cell.System.Scheduler.ScheduleTellOnceCancelable(delay, cell.Self, timer, sender);
        (_timers ??= [])[key] = timer;
    }
}
