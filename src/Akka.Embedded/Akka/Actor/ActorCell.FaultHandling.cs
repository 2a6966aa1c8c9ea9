#nullable disable
using System.Runtime.ExceptionServices;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

// Failure, restart and termination, in the order of Akka's own cell.
public partial class ActorCell
{
    internal SupervisorStrategy SupervisorStrategy => _props.SupervisorStrategy ?? _actor.StrategyOf() ?? Akka.Actor.SupervisorStrategy.DefaultStrategy;

    private void SuspendNonRecursive() => _dispatcher.SuspendMailbox(this);

    private void ResumeNonRecursive() => _dispatcher.ResumeMailbox(this);

    private void ClearFailed()
    {
        if (_extras is not null)
            _extras.Failed = null;
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            LogError(null, $"Changing Recreate into Create after {cause}");
            FaultCreate();
            return;
        }

        if (!IsNormal)
        {
            // A stop or another restart is under way; the count of suspensions has to stay balanced.
            FaultResume(null);
            return;
        }

        var failed = _actor;
        var message = CurrentMessage;
        LogLifecycle("Restarting");
        try
        {
            failed.AroundPreRestart(cause, message);
            (failed as IActorStash)?.Stash?.UnstashAll();
            SystemImpl.ActorPipelineResolver.BeforeIncarnated(failed, this);
        }
        catch (Exception e)
        {
            LogError(new PreRestartException(_self, e, cause, message), e.Message);
        }
        finally
        {
            ClearActor(failed);
        }

