#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

// Who watches whom.
public partial class ActorCell
{
    public IActorRef Watch(IActorRef subject) => WatchFor(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message) =>
        WatchFor(subject, message ?? throw new ArgumentNullException(nameof(message), "message must not be null"));

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (_extras is not { } extras || watchee.Equals(_self))
            return watchee;
        if (extras.Watching is not null && extras.Watching.Remove(watchee))
            watchee.SendSystemMessage(new Unwatch(watchee, _self));
        extras.TerminatedQueued?.Remove(watchee);
        return watchee;
    }

    /// <summary>A stashed end goes back into the mailbox, and has to be expected again.</summary>
    public void TerminatedQueuedFor(IActorRef subject, Option<object> customMessage) =>
        (Extras.TerminatedQueued ??= []).TryAdd(subject, customMessage.HasValue ? customMessage.Value : null);

    protected void ReceivedTerminated(Terminated t)
    {
        if (_extras?.TerminatedQueued is not { } queued || !queued.Remove(t.ActorRef, out var custom))
            return;
        if (custom is not null)
            CurrentMessage = custom;
        ReceiveMessage(custom ?? t);
    }

    /// <summary>A child or a watched actor has stopped.</summary>
    protected void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (_extras?.Watching is { } watching && watching.Remove(actor, out var custom) && !IsTerminating)
        {
            _self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated), actor);
            TerminatedQueuedFor(actor, custom is null ? Option<object>.None : Option<object>.Create(custom));
        }

        if (Children is { } children && children.Contains(actor))
            HandleChildTerminated(actor);
    }

    protected void TellWatchersWeDied()
    {
        if (_extras?.WatchedBy is not { } watchers)
            return;
        _extras.WatchedBy = null;
        foreach (var watcher in watchers)
        {
            // The parent has its own notice already.
            if (!watcher.Equals(Parent))
                ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(_self, true, false));
        }
    }

    protected void UnwatchWatchedActors(ActorBase actor)
    {
        if (_extras?.Watching is not { } watching)
            return;
        _extras.Watching = null;
        _extras.TerminatedQueued = null;
        foreach (var watchee in watching.Keys)
            ((IInternalActorRef)watchee).SendSystemMessage(new Unwatch((IInternalActorRef)watchee, _self));
    }

    protected void AddWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
        {
            if ((Extras.WatchedBy ??= []).Add(watcher))
                LogLifecycle($"now watched by {watcher}");
        }
        else if (!watchee.Equals(_self) && watcher.Equals(_self))
        {
            Watch(watchee);
        }
        else
        {
            Publish(new Warning(_self.Path.ToString(), _actor?.GetType(), $"BUG: illegal Watch({watchee},{watcher}) for {_self}"));
        }
    }

    protected void RemWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
        {
            if (_extras?.WatchedBy?.Remove(watcher) == true)
                LogLifecycle($"no longer watched by {watcher}");
        }
        else if (!watchee.Equals(_self) && watcher.Equals(_self))
        {
            Unwatch(watchee);
        }
        else
        {
            Publish(new Warning(_self.Path.ToString(), _actor?.GetType(), $"BUG: illegal Unwatch({watchee},{watcher}) for {_self}"));
        }
    }

    private IActorRef WatchFor(IActorRef subject, object message)
    {
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(_self))
            return watchee;
        var watching = Extras.Watching ??= [];
        if (watching.TryGetValue(watchee, out var previous))
        {
            if (!Equals(previous, message))
            {
                throw new InvalidOperationException(
                    $"Watch({_self}, {watchee}) termination message was not overwritten from [{previous ?? "Terminated"}] to [{message ?? "Terminated"}]. If this was intended, unwatch first before using Watch/WatchWith with another message.");
            }

            return watchee;
        }

        watchee.SendSystemMessage(new Watch(watchee, _self));
        watching.Add(watchee, message);
        return watchee;
    }
}
