namespace Akka.Persistence;

/// <summary>A persistent actor whose handlers say by their result whether they took the message.</summary>
public abstract class PersistentActor : Eventsourced
{
    protected override bool Receive(object message) => ReceiveCommand(message);
}
