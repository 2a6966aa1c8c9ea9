#nullable disable
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>What the two backoff supervisors share: one child, and everything else is passed on to it.</summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    internal BackoffSupervisorBase(Props childProps, string childName, IBackoffReset reset, object replyWhileStopped, Func<object, bool> finalStopMessage)
    {
        ChildProps = childProps;
        ChildName = childName;
        Reset = reset;
        ReplyWhileStopped = replyWhileStopped;
        FinalStopMessage = finalStopMessage;
    }

    protected IActorRef Child { get; set; }

    protected string ChildName { get; }

    protected Props ChildProps { get; }

    protected Func<object, bool> FinalStopMessage { get; }

    protected bool FinalStopMessageReceived { get; set; }

    protected object ReplyWhileStopped { get; }

    protected IBackoffReset Reset { get; }

    protected int RestartCountN { get; set; }

    protected override void PreStart()
    {
        StartChild();
        base.PreStart();
    }

    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (Reset is AutoReset auto)
                {
                    Context.System.Scheduler.ScheduleTellOnce(
                        auto.ResetBackoff, Self, new BackoffSupervisor.ResetRestartCount(RestartCountN), Self);
                }

                break;
            case BackoffSupervisor.Reset when Reset is ManualReset:
                RestartCountN = 0;
                break;
            case BackoffSupervisor.Reset:
                Unhandled(message);
                break;
            case BackoffSupervisor.ResetRestartCount count:
                if (count.Current == RestartCountN)
                    RestartCountN = 0;
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child));
                break;
            default:
                Relay(message);
                break;
        }

        return true;
    }

    private void StartChild() => Child ??= Context.Watch(Context.ActorOf(ChildProps, ChildName));

    private void Relay(object message)
    {
        if (Child is null)
        {
            if (ReplyWhileStopped is not null)
                Sender.Tell(ReplyWhileStopped);
            else
                Context.System.DeadLetters.Forward(message);
            if (FinalStopMessage?.Invoke(message) == true)
                Context.Stop(Self);
        }
        else if (Child.Equals(Sender))
        {
            // To the outside, the supervisor stands for the child.
            Context.Parent.Tell(message);
        }
        else
        {
            Child.Forward(message);
            if (!FinalStopMessageReceived && FinalStopMessage is not null)
                FinalStopMessageReceived = FinalStopMessage(message);
        }
    }
}
