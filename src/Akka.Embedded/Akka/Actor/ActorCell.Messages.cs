#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

// How messages reach the instance.
public partial class ActorCell
{
    public void Invoke(Envelope envelope)
    {
        var message = envelope.Message;
        var influencesTimeout = true;
        CurrentMessage = message;
        Sender = envelope.Sender ?? SystemImpl.DeadLetters;
        _envelopeId++;
        try
        {
            if (_extras is not null && message is INotInfluenceReceiveTimeout)
                influencesTimeout = false;
            else if (_extras?.PendingReceiveTimeout is not null)
                CancelReceiveTimeout();
            if (message is IAutoReceivedMessage)
                AutoReceiveMessage(envelope);
            else
                ReceiveMessage(message);
            CurrentMessage = null;
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
        finally
        {
            if (_extras is not null)
                CheckReceiveTimeout(influencesTimeout);
        }
    }

    protected virtual void ReceiveMessage(object message)
    {
        var actor = _actor;
        if (message is TimerMessage timer)
        {
            message = timer.Open(actor);
            CurrentMessage = message;
            if (message is null)
                return;
            if (message is IAutoReceivedMessage)
            {
                AutoReceiveMessage(new Envelope(message, _self));
                return;
            }
        }

        var behaviour = _extras?.Behaviours is { Count: > 0 } behaviours ? behaviours.Peek() : null;
        var handled = behaviour is null && !_aroundReceive
            ? actor.Handle(message)
            : actor.AroundReceive(behaviour ?? actor.DefaultBehaviour(), message);
        if (SystemImpl.Settings.AddLoggingReceive && actor is ILogReceive)
            Publish(new Debug(_self.Path.ToString(), actor.GetType(), $"received {(handled ? "handled" : "unhandled")} message {message} from {Sender.Path}"));
    }

    /// <summary>Lets a test kit hand in a message on its own thread.</summary>
    public void ReceiveMessageForTest(Envelope envelope)
    {
        var outer = InternalCurrent.Cell;
        InternalCurrent.Cell = this;
        try
        {
            Sender = envelope.Sender ?? SystemImpl.DeadLetters;
            CurrentMessage = envelope.Message;
            ReceiveMessage(envelope.Message);
        }
        finally
        {
            CurrentMessage = null;
            Sender = SystemImpl.DeadLetters;
            InternalCurrent.Cell = outer;
        }
    }

    protected internal virtual void AutoReceiveMessage(Envelope envelope)
    {
        var message = envelope.Message;
        if (SystemImpl.Settings.DebugAutoReceive)
            Publish(new Debug(_self.Path.ToString(), _actor.GetType(), $"received AutoReceiveMessage {message}"));
        switch (message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case PoisonPill:
                _self.Stop();
                break;
            case ActorSelectionMessage selection:
                Actor_Selection(selection);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }

    internal void SystemInvoke(SystemMessage message)
    {
        // Most actors are never suspended: then nothing is ever stashed, and there is no state to compare.
        var before = _extras is null && _children is null ? 0 : SuspensionState();
        while (message is not null)
        {
            var next = message.Next;
            message.Unlink();
            try
            {
                if (before == 0 ? false : before == 1 ? message.StashedWhileFailed : message.StashedWhileWaitingForChildren)
                    Stash(message);
                else
                    Perform(message);
            }
            catch (Exception cause)
            {
                HandleInvokeFailure(cause);
            }

            var now = _extras is null && _children is null ? 0 : SuspensionState();
            if (now < before && _extras?.Stashed is not null)
                next = UnstashSystemMessages();
            before = now;
            if (IsTerminated)
            {
                for (; next is not null; next = message)
                {
                    message = next.Next;
                    next.Unlink();
                    SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(_self, next);
                }

                return;
            }

            message = next;
        }
    }

    protected void Stash(SystemMessage msg)
    {
        msg.Next = Extras.Stashed;
        _extras.Stashed = msg;
    }

    /// <summary>0: normal, 1: suspended, 2: waiting for children to stop.</summary>
    private int SuspensionState() =>
        Children is { IsWaitingForChildren: true } ? 2 : Mailbox.IsSuspended ? 1 : 0;

    private SystemMessage UnstashSystemMessages()
    {
        SystemMessage oldestFirst = null;
        var stashed = _extras.Stashed;
        _extras.Stashed = null;
        while (stashed is not null)
        {
            var next = stashed.Next;
            stashed.Next = oldestFirst;
            oldestFirst = stashed;
            stashed = next;
        }

        return oldestFirst;
    }

    private void Perform(SystemMessage message)
    {
        switch (message)
        {
            case Create create:
                HandleCreate(create.Failure);
                break;
            case ActorTask task:
                TaskScheduler.Execute(task.Task);
                break;
            case DeathWatchNotification notification:
                WatchedActorTerminated(notification.Actor, notification.ExistenceConfirmed, notification.AddressTerminated);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Akka.Dispatch.SysMsg.Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Akka.Dispatch.SysMsg.Terminate:
                Terminate();
                break;
            case Supervise supervise:
                LogLifecycle($"now supervising {supervise.Child.Path}");
                break;
            case NoMessage:
                break;
            default:
                throw new NotSupportedException($"Unknown message {message.GetType().Name}");
        }
    }

    private void Actor_Selection(ActorSelectionMessage selection)
    {
        if (selection.Elements.Length == 0)
        {
            Invoke(new Envelope(selection.Message, Sender));
            return;
        }

        Akka.Actor.ActorSelection.DeliverSelection(_self, Sender, selection);
    }
}
