using ActorPlane.Api;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.ApiServer;

/// <summary>All open watches by client. A client's life is watched over as long as it has any.</summary>
internal sealed class WatchTable(IActorContext context, ObjectCache cache)
{
    private readonly Dictionary<IActorRef, ClientSession> _sessions = [];
    private long _nextOrdinal;

    /// <summary>The clients with open watches, in the order in which they came.</summary>
    public IEnumerable<IActorRef> Clients => _sessions.Values.OrderBy(session => session.Ordinal).Select(session => session.Client);

    /// <summary>Opens a watch, answers, and tells what it missed.</summary>
    public void Open(Watch command, IActorRef client)
    {
        if (cache.Resource(command.Resource) is not { } resource)
        {
            Refuse(ApiErrors.NoSuchResource());
            return;
        }

        if (command.FromRevision < resource.Floor)
        {
            Refuse(ApiErrors.TooOldResourceVersion(command.FromRevision, resource.Floor));
            return;
        }

        var session = _sessions.GetValueOrDefault(client);
        if (session?.Find(command.WatchId) is not null)
        {
            Refuse(ApiErrors.BadRequest($"watch {command.WatchId} is open already"));
            return;
        }

        if (session is null)
        {
            session = new ClientSession(client, _nextOrdinal++);
            _sessions.Add(client, session);
            context.Watch(client);
        }

        var watch = new ObjectWatch(client, command.WatchId, resource, command.Selector);
        session.Watches.Add(watch);
        client.Tell(new Watching(command.RequestId, command.WatchId, command.Cause), context.Self);
        resource.Add(watch, command.FromRevision, context.Self);

        void Refuse(Api.Meta.V1.Status status) => client.Tell(new Refused(command.RequestId, status, command.Cause), context.Self);
    }

    /// <summary>Closes a watch, if it is open.</summary>
    public void Close(long watchId, IActorRef client)
    {
        if (!_sessions.TryGetValue(client, out var session) || session.Find(watchId) is not { } watch) return;
        session.Watches.Remove(watch);
        watch.Resource.Remove(watch);
        if (session.Watches.Count > 0) return;
        _sessions.Remove(client);
        context.Unwatch(client);
    }

    /// <summary>Ends all watches of a custom resource that is defined otherwise from now on, or no longer: clients list again, if there is anything.</summary>
    public void CloseAll(ResourceCache resource)
    {
        foreach (var session in _sessions.Values.OrderBy(session => session.Ordinal).ToList())
        {
            foreach (var watch in session.Watches.Where(watch => watch.Resource == resource).ToList())
            {
                Close(watch.Id, session.Client);
                session.Client.Tell(new WatchClosed(watch.Id, ApiErrors.NoSuchResource(), Tracing.Cause.None), context.Self);
            }
        }
    }

    /// <summary>Closes all watches of a client that is gone.</summary>
    public void Drop(IActorRef client)
    {
        if (!_sessions.Remove(client, out var session)) return;
        foreach (var watch in session.Watches) watch.Resource.Remove(watch);
        context.Unwatch(client);
    }

    /// <summary>Forgets everything; nobody is told.</summary>
    public void Clear()
    {
        foreach (var client in Clients) context.Unwatch(client);
        _sessions.Clear();
    }
}
