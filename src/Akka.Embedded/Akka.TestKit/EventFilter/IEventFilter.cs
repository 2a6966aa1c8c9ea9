using Akka.Event;

namespace Akka.TestKit;

/// <summary>Decides about log events.</summary>
public interface IEventFilter
{
    /// <summary>Whether the event is one that is looked for.</summary>
    bool Apply(LogEvent logEvent);
}
