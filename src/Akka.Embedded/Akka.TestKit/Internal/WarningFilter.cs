using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

/// <summary>Looks for events of the warning level.</summary>
public class WarningFilter : EventFilterBase
{
    /// <param name="messageMatcher">Decides about texts; <c>null</c> takes all.</param>
    /// <param name="sourceMatcher">Decides about sources; <c>null</c> takes all.</param>
    public WarningFilter(IStringMatcher messageMatcher = null, IStringMatcher sourceMatcher = null) : base(messageMatcher, sourceMatcher)
    {
    }

    /// <inheritdoc />
    protected override string FilterDescriptiveName => "Warning";

    /// <inheritdoc />
    protected override bool IsMatch(LogEvent evt) => evt is Akka.Event.Warning && InternalDoMatch(evt.LogSource, evt.Message);
}
