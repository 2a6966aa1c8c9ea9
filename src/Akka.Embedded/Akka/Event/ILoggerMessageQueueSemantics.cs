using Akka.Dispatch;

namespace Akka.Event;

/// <summary>What loggers require of their mailbox: that log events left over at the end are printed rather than lost.</summary>
public interface ILoggerMessageQueueSemantics : ISemantics
{
}
