#nullable disable
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stops an actor and waits for its end.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => GracefulStop(target, timeout, PoisonPill.Instance);

    /// <summary>True when it stopped in time; otherwise the task is cancelled.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var actor = (IInternalActorRef)target;
        var promise = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        ICancelable timer = null;
        var watcher = new PromiseActorRef(actor.Provider, message =>
        {
            timer?.Cancel();
            promise.TrySetResult(message is Terminated);
        });
        timer = actor.Provider.Settings.System.Scheduler.Advanced.ScheduleOnceCancelable(timeout, () =>
        {
            if (promise.TrySetCanceled())
                actor.SendSystemMessage(new Unwatch(actor, watcher));
        });
        actor.SendSystemMessage(new Watch(actor, watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        return promise.Task;
    }
}
