#nullable disable
namespace Akka.Actor;

/// <summary>Asking: a message with a task for its answer.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>
    /// Without a timeout it is <c>akka.actor.ask-timeout</c>. Fails with <see cref="AskTimeoutException"/> when time is up, with the
    /// cause of a <see cref="Status.Failure"/>, and with <see cref="ArgumentException"/> when the answer has another type.
    /// </summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        Start<T>(self, message, null, timeout, cancellationToken);

    /// <summary>For messages that carry the handle for the answer.</summary>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken) =>
        Start<T>(self, null, messageFactory, timeout, cancellationToken);

    internal static IActorRefProvider ResolveProvider(ICanTell self)
    {
        // The receiver's system comes first: the thread may still be inside of an actor of another one, as tests are.
        return self switch
        {
            IInternalActorRef actor => actor.Provider,
            ActorSelection { Anchor: { } anchor } => ResolveProvider(anchor),
            _ => InternalCurrent.Cell?.SystemImpl.Provider,
        };
    }

    private static Task<T> Start<T>(ICanTell self, object message, Func<IActorRef, object> factory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ResolveProvider(self)
            ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(self));
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var future = provider.CreateFutureRef(result);
        var limit = timeout ?? provider.Settings.AskTimeout;
        if (limit != Timeout.InfiniteTimeSpan && limit > TimeSpan.Zero)
        {
            future.Timeout = provider.Settings.System.Scheduler.Advanced.ScheduleOnceCancelable(limit, () =>
            {
                if (result.TrySetException(new AskTimeoutException($"Timeout after {limit} seconds")))
                    future.Finish();
            });
        }

        if (cancellationToken.CanBeCanceled)
        {
            var registration = cancellationToken.Register(() =>
            {
                if (result.TrySetCanceled(cancellationToken))
                    future.Finish();
            });
            _ = result.Task.ContinueWith(
                static (_, r) => ((CancellationTokenRegistration)r).Unregister(),
                registration,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        future.DeliverAsk(factory is null ? message : factory(future), self);
        return result.Task;
    }
}
