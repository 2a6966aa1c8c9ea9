#nullable disable
namespace Akka.Dispatch;

/// <summary>Lets tasks run on a dispatcher.</summary>
internal sealed class DispatcherTaskScheduler(MessageDispatcher dispatcher) : TaskScheduler
{
    /// <summary>
    /// A dispatcher may run on a thread with a synchronization context, as a test's or a window's. An await would continue there
    /// instead of here, because it prefers the context to the task scheduler.
    /// </summary>
    public static SynchronizationContext LeaveSynchronizationContext()
    {
        var outer = SynchronizationContext.Current;
        if (outer is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        return outer;
    }

    public static void Restore(SynchronizationContext outer)
    {
        if (outer is not null)
            SynchronizationContext.SetSynchronizationContext(outer);
    }

    protected override IEnumerable<Task> GetScheduledTasks() => null;

    protected override void QueueTask(Task task) => dispatcher.Schedule(new TaskRunnable(this, task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private sealed class TaskRunnable(DispatcherTaskScheduler scheduler, Task task) : IRunnable
    {
        public void Run()
        {
            var outer = LeaveSynchronizationContext();
            try
            {
                scheduler.TryExecuteTask(task);
            }
            finally
            {
                Restore(outer);
            }
        }

        public void Execute() => Run();
    }
}
