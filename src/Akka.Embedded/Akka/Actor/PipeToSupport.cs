#nullable disable
namespace Akka.Actor;

/// <summary>Sends the outcome of a task to an actor; a failure becomes a <see cref="Status.Failure"/>.</summary>
public static class PipeToSupport
{
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, IActorRef sender = null, Func<T, object> success = null, Func<Exception, object> failure = null) =>
        PipeTo(taskToPipe, recipient, false, sender, success, failure);

    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef sender = null, Func<T, object> success = null, Func<Exception, object> failure = null) =>
        Pipe(taskToPipe, recipient, sender, success is null ? null : task => success(((Task<T>)task).Result), failure, static task => ((Task<T>)task).Result);

    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, IActorRef sender = null, Func<object> success = null, Func<Exception, object> failure = null) =>
        PipeTo(taskToPipe, recipient, false, sender, success, failure);

    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef sender = null, Func<object> success = null, Func<Exception, object> failure = null) =>
        Pipe(taskToPipe, recipient, sender, success is null ? null : _ => success(), failure, null);

    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef sender = null, Func<T, object> success = null, Func<Exception, object> failure = null) =>
        PipeTo(taskToPipe.AsTask(), recipient, false, sender, success, failure);

    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef sender = null, Func<T, object> success = null, Func<Exception, object> failure = null) =>
        PipeTo(taskToPipe.AsTask(), recipient, useConfigureAwait, sender, success, failure);

    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, IActorRef sender = null, Func<object> success = null, Func<Exception, object> failure = null) =>
        PipeTo(taskToPipe.AsTask(), recipient, false, sender, success, failure);

    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef sender = null, Func<object> success = null, Func<Exception, object> failure = null) =>
        PipeTo(taskToPipe.AsTask(), recipient, useConfigureAwait, sender, success, failure);

    /// <summary>
    /// Inside an actor the continuation runs on the actor's dispatcher, so that a simulation sees it; what
    /// useConfigureAwait chooses between makes no difference to a continuation that only sends.
    /// </summary>
    private static Task Pipe(Task task, ICanTell recipient, IActorRef sender, Func<Task, object> success, Func<Exception, object> failure, Func<Task, object> plainResult)
    {
        sender ??= ActorRefs.NoSender;
        var scheduler = InternalCurrent.Cell?.Dispatcher.TaskScheduler ?? TaskScheduler.Default;
        return task.ContinueWith(
            done =>
            {
                try
                {
                    if (done.IsCompletedSuccessfully)
                    {
                        if (success is not null)
                            recipient.Tell(success(done), sender);
                        else if (plainResult is not null)
                            recipient.Tell(plainResult(done), sender);
                        return;
                    }
                }
                catch (Exception e)
                {
                    // The success function failed: that is the outcome then.
                    Fail(e);
                    return;
                }

                Fail(done.IsCanceled
                    ? new TaskCanceledException(done)
                    : done.Exception is { InnerExceptions.Count: 1 } single ? single.InnerException : done.Exception);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            scheduler);

        void Fail(Exception cause) => recipient.Tell(failure is not null ? failure(cause) : new Status.Failure(cause), sender);
    }
}
