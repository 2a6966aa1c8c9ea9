using System.Collections.Immutable;
using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Tests.Kubelet;

/// <summary>
/// Stands in for the API server where a test is about nodes alone: a table of objects with revisions, conflicts, watches
/// and the two steps of a pod's deletion. Remembers what it was told.
/// </summary>
internal sealed class FakeApiServer : TracedActor
{
    private readonly Book _book;
    private readonly List<(IActorRef Client, Watch Watch)> _watches = [];

    public FakeApiServer(Book book)
    {
        _book = book;
        Receive<Create>(create =>
        {
            if (Find(create.Resource, create.Object) >= 0) Refuse(create.RequestId, StatusReason.AlreadyExists, create.Cause);
            else Store(create.Resource, WithUid(create.Object), ChangeType.Added, create);
        });
        Receive<Update>(OnUpdate);
        Receive<Delete>(OnDelete);
        Receive<Get>(get =>
        {
            var found = book.Objects.Find(entry => entry.Resource == get.Resource && Named(entry.Item, get.Namespace, get.Name)).Item;
            if (found is null) Refuse(get.RequestId, StatusReason.NotFound, get.Cause);
            else Sender.Tell(new Found(get.RequestId, found, get.Cause));
        });
        Receive<List>(list => Sender.Tell(new Listed(
            list.RequestId,
            list.Resource,
            [.. book.Objects.Where(entry => entry.Resource == list.Resource && list.Selector.Matches(entry.Item)).Select(entry => entry.Item)],
            book.Revision,
            list.Cause)));
        Receive<Watch>(watch =>
        {
            _watches.Add((Sender, watch));
            Sender.Tell(new Watching(watch.RequestId, watch.WatchId, watch.Cause));
        });
        Receive<Unwatch>(unwatch =>
        {
            _watches.RemoveAll(entry => entry.Client.Equals(Sender) && entry.Watch.WatchId == unwatch.WatchId);
            Sender.Tell(new Unwatched(unwatch.RequestId, unwatch.WatchId, unwatch.Cause));
        });
        Receive<ConnectionLost>(_ =>
        {
            book.LostConnections++;
            _watches.RemoveAll(entry => entry.Client.Equals(Sender));
        });
        Receive<Lose>(_ =>
        {
            foreach (var client in _watches.Select(entry => entry.Client).Distinct()) client.Tell(new ConnectionLost(Cause.None));
            _watches.Clear();
        });
    }

    private void OnUpdate(Update update)
    {
        var index = Find(update.Resource, update.Object);
        if (index < 0)
        {
            Refuse(update.RequestId, StatusReason.NotFound, update.Cause);
            return;
        }

        var stored = _book.Objects[index].Item;
        var given = update.Object.Metadata.ResourceVersion;
        if (given is not null && given != stored.Metadata.ResourceVersion)
        {
            _book.Conflicts++;
            Refuse(update.RequestId, StatusReason.Conflict, update.Cause);
            return;
        }

        var item = (update.Scope, stored, update.Object) switch
        {
            (WriteScope.Status, Pod pod, Pod with) => pod with { Status = with.Status },
            (WriteScope.Status, Node node, Node with) => node with { Status = with.Status },
            _ => update.Object.WithMetadata(update.Object.Metadata with { Uid = stored.Metadata.Uid }),
        };
        Store(update.Resource, item, ChangeType.Modified, update);
    }

    private void OnDelete(Delete delete)
    {
        var index = _book.Objects.FindIndex(entry => entry.Resource == delete.Resource && Named(entry.Item, delete.Namespace, delete.Name));
        if (index < 0)
        {
            Refuse(delete.RequestId, StatusReason.NotFound, delete.Cause);
            return;
        }

        var stored = _book.Objects[index].Item;
        var grace = delete.GracePeriodSeconds ?? (stored as Pod)?.Spec.TerminationGracePeriodSeconds ?? 30;
        if (grace > 0)
        {
            Store(
                delete.Resource,
                stored.WithMetadata(stored.Metadata with { DeletionTimestamp = Context.System.Scheduler.Now, DeletionGracePeriodSeconds = grace }),
                ChangeType.Modified,
                delete);
            return;
        }

        _book.Log.Add($"delete {delete.Resource} {delete.Name}");
        _book.Objects.RemoveAt(index);
        _book.Revision++;
        Notify(ChangeType.Deleted, delete.Resource, stored, delete.Cause);
        Sender.Tell(new Deleted(delete.RequestId, stored, Gone: true, delete.Cause));
    }

    private void Store(string resource, IKubeObject item, ChangeType type, ICommand command)
    {
        _book.Log.Add(command is Update { Scope: WriteScope.Status } ? $"status {resource} {item.Metadata.Name}" : $"{(type == ChangeType.Added ? "create" : "update")} {resource} {item.Metadata.Name}");
        item = item.WithMetadata(item.Metadata with { ResourceVersion = (++_book.Revision).ToString(CultureInfo.InvariantCulture) });
        var index = Find(resource, item);
        if (index < 0) _book.Objects.Add((resource, item));
        else _book.Objects[index] = (resource, item);
        Notify(type, resource, item, command.Cause);
        Sender.Tell(new Written(command.RequestId, item, command.Cause));
    }

    private void Notify(ChangeType type, string resource, IKubeObject item, Cause cause)
    {
        foreach (var (client, watch) in _watches)
        {
            if (watch.Resource == resource && watch.Selector.Matches(item)) client.Tell(new Changed(watch.WatchId, type, resource, item, _book.Revision, cause));
        }
    }

    private IKubeObject WithUid(IKubeObject item) => item.WithMetadata(item.Metadata with { Uid = item.Metadata.Uid ?? $"uid-{_book.Revision + 1}" });

    private int Find(string resource, IKubeObject item) =>
        _book.Objects.FindIndex(entry => entry.Resource == resource && Named(entry.Item, item.Metadata.Namespace ?? "", item.Metadata.Name!));

    private static bool Named(IKubeObject item, string @namespace, string name) => (item.Metadata.Namespace ?? "") == @namespace && item.Metadata.Name == name;

    private void Refuse(long id, string reason, Cause cause) => Sender.Tell(new Refused(id, new Api.Meta.V1.Status { Reason = reason, Code = 400 }, cause));

    /// <summary>What the test sees.</summary>
    public sealed class Book
    {
        public List<(string Resource, IKubeObject Item)> Objects { get; } = [];

        /// <summary>Every write that was carried out, such as <c>status pods web</c>.</summary>
        public List<string> Log { get; } = [];

        public long Revision { get; set; } = 1;

        public int Conflicts { get; set; }

        public int LostConnections { get; set; }
    }

    /// <summary>Tells all clients that the connection is lost.</summary>
    public sealed record Lose;
}
