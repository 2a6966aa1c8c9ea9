using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>A filter has matched a log event.</summary>
public delegate void EventMatched(EventFilterBase eventFilter, LogEvent logEvent);
