using ActorPlane.Api;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.ApiServer;

/// <summary>One open watch of one client.</summary>
internal sealed class ObjectWatch(IActorRef client, long id, ResourceCache resource, ObjectSelector selector)
{
    public IActorRef Client { get; } = client;

    public long Id { get; } = id;

    public ResourceCache Resource { get; } = resource;

    public ObjectSelector Selector { get; } = selector;

    /// <summary>Tells the client of a change, if it concerns what the watch can see.</summary>
    public void Offer(in ObjectChange change, IActorRef self)
    {
        var before = change.Before is { } b && Selector.Matches(b);
        var after = change.After is { } a && Selector.Matches(a);
        if (!before && !after) return;
        if (before && after && !Selector.MattersTo(change.Before!, change.After!)) return;
        var type = !before ? ChangeType.Added : after ? ChangeType.Modified : ChangeType.Deleted;

        // What went out of view without being deleted is shown as it last was in view, with the revision of the change.
        IKubeObject seen = type != ChangeType.Deleted ? change.After!
            : change.Last ?? change.Before!.WithMetadata(change.Before.Metadata with { ResourceVersion = change.After!.Metadata.ResourceVersion });
        Client.Tell(new Changed(Id, type, Resource.Name, seen, change.Revision, change.Cause), self);
    }
}
