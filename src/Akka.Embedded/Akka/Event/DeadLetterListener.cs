using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Logs dead letters at info level: all of them, or so many before it falls silent, for a while or for good
/// (<c>akka.log-dead-letters</c>, <c>akka.log-dead-letters-suspend-duration</c>).
/// </summary>
public class DeadLetterListener : ActorBase
{
    private EventStream _eventStream;
    private int _count;
    private int _logged;
    private int _limit;
    private TimeSpan _silence;
    private TimeSpan? _silentUntil;

    /// <inheritdoc />
    protected override void PreStart()
    {
        _eventStream = Context.System.EventStream;
        _limit = Context.System.Settings.LogDeadLetters;
        _silence = Context.System.Settings.LogDeadLettersSuspendDuration;
        _eventStream.Subscribe(Self, typeof(DeadLetter));
        _eventStream.Subscribe(Self, typeof(Dropped));
        _eventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    /// <inheritdoc />
    protected override void PostStop() => _eventStream.Unsubscribe(Self);

    /// <inheritdoc />
    protected override void PreRestart(Exception reason, object message)
    {
        // It goes on counting: neither unsubscribes nor stops children.
    }

    /// <inheritdoc />
    protected override void PostRestart(Exception reason)
    {
    }

    /// <inheritdoc />
    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter)
            return false;
        _count++;
        if (letter.Message is IDeadLetterSuppression)
            return true;
        if (_silentUntil is { } until)
        {
            if (Context.System.Scheduler.MonotonicClock < until)
                return true;
            Log(letter, $", of which {_count - _logged - 1} were not logged. The counter will be reset now");
            _silentUntil = null;
            _count = _logged = 0;
            return true;
        }

        _logged++;
        if (_limit == int.MaxValue || _logged < _limit)
        {
            Log(letter, "");
        }
        else if (_silence == Timeout.InfiniteTimeSpan)
        {
            Log(letter, ", no more dead letters will be logged");
            Context.Stop(Self);
        }
        else
        {
            Log(letter, $", no more dead letters will be logged in next [{_silence}]");
            _silentUntil = Context.System.Scheduler.MonotonicClock + _silence;
        }

        return true;
    }

    private void Log(AllDeadLetters letter, string note)
    {
        var sender = letter.Sender == null || ReferenceEquals(letter.Sender, Context.System.DeadLetters) ? "without sender" : $"from {letter.Sender}";
        var fate = letter switch
        {
            Dropped dropped => $"was dropped. {dropped.Reason}.",
            UnhandledMessage => "was unhandled.",
            _ => "was not delivered."
        };
        var type = letter.Message is IWrappedMessage wrapped ? $"{wrapped.Message.GetType().Name} wrapped in {wrapped.GetType().Name}" : letter.Message?.GetType().Name;
        _eventStream.Publish(new Info(letter.Recipient.Path.ToString(), letter.Recipient.GetType(),
            $"Message [{type}] {sender} to {letter.Recipient} {fate} [{_count}] dead letters encountered{note}. "
            + $"If this is not an expected behavior then {letter.Recipient} may have terminated unexpectedly. "
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'. "
            + $"Message content: {letter.Message}"));
    }
}
