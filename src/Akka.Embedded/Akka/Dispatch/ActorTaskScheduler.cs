#nullable disable
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs the pieces of an actor's async handlers as system messages of that actor: one at a time, inside its mailbox,
/// while its user messages wait.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    /// <summary>The message whose handler is under way.</summary>
    public object CurrentMessage { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.FromResult(0);
    });

    /// <summary>Suspends the current actor until the task is done; its failure is the actor's failure.</summary>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = InternalCurrent.Cell
            ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        cell.Dispatcher.SuspendMailbox(cell);
        var scheduler = cell.TaskScheduler;
        scheduler.CurrentMessage = cell.CurrentMessage;
        scheduler.OnBeforeTaskStarted();
        Task.Factory.StartNew(asyncAction, CancellationToken.None, TaskCreationOptions.None, scheduler)
            .Unwrap()
            .ContinueWith(
                static (task, state) => ((ActorTaskScheduler)state).Completed(task),
                scheduler,
                CancellationToken.None,
                TaskContinuationOptions.None,
                scheduler);
    }

    protected override IEnumerable<Task> GetScheduledTasks() => null;

    protected override void QueueTask(Task task)
    {
        if (task.CreationOptions.HasFlag(TaskCreationOptions.LongRunning))
        {
            // Long-running work has no place in an actor.
            ThreadPool.UnsafeQueueUserWorkItem(static s => s.Self.TryExecuteTask(s.task), (Self: this, task), preferLocal: false);
            return;
        }

        _cell.SendSystemMessage(new ActorTask(task));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(InternalCurrent.Cell, _cell) && ReferenceEquals(Current, this) && TryExecuteTask(task);

    protected virtual void OnBeforeTaskStarted()
    {
    }

    protected virtual void OnAfterTaskCompleted()
    {
    }

    internal void Execute(Task task)
    {
        _cell.CurrentMessage = CurrentMessage;
        var outer = DispatcherTaskScheduler.LeaveSynchronizationContext();
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            DispatcherTaskScheduler.Restore(outer);
        }
    }

    private void Completed(Task task)
    {
        _cell.CurrentMessage = CurrentMessage;
        var failure = task.IsCanceled
            ? new TaskCanceledException(task)
            : task.Exception is { InnerExceptions.Count: 1 } one ? one.InnerException : task.Exception;
        if (failure is null)
        {
            _cell.CurrentMessage = null;
            CurrentMessage = null;
            _cell.Dispatcher.ResumeMailbox(_cell);
            _cell.CheckReceiveTimeout();
        }
        else
        {
            // The failure suspends the mailbox once more, and the supervisor's answer resumes it once.
            _cell.Mailbox.Resume();
            _cell.HandleInvokeFailure(failure);
            CurrentMessage = null;
        }

        OnAfterTaskCompleted();
    }
}
