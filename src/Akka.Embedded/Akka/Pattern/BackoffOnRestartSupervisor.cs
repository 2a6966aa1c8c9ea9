#nullable disable
using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Starts its child again, with growing delays, when it fails; its regular end is the supervisor's end.</summary>
internal sealed class BackoffOnRestartSupervisor : BackoffSupervisorBase
{
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;
    private readonly OneForOneStrategy _strategy;

    public BackoffOnRestartSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, IBackoffReset reset, double randomFactor, OneForOneStrategy strategy, object replyWhileStopped, Func<object, bool> finalStopMessage)
        : base(childProps, childName, reset, replyWhileStopped, finalStopMessage)
    {
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
        _strategy = strategy;
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
        _strategy.MaxNumberOfRetries, _strategy.WithinTimeRangeMilliseconds, Decide, loggingEnabled: true);

    protected override bool Receive(object message)
    {
        if (message is Terminated terminated && terminated.ActorRef.Equals(Child))
        {
            Context.GetLogger().Debug("Terminating, because child [{0}] terminated itself", Child);
            Context.Stop(Self);
            return true;
        }

        return HandleBackoff(message);
    }

    private Directive Decide(Exception cause)
    {
        var directive = _strategy.Decider.Decide(cause);
        if (directive != Directive.Restart)
            return directive;
        var next = RestartCountN + 1;
        if (_strategy.MaxNumberOfRetries >= 0 && next > _strategy.MaxNumberOfRetries)
        {
            Context.GetLogger().Debug("Terminating on restart #{0} which exceeds max allowed restarts ({1})", next, _strategy.MaxNumberOfRetries);
            Context.Stop(Self);
        }
        else
        {
            var delay = BackoffSettings.Delay(Context.System, RestartCountN, _minBackoff, _maxBackoff, _randomFactor);
            Become(WaitForEnd(delay));
            RestartCountN = next;
        }

        return Directive.Stop;
    }

    private Receive WaitForEnd(TimeSpan delay) => message =>
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(Child):
                Become(Receive);
                Child = null;
                Context.System.Scheduler.ScheduleTellOnce(delay, Self, BackoffSupervisor.StartChild.Instance, Self);
                return true;
            case BackoffSupervisor.StartChild:
                // One will come after the delay.
                return true;
            default:
                return HandleBackoff(message);
        }
    };
}
