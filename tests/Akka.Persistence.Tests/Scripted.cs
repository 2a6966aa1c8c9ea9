using Akka.Actor;

namespace Akka.Persistence.Tests;

/// <summary>A persistent actor that does what a test tells it to. "get" is answered with the events it knows.</summary>
internal sealed class Scripted : UntypedPersistentActor
{
    private readonly Action<Scripted, object> _onCommand;
    private readonly Action<Scripted, object>? _onRecover;

    public Scripted(string id, IActorRef probe, Action<Scripted, object> onCommand, Action<Scripted, object>? onRecover = null, Recovery? recovery = null)
    {
        Recovery = recovery ?? Akka.Persistence.Recovery.Default;
        PersistenceId = id;
        Probe = probe;
        _onCommand = onCommand;
        _onRecover = onRecover;
    }

    public override string PersistenceId { get; }

    public IActorRef Probe { get; }

    public List<object> Known { get; } = [];

    public override Recovery Recovery { get; }

    public new IActorRef Sender => base.Sender;

    public new IActorRef Self => base.Self;

    public void SwitchTo(Action<Scripted, object> behavior) => Become(message => behavior(this, message));

    public void Stop() => Context.Stop(Self);

    public void Await(Func<Task> task) => RunTask(task);

    /// <summary>Remembers an event.</summary>
    public void Apply(object @event) => Known.Add(@event);

    protected override void OnCommand(object message)
    {
        if (message is "get")
        {
            Sender.Tell(Known.ToArray(), Self);
        }
        else
        {
            _onCommand(this, message);
        }
    }

    protected override void OnRecover(object message)
    {
        _onRecover?.Invoke(this, message);
        switch (message)
        {
            case RecoveryCompleted:
                break;
            case SnapshotOffer offer:
                Known.Clear();
                Known.AddRange((object[])offer.Snapshot);
                break;
            default:
                Known.Add(message);
                break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Probe.Tell(("failed", @event, sequenceNr, cause.Message), Self);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Probe.Tell(("rejected", @event, sequenceNr, cause.Message), Self);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Probe.Tell(("not recovered", message, reason.Message), Self);
}
