#nullable disable
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Runs mailboxes on the thread pool.</summary>
public class Dispatcher : MessageDispatcher
{
    private const int FairnessMask = 63;

    [ThreadStatic]
    private static int _scheduledLocally;

    internal Dispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
    }

    /// <summary>
    /// What an actor schedules goes to its own thread's queue, where it is found warm and without waking another thread,
    /// unless that one is idle and steals it. Every so often it goes to the common queue, so that two actors who answer
    /// each other without end do not starve the rest.
    /// </summary>
    protected override void ExecuteTask(IRunnable run)
    {
        var local = InternalCurrent.Cell is not null && (++_scheduledLocally & FairnessMask) != 0;
        ThreadPool.UnsafeQueueUserWorkItem(run, local);
    }

    protected override void Shutdown()
    {
    }
}
