#nullable disable
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The supervisor above the root guardian: when that one stops, the system has terminated.</summary>
public class RootGuardianSupervisor : MinimalActorRef
{
    private readonly TaskCompletionSource<Status> _terminationPromise;
    private readonly ILoggingAdapter _log;

    public RootGuardianSupervisor(RootActorPath root, IActorRefProvider provider, TaskCompletionSource<Status> terminationPromise, ILoggingAdapter log)
    {
        Path = root / "_Root-guardian-supervisor";
        Provider = provider;
        _terminationPromise = terminationPromise;
        _log = log;
    }

    public Exception CauseOfTermination { get; private set; }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    private bool IsWalking => !_terminationPromise.Task.IsCompleted;

    public override void SendSystemMessage(ISystemMessage systemMessage)
    {
        switch (systemMessage)
        {
            case Failed failed:
                CauseOfTermination = failed.Cause;
                _log.Error(failed.Cause, "guardian {0} failed, shutting down!", failed.Child);
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case Supervise or Watch or Unwatch:
                break;
            case DeathWatchNotification:
                Stop();
                break;
            default:
                _log.Error("{0} received unexpected system message [{1}]", this, systemMessage);
                break;
        }
    }

    public override void Stop()
    {
        if (IsWalking)
            _terminationPromise.TrySetResult(CauseOfTermination is null ? new Status.Success(null) : new Status.Failure(CauseOfTermination));
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (IsWalking)
            _log.Error("{0} received unexpected message [{1}]", this, message);
    }
}
