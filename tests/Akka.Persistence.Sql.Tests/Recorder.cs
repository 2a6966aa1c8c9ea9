using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Sql.Tests;

/// <summary>An event with what JSON could get wrong.</summary>
public sealed record Deposited(string Account, long Amount, int[] Parts);

/// <summary>A persistent actor that keeps every command as an event, and understands a few words.</summary>
internal sealed class Recorder : UntypedPersistentActor
{
    private readonly IActorRef _probe;
    private readonly List<object> _known = [];

    public Recorder(string id, IActorRef probe)
    {
        PersistenceId = id;
        _probe = probe;
    }

    public override string PersistenceId { get; }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case "get":
                Sender.Tell(_known.ToArray(), Self);
                break;
            case "snap":
                SaveSnapshot(new Balance(_known.Count));
                break;
            case "forget snapshots":
                DeleteSnapshots(SnapshotSelectionCriteria.Latest);
                break;
            case "delete":
                DeleteMessages(LastSequenceNr);
                break;
            case object[] batch:
                PersistAll(batch, Applied);
                break;
            case SaveSnapshotSuccess or SaveSnapshotFailure or DeleteSnapshotsSuccess or DeleteMessagesSuccess or DeleteMessagesFailure:
                _probe.Tell(message, Self);
                break;
            default:
                Persist(message, Applied);
                break;
        }
    }

    protected override void OnRecover(object message)
    {
        if (message is not RecoveryCompleted)
        {
            _known.Add(message is SnapshotOffer offer ? offer.Snapshot : message);
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _probe.Tell(("failed", PersistenceId, cause.Message), Self);

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => _probe.Tell(("rejected", PersistenceId, cause.GetType().Name), Self);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _probe.Tell(("not recovered", PersistenceId, reason.Message), Self);

    private void Applied(object @event)
    {
        _known.Add(@event is Tagged tagged ? tagged.Payload : @event);
        _probe.Tell((PersistenceId, LastSequenceNr), Self);
    }
}

/// <summary>A snapshot.</summary>
public sealed record Balance(int Events);