        if (!SetChildrenTerminationReason(new SuspendReason.Recreation(cause)))
            FinishRecreate(cause);
    }

    private void FaultSuspend()
    {
        SuspendNonRecursive();
        SuspendChildren(null);
    }

    private void FaultResume(Exception causedByFailure)
    {
        if (_actor is null)
        {
            LogError(null, $"Changing Resume into Create after {causedByFailure}");
            FaultCreate();
            return;
        }

        var perpetrator = _extras?.Failed;
        try
        {
            ResumeNonRecursive();
        }
        finally
        {
            if (causedByFailure is not null)
                ClearFailed();
            foreach (var child in GetChildren())
                child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
        }
    }

    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        StopChildren();
        if (!SetChildrenTerminationReason(new SuspendReason.Creation()))
            FinishCreate();
    }

    private void FinishCreate()
    {
        try
        {
            ResumeNonRecursive();
        }
        finally
        {
            ClearFailed();
        }

        try
        {
            HandleCreate(null);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
    }

    private void FinishRecreate(Exception cause)
    {
        // The children that PreRestart spared are restarted with their parent.
        var survivors = GetChildren().ToList();
        try
        {
            try
            {
                ResumeNonRecursive();
            }
            finally
            {
                // In any case, so that a failure of the restart is propagated.
                ClearFailed();
            }

            _actor = NewActor();
            _actor.AroundPostRestart(cause, null);
            CheckReceiveTimeout();
            LogLifecycle($"Restarted ({_actor})");
            foreach (var child in survivors)
            {
                try
                {
                    child.Restart(cause);
                }
                catch (Exception e)
                {
                    LogError(e, $"restarting ({child})");
                }
            }
        }
        catch (Exception e)
        {
            // A half-made instance must not see PreRestart.
            ClearActor(_actor);
            HandleInvokeFailure(new PostRestartException(_self, e, cause), survivors);
        }
    }

    private void Terminate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();

        // Otherwise the ends of watched actors would become dead letters.
        UnwatchWatchedActors(_actor);
        StopChildren();
        var wasTerminating = IsTerminating;
        if (SetChildrenTerminationReason(SuspendReason.Termination.Instance))
        {
            if (wasTerminating)
                return;

            // No user messages while children stop, and no failures to the supervisor.
            SuspendNonRecursive();
            Extras.Failed = _self;
            LogLifecycle("Stopping");
        }
        else
        {
            SetTerminated();
            FinishTerminate();
        }
    }

    /// <summary>Suspends this actor and its children, and leaves the decision to the parent.</summary>
    internal void HandleInvokeFailure(Exception cause, IEnumerable<IActorRef> childrenNotToSuspend = null)
    {
        if (IsFailed)
            return;
        try
        {
            SuspendNonRecursive();
            if (CurrentMessage is Failed failed)
            {
                // A failure that this actor escalates: the child that failed is suspended already.
                Extras.Failed = failed.Child;
                SuspendChildren([failed.Child, .. childrenNotToSuspend ?? []]);
            }
            else
            {
                Extras.Failed = _self;
                SuspendChildren(childrenNotToSuspend);
            }

            Parent.SendSystemMessage(new Failed(_self, cause, Uid));
        }
        catch (Exception e)
        {
            LogError(e, $"Emergency stop: exception in failure handling for {cause}");
            try
            {
                StopChildren();
            }
            finally
            {
                FinishTerminate();
            }
        }
    }

    private void HandleFailed(Failed failed)
    {
        CurrentMessage = failed;
        Sender = failed.Child;

        // A child that was stopped, or replaced by another incarnation, is no concern any more.
        if (!TryGetChildStatsByRef(failed.Child, out var stats))
        {
            LogDebug($"Dropping Failed({failed.Cause}) from unknown child {failed.Child}");
            return;
        }

        if (stats.Uid != failed.Uid)
        {
            LogDebug($"Dropping Failed({failed.Cause}) from old child {failed.Child} (uid={stats.Uid} != {failed.Uid})");
            return;
        }

        if (!SupervisorStrategy.HandleFailure(this, failed.Child, failed.Cause, stats, ChildrenContainer.Stats))
            ExceptionDispatchInfo.Capture(failed.Cause).Throw();
        CurrentMessage = null;
    }

    private void HandleChildTerminated(IActorRef child)
    {
        var waitedFor = RemoveChildAndGetStateChange(child);
        if (_actor is not null)
        {
            try
            {
                SupervisorStrategy.HandleChildTerminated(this, child, ChildrenOnDemand());
            }
            catch (Exception e)
            {
                LogError(e, "HandleChildTerminated failed");
                HandleInvokeFailure(e);
            }
        }

        switch (waitedFor)
        {
            case SuspendReason.Recreation recreation:
                FinishRecreate(recreation.Cause);
                break;
            case SuspendReason.Creation:
                FinishCreate();
                break;
            case SuspendReason.Termination:
                SetTerminated();
                FinishTerminate();
                break;
        }
    }

    private void FinishTerminate()
    {
        var actor = _actor;
        try
        {
            if (actor is not null)
            {
                actor.AroundPostStop();
                (actor as IActorStash)?.Stash?.UnstashAll();
                SystemImpl.ActorPipelineResolver.BeforeIncarnated(actor, this);
            }
        }
        catch (Exception e)
        {
            LogError(e, e.Message);
        }
        finally
        {
            try
            {
                _dispatcher.Detach(this);
            }
            finally
            {
                try
                {
                    Parent.SendSystemMessage(new DeathWatchNotification(_self, true, false));
                }
                finally
                {
                    try
                    {
                        TellWatchersWeDied();
                    }
                    finally
                    {
                        // Again, because an emergency stop has not come through Terminate.
                        UnwatchWatchedActors(actor);
                        LogLifecycle("Stopped");
                        ClearActor(actor);
                        ClearActorCell();
                        _actor = null;
                    }
                }
            }
        }
    }

    /// <summary>Copies the children only for a strategy that looks at them: thousands may stop one after the other.</summary>
    private IEnumerable<IInternalActorRef> ChildrenOnDemand()
    {
        foreach (var child in GetChildren())
            yield return child;
    }

    private void StopChildren()
    {
        foreach (var child in GetChildren())
            Stop(child);
    }

    private void SuspendChildren(IEnumerable<IActorRef> except)
    {
        foreach (var child in GetChildren())
        {
            if (except is null || !except.Contains(child))
                child.Suspend();
        }
    }
}
