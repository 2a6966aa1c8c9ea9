using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit;

/// <summary>The logger of tests: it prints what no filter of the test takes.</summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<EventFilterBase> _filters = [];

    /// <inheritdoc />
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                foreach (var channel in (Type[])[typeof(Mute), typeof(Unmute), typeof(DeadLetter), typeof(UnhandledMessage)])
                    initialize.LoggingBus.Subscribe(Context.Self, channel);
                Sender.Tell(new LoggerInitialized());
                return true;
            case Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case Unmute unmute:
                foreach (var filter in unmute.Filters)
                    _filters.Remove(filter);
                return true;
            case LogEvent logEvent:
                if (!IsFiltered(logEvent))
                    Print(logEvent);
                return true;
            case DeadLetter letter:
                ReceiveDeadLetter(letter);
                return true;
            case UnhandledMessage unhandled:
                var warning = new Warning(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(),
                    "Unhandled message from " + unhandled.Sender + ": " + unhandled.Message);
                if (!IsFiltered(warning))
                    Print(warning);
                return true;
            default:
                return false;
        }
    }

    private void ReceiveDeadLetter(DeadLetter letter)
    {
        // The messages with which actors end are dead letters often and rightly.
        if (letter.Message is Terminate)
            return;
        var source = letter.Recipient.Path.ToString();
        if (IsFiltered(new Warning(source, letter.Recipient.GetType(), letter)))
            return;
        var kind = letter.Message is ISystemMessage ? "Received dead system message" : "Received dead letter";
        Print(new Warning(source, letter.Recipient.GetType(), $"{kind} from {letter.Sender}: {letter.Message}"));
    }

    private bool IsFiltered(LogEvent logEvent)
    {
        foreach (var filter in _filters)
        {
            try
            {
                if (filter.Apply(logEvent))
                    return true;
            }
            catch (FormatException)
            {
                // A log message whose format and arguments do not fit has no text to compare: it is printed as what it is.
                return false;
            }
        }

        return false;
    }
}
