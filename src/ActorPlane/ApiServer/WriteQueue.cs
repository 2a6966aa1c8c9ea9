using System.Diagnostics.CodeAnalysis;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Scheduling.V1;
using ActorPlane.Collections;
using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;
using static ActorPlane.ApiServer.ApiServerProtocol;
using Status = ActorPlane.Api.Meta.V1.Status;

namespace ActorPlane.ApiServer;

/// <summary>
/// The writes that are under way. A write waits only for the one before it on the same key; then it is planned against
/// the committed object and becomes one compare-and-set transaction on the key's revision. Bounded per key and in all.
/// </summary>
internal sealed class WriteQueue(
    IActorContext context, ObjectCache cache, ApiServerSettings settings, Chance chance, Func<IActorRef> store, Func<long> nextRequestId)
{
    private const string Events = "events";

    private readonly Dictionary<long, WriteRequest> _sent = [];
    private readonly Dictionary<long, WriteRequest> _open = [];
    private readonly Queue<EtcdProtocol.IReply> _early = new();
    private readonly EventLease _lease = new(settings.EventTtl, settings.EventLeaseReuse, settings.EventLeaseMaxObjects);
    private readonly Queue<NamespacedName> _eventsByAge = new(cache.All(Events).Select(NamespacedName.Of));
    private long _nextOrdinal;

    /// <summary>Those who wait for an answer, in the order in which they asked.</summary>
    public IEnumerable<IActorRef> Clients => _open.Values.OrderBy(write => write.Ordinal).Select(write => write.Client);

    /// <summary>Takes a write on.</summary>
    public void Submit(ICommand command, IActorRef client)
    {
        var (resourceName, name) = command switch
        {
            Create create => (create.Resource, new NamespacedName(create.Object.Metadata.Namespace ?? "", create.Object.Metadata.Name ?? "")),
            Update update => (update.Resource, new NamespacedName(update.Object.Metadata.Namespace ?? "", update.Object.Metadata.Name ?? "")),
            Bind bind => ("pods", new NamespacedName(bind.Namespace, bind.Name)),
            Delete delete => (delete.Resource, new NamespacedName(delete.Namespace, delete.Name)),
            _ => throw new ArgumentException($"{command.GetType().Name} is no write.", nameof(command)),
        };
        if (cache.Resource(resourceName) is not { } resource)
        {
            Answer(ApiErrors.NoSuchResource());
            return;
        }

        if (_open.Count >= settings.MaxWritesInFlight)
        {
            Answer(ApiErrors.TooManyRequests("too many writes are under way, please try again later", 1));
            return;
        }

        IKubeObject? item = null;
        if (command is Create { Object: var given })
        {
            item = WritePlanner.Named(given, chance, candidate => resource.IsTaken(name with { Name = candidate }));
            if (item is null)
            {
                Answer(ObjectRules.NameRequired(resource.Type));
                return;
            }

            name = name with { Name = item.Metadata.Name! };
        }

        if (name.Name.Length == 0)
        {
            Answer(ApiErrors.BadRequest("name must be provided"));
            return;
        }

        var target = cache.Open(resource, name);
        if (target.Waiting?.Count >= settings.MaxWritesPerKey)
        {
            Answer(ApiErrors.TooManyRequests("too many writes of this object are under way, please try again later", 1));
            return;
        }

        var write = new WriteRequest(command, client, target, _nextOrdinal++) { Item = item };
        _open.Add(write.Ordinal, write);
        if (target.InFlight is null) Begin(write);
        else (target.Waiting ??= new Queue<WriteRequest>()).Enqueue(write);

        void Answer(Status status) => client.Tell(new Refused(command.RequestId, status, command.Cause), context.Self);
    }

    /// <summary>etcd answered.</summary>
    public void OnReply(EtcdProtocol.IReply reply)
    {
        // When more changes at once than the watch's window takes, answers overtake what it still has to tell.
        if (_early.Count > 0 || IsEarly(reply)) _early.Enqueue(reply);
        else Settle(reply);
    }

    /// <summary>etcd's watch has told more: the answers that came before their changes count now.</summary>
    public void OnAdvanced()
    {
        while (_early.TryPeek(out var first) && !IsEarly(first)) Settle(_early.Dequeue());
    }

    private bool IsEarly(EtcdProtocol.IReply reply) =>
        reply is EtcdProtocol.Executed { Result: EtcdResult.Txn { Succeeded: true } } && reply.Revision > cache.Revision;

    private void Settle(EtcdProtocol.IReply reply)
    {
        if (!_sent.TryGetValue(reply.RequestId, out var write)) return;
        _sent.RemoveAndShrink(reply.RequestId);
        switch (reply)
        {
            case EtcdProtocol.Executed { Result: EtcdResult.Txn { Succeeded: true } } when write.Plan is WritePlan.Store { ThenRemove: true }:
                write.IsMarked = true;
                Begin(write);
                break;
            case EtcdProtocol.Executed { Result: EtcdResult.Txn { Succeeded: true } }:
                Finish(write, Success(write));
                break;
            case EtcdProtocol.Executed when write.Attempts < settings.WriteAttempts:
                // Someone else changed the key. What it became has arrived before this answer: decide anew.
                write.Target.InFlight = null;
                Begin(write);
                break;
            case EtcdProtocol.Failed failed:
                if (failed.Error == EtcdError.LeaseNotFound) _lease.Forget();
                Finish(write, Refusal(write, StatusOf(failed.Error)));
                break;
            default:
                Finish(write, Refusal(write, ApiErrors.Conflict(
                    write.Target.Resource.Type.Gvr, write.Target.Name.Name)));
                break;
        }
    }

    private void Begin(WriteRequest write)
    {
        var target = write.Target;
        target.InFlight = write;
        write.Outcome = null;
        switch (write.Plan = GuardedPlan(write))
        {
            case WritePlan.Store or WritePlan.Remove when IsDryRun(write.Command):
                write.Outcome = write.Plan is WritePlan.Store would ? WithRevisionOf(would.Object, target.Current) : target.Current;
                Finish(write, Success(write));
                break;
            case WritePlan.Store stored:
                Send(write, new EtcdOp.Put(
                    target.Key, EtcdValue.Of(stored.Object is CustomObject custom ? custom.AsShown() : stored.Object, ObjectValueCodec.Instance), target.Resource.Name == Events ? LeaseFor(write) : 0));
                break;
            case WritePlan.Remove:
                Send(write, new EtcdOp.DeleteRange(target.Key));
                break;
            case WritePlan.Keep:
                write.Outcome = target.Current;
                Finish(write, Success(write));
                break;
            case WritePlan.Refuse refuse:
                Finish(write, Refusal(write, refuse.Status));
                break;
        }
    }

    // A mistake of ours in the rules of one kind costs the request that met it, and not everybody's connection: as in the
    // real server, which answers each panic (apiserver/pkg/server/filters/wrap.go).
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong in one request is answered and logged, and ends no other.")]
    private WritePlan GuardedPlan(WriteRequest write)
    {
        try
        {
            return Plan(write);
        }
        catch (Exception e)
        {
            context.GetLogger().Error(e, "{0} failed", write.Command.Describe());
            return new WritePlan.Refuse(ApiErrors.InternalError(e.Message));
        }
    }

    private WritePlan Plan(WriteRequest write)
    {
        var type = write.Target.Resource.Type;
        var current = write.Target.Current;
        var now = context.System.Scheduler.Now;
        return write.Command switch
        {
            Create create => WritePlanner.Create(type, write.Item!, current, ContextAt(now, create.HasManagedFields ? null : create.FieldManager)),
            Update update => WritePlanner.Update(
                type, update.Object, current, update.Scope, now, update.HasManagedFields ? null : update.FieldManager,
                current is Service or Pod or PriorityClass or PersistentVolumeClaim && update.Scope == WriteScope.Spec ? ContextAt(now, null) : null),
            Bind bind => WritePlanner.Bind(bind, current, now, cache.PodSpecs),
            Delete delete => WritePlanner.Delete(type, write.IsMarked ? delete with { ResourceVersion = null } : delete, current, now),
            _ => throw new InvalidOperationException($"{write.Command.GetType().Name} is no write."),
        };
    }

    private static bool IsDryRun(ICommand command) =>
        command is Create { IsDryRun: true } or Update { IsDryRun: true } or Delete { IsDryRun: true };

    private static IKubeObject WithRevisionOf(IKubeObject item, IKubeObject? stored) =>
        stored is null ? item : item.WithMetadata(item.Metadata with { ResourceVersion = stored.Metadata.ResourceVersion });

    private WriteContext ContextAt(DateTimeOffset now, string? manager) => new(now, chance, cache, cache.PodSpecs, settings.DefaultTolerationSeconds)
    {
        Manager = manager,
        Plugins = settings.Plugins,
        Services = settings.Services,
        UnderWay = UnderWay,
    };

    private IEnumerable<IKubeObject> UnderWay(string resource) =>
        from write in _sent.Values
        where write.Command is Create or Update && write.Target.Resource.Name == resource
        let stored = write.Plan as WritePlan.Store
        where stored is not null
        orderby write.Ordinal
        select stored.Object;

    private void Send(WriteRequest write, EtcdOp op)
    {
        // Nothing to do otherwise: what it lost to is in the cache by the time of the answer.
        var txn = new EtcdOp.Txn([EtcdCompare.ModRevisionIs(write.Target.Key, write.Target.ModRevision)], [op], []);
        write.Attempts++;
        var id = nextRequestId();
        _sent.Add(id, write);
        store().Tell(new EtcdProtocol.Execute(id, write.Command.Cause, txn), context.Self);
    }

    private void Finish(WriteRequest write, IReply reply)
    {
        var target = write.Target;
        target.InFlight = null;
        _open.RemoveAndShrink(write.Ordinal);
        if (!write.Client.IsNobody()) write.Client.Tell(reply, context.Self);
        if (target.Waiting is { Count: > 0 } waiting) Begin(waiting.Dequeue());
        else cache.CloseIfIdle(target);
        if (target.Resource.Name == Events && write is { Command: Create { IsDryRun: false }, Outcome: not null }) TrimEvents(write);
    }

    private static IReply Success(WriteRequest write)
    {
        // etcd tells what became of the key before it answers.
        var outcome = write.Outcome ?? throw new InvalidOperationException($"etcd answered the write of {write.Target.Key} without telling the change first.");
        return write.Command is Delete
            ? new Deleted(write.Command.RequestId, outcome, write.Plan is WritePlan.Remove or WritePlan.Store { ThenRemove: true }, write.Command.Cause)
            : new Written(write.Command.RequestId, outcome, write.Command.Cause);
    }

    private static Refused Refusal(WriteRequest write, Status status) => new(write.Command.RequestId, status, write.Command.Cause);

    private static Status StatusOf(EtcdError error) =>
        error == EtcdError.TooManyRequests ? ApiErrors.TooManyRequests(error.Message, 1)
        : error == EtcdError.RequestTooLarge ? ApiErrors.Failure(413, "RequestEntityTooLarge", error.Message)
        : ApiErrors.InternalError(error.Message);

    private long LeaseFor(WriteRequest write)
    {
        var now = context.System.Scheduler.Now;
        if (_lease.IsDue(now))
        {
            // We choose the number, so that the write can follow at once: etcd takes both in order.
            var id = (long)(chance.NextUInt64() >> 2) + 1;
            _lease.Renew(id, now);
            store().Tell(new EtcdProtocol.LeaseGrant(nextRequestId(), write.Command.Cause, id, _lease.TtlSeconds), context.Self);
        }

        return _lease.Take();
    }

    private void TrimEvents(WriteRequest created)
    {
        _eventsByAge.Enqueue(created.Target.Name);
        while (created.Target.Resource.Count > settings.MaxEvents && _eventsByAge.TryDequeue(out var oldest))
        {
            if (oldest == created.Target.Name || cache.Find(Events, oldest.Namespace, oldest.Name) is null) continue;
            Submit(new Delete(0, Events, oldest.Namespace, oldest.Name, 0, null, null, created.Command.Cause), ActorRefs.Nobody);
            break;
        }
    }
}
