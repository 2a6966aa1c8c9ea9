#nullable disable
using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>The plain record of <see cref="IDispatcherPrerequisites"/>.</summary>
public sealed class DefaultDispatcherPrerequisites : IDispatcherPrerequisites
{
    public DefaultDispatcherPrerequisites(EventStream eventStream, IScheduler scheduler, Settings settings, Mailboxes mailboxes)
    {
        EventStream = eventStream;
        Scheduler = scheduler;
        Settings = settings;
        Mailboxes = mailboxes;
    }

    public EventStream EventStream { get; }

    public Mailboxes Mailboxes { get; }

    public IScheduler Scheduler { get; }

    public Settings Settings { get; }
}
