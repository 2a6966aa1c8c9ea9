#nullable disable
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>How a child is restarted with growing delays.</summary>
public abstract class BackoffOptions
{
    protected BackoffOptions()
    {
    }

    internal abstract Props Props { get; }

    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    public abstract BackoffOptions WithManualReset();

    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    public abstract BackoffOptions WithDefaultStoppingStrategy();

    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>What senders get while there is no child; otherwise their messages become dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>A message after which the child's end is the supervisor's end.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);
}
