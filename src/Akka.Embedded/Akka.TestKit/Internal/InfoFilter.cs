using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

/// <summary>Looks for events of the info level.</summary>
public class InfoFilter : EventFilterBase
{
    /// <param name="messageMatcher">Decides about texts; <c>null</c> takes all.</param>
    /// <param name="sourceMatcher">Decides about sources; <c>null</c> takes all.</param>
    public InfoFilter(IStringMatcher messageMatcher = null, IStringMatcher sourceMatcher = null) : base(messageMatcher, sourceMatcher)
    {
    }

    /// <inheritdoc />
    protected override string FilterDescriptiveName => "Info";

    /// <inheritdoc />
    protected override bool IsMatch(LogEvent evt) => evt is Akka.Event.Info && InternalDoMatch(evt.LogSource, evt.Message);
}
