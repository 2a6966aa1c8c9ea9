using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

/// <summary>Looks for events of the debug level.</summary>
public class DebugFilter : EventFilterBase
{
    /// <param name="messageMatcher">Decides about texts; <c>null</c> takes all.</param>
    /// <param name="sourceMatcher">Decides about sources; <c>null</c> takes all.</param>
    public DebugFilter(IStringMatcher messageMatcher = null, IStringMatcher sourceMatcher = null) : base(messageMatcher, sourceMatcher)
    {
    }

    /// <inheritdoc />
    protected override string FilterDescriptiveName => "Debug";

    /// <inheritdoc />
    protected override bool IsMatch(LogEvent evt) => evt is Akka.Event.Debug && InternalDoMatch(evt.LogSource, evt.Message);
}
