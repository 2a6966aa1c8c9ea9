using Akka.Actor;

namespace ActorPlane.Etcd;

/// <summary>Watches, and the clients that hold them.</summary>
public sealed partial class EtcdStore
{
    private void Watch(EtcdProtocol.Watch command)
    {
        if (_watches.Check(Sender, command) is { } error)
        {
            Sender.Tell(Refusal(command, error, _committed.Revision), Self);
            return;
        }
        Remember(Sender);
        Sender.Tell(new EtcdProtocol.WatchCreated(command.RequestId, command.Cause, _committed.Revision, command.WatchId), Self);
        _watches.Add(Sender, command, _committed);
        AskToCatchUp();
    }

    private void CancelWatch(EtcdProtocol.CancelWatch command)
    {
        var existed = _watches.Remove(Sender, command.WatchId);
        Sender.Tell(new EtcdProtocol.WatchStopped(command.RequestId, command.Cause, _committed.Revision, command.WatchId, existed), Self);
    }

    private void Acknowledge(EtcdProtocol.WatchAck ack)
    {
        if (_watches.Acknowledge(Sender, ack.WatchId, ack.Revision)) AskToCatchUp();
    }

    private void TellProgress(EtcdProtocol.RequestProgress command)
    {
        _watches.TellProgress(Sender, _committed, command.Cause);
        Sender.Tell(new EtcdProtocol.ProgressReported(command.RequestId, command.Cause, _committed.Revision), Self);
    }

    /// <summary>Catching up is done in turns between other messages, so that one far behind holds up nobody.</summary>
    private void AskToCatchUp()
    {
        if (_catchUpAsked || !_watches.HasWork) return;
        _catchUpAsked = true;
        Self.Tell(CatchUpDue.Instance, Self);
    }

    private void CatchUp()
    {
        _catchUpAsked = false;
        _watches.CatchUp(_committed);
        AskToCatchUp();
    }

    // Clients.

    private void Connect(EtcdProtocol.Connect command)
    {
        Remember(Sender);
        Sender.Tell(new EtcdProtocol.Connected(command.RequestId, command.Cause, _committed.Revision), Self);
    }

    private void Remember(IActorRef client)
    {
        if (!_isClient.Add(client)) return;
        _clients.Add(client);
        Context.WatchWith(client, new ClientGone(client));
    }

    private void Forget(IActorRef client)
    {
        _watches.RemoveAll(client);
        _isClient.Remove(client);
        _clients.Remove(client);
    }
}
