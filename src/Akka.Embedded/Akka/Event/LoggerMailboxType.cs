using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Akka.Event;

/// <summary>The mailbox of loggers: log events that a stopping logger leaves over go to the console logger.</summary>
internal sealed class LoggerMailboxType(Settings settings, Config config)
    : MailboxType(settings, config), IProducesMessageQueue<LoggerMailboxType.LoggerMessageQueue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new LoggerMessageQueue(system);

    internal sealed class LoggerMessageQueue(ActorSystem system) : IMessageQueue, ILoggerMessageQueueSemantics, IUnboundedMessageQueueSemantics
    {
        private readonly ConcurrentQueue<Envelope> _queue = new();

        public bool HasMessages => !_queue.IsEmpty;

        public int Count => _queue.Count;

        public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(envelope);

        public bool TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            var console = system.Settings.StdoutLogger;
            var lowest = Logging.LogLevelFor(system.Settings.StdoutLogLevel);
            while (_queue.TryDequeue(out var envelope))
            {
                if (envelope.Message is not LogEvent logEvent)
                    deadletters.Enqueue(owner, envelope);
                else if (logEvent.LogLevel() >= lowest)
                    console.Tell(logEvent, envelope.Sender);
            }
        }
    }
}
