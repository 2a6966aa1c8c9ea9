#nullable disable
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Waits for an actor's end.</summary>
public static class WatchAsyncSupport
{
    /// <summary>True when the actor stopped, false when <paramref name="token"/> was cancelled before.</summary>
    public static Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        if (target is not IInternalActorRef actor)
            throw new InvalidOperationException($"{target} is not an {typeof(IInternalActorRef)} and cannot be death-watched");
        var promise = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = new PromiseActorRef(actor.Provider, _ => promise.TrySetResult(true));
        if (token.CanBeCanceled)
        {
            token.Register(() =>
            {
                if (promise.TrySetResult(false))
                    actor.SendSystemMessage(new Unwatch(actor, watcher));
            });
        }

        actor.SendSystemMessage(new Watch(actor, watcher));
        return promise.Task;
    }
}
