#nullable disable
namespace Akka.Dispatch;

/// <summary>Lets tasks run on a dispatcher.</summary>
internal sealed class DispatcherTaskScheduler(MessageDispatcher dispatcher) : TaskScheduler
{
    protected override IEnumerable<Task> GetScheduledTasks() => null;

    protected override void QueueTask(Task task) => dispatcher.Schedule(new TaskRunnable(this, task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private sealed class TaskRunnable(DispatcherTaskScheduler scheduler, Task task) : IRunnable
    {
        public void Run() => scheduler.TryExecuteTask(task);

        public void Execute() => Run();
    }
}
