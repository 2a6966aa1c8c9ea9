using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Asks <see cref="RecoveryPermitter"/> for leave to recover. Reply: <see cref="RecoveryPermitGranted"/>, at once or later.</summary>
internal sealed class RequestRecoveryPermit
{
    public static readonly RequestRecoveryPermit Instance = new();
}

/// <summary>The asker may recover, and returns the permit when it has.</summary>
internal sealed class RecoveryPermitGranted
{
    public static readonly RecoveryPermitGranted Instance = new();
}

/// <summary>The sender has recovered, or failed to.</summary>
internal sealed class ReturnRecoveryPermit
{
    public static readonly ReturnRecoveryPermit Instance = new();
}

/// <summary>Bounds the number of recoveries at a time, so that a crowd of persistent actors does not drown the journal.</summary>
internal sealed class RecoveryPermitter(int maxPermits) : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly LinkedList<IActorRef> _pending = new();
    private int _used;
    private int _maxPending;

    public static Props Props(int maxPermits) => Akka.Actor.Props.Create(() => new RecoveryPermitter(maxPermits));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RequestRecoveryPermit:
                Context.Watch(Sender);
                if (_used < maxPermits)
                {
                    Grant(Sender);
                    return;
                }

                if (_pending.Count == 0)
                {
                    _log.Debug("Exceeded max-concurrent-recoveries [{0}]. First pending {1}", maxPermits, Sender);
                }

                _pending.AddLast(Sender);
                _maxPending = Math.Max(_maxPending, _pending.Count);
                break;
            case ReturnRecoveryPermit:
                Return(Sender);
                break;
            case Terminated dead:
                // It died waiting, or while it recovered.
                if (!_pending.Remove(dead.ActorRef))
                {
                    Return(dead.ActorRef);
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Return(IActorRef holder)
    {
        _used--;
        Context.Unwatch(holder);
        if (_pending.First is { } next)
        {
            _pending.RemoveFirst();
            Grant(next.Value);
        }

        if (_pending.Count == 0 && _maxPending > 0)
        {
            _log.Debug("Drained pending recovery permit requests: at most [{0}] waited, still [{1}] in progress", _maxPending, _used);
            _maxPending = 0;
        }
    }

    private void Grant(IActorRef actor)
    {
        _used++;
        actor.Tell(RecoveryPermitGranted.Instance, Self);
    }
}
