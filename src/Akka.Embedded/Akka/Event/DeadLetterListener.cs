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
        if (letter.Message is IDeadLetterSuppression or IWrappedMessage { Message: IDeadLetterSuppression })
            return true;
        _count++;
        if (_silentUntil is { } until)
        {
            if (Context.System.Scheduler.MonotonicClock < until)
                return true;
            Log(letter, $", of which {_count - _limit - 1} were not logged. The counter will be reset now");
            _silentUntil = null;
            _count = 0;
        }
        else if (_limit == int.MaxValue || _count < _limit)
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
        var content = letter.Message is IWrappedMessage envelope ? envelope.Message : letter.Message;
        var type = content?.GetType().Name ?? "null";

        // The dollar sign is in Akka.NET's text as well.
        var wrapped = letter.Message is IWrappedMessage ? $" wrapped in [${letter.Message.GetType().Name}]" : "";
        var origin = IsReal(letter.Sender) ? $" from {letter.Sender}" : " without sender";
        var destination = IsReal(letter.Recipient) ? $" to {letter.Recipient}" : "";
        var counted = $"[{_count}] dead letters encountered{note}. ";
        var what = letter switch
        {
            Dropped dropped => $"{destination} was dropped. {dropped.Reason}. {counted}",
            UnhandledMessage => $"{destination} was unhandled. {counted}",
            _ => $" to {letter.Recipient} was not delivered. {counted}If this is not an expected behavior then {letter.Recipient} may have terminated unexpectedly. ",
        };
        var text = $"Message [{type}]{wrapped}{origin}{what}"
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'.";
        var shown = content?.ToString() ?? "null";
        if (shown != type)
            text += $" Message content: {shown}";
        _eventStream.Publish(new Info(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), text));
    }

    private static bool IsReal(IActorRef actor) => !actor.IsNobody() && !ReferenceEquals(actor, Context.System.DeadLetters);
}
