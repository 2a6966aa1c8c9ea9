using ActorPlane.Api;
using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.ApiServer;

/// <summary>
/// Stores what every cluster has from the start, as far as it is not there: each round in few transactions, so that a start
/// costs etcd and its journal a few writes and not hundreds.
/// </summary>
internal sealed class Bootstrap(IActorContext context, ObjectCache cache, ApiServerSettings settings, Func<IActorRef> store, Func<long> nextRequestId)
{
    private readonly Chance _chance = Chance.For(context, "bootstrap");
    private readonly HashSet<long> _open = [];
    private readonly Dictionary<EtcdKey, string> _own = [];
    private long _written;

    /// <summary>Stores the next round of what is missing; true when nothing is missing any more.</summary>
    /// <param name="isStart">Whether the server starts: later only some of it is made anew.</param>
    public bool Continue(bool isStart, Cause cause)
    {
        // etcd's watch may have to tell yet what its answer said.
        if (_open.Count > 0 || cache.Revision < _written) return false;
        foreach (var round in BootstrapObjects.Rounds(settings, context.System.Scheduler.Now))
        {
            var puts = round.Where(entry => isStart || BootstrapObjects.RestoredAfter(entry.Resource) is not null).Select(Plan).OfType<EtcdOp.Put>().ToList();
            if (puts.Count == 0) continue;
            foreach (var chunk in puts.Chunk(settings.MaxTxnOps)) Send(chunk, cause);
            return false;
        }

        return true;
    }

    /// <summary>Whether an answer of etcd is to this.</summary>
    public bool IsFor(EtcdProtocol.IReply reply) => _open.Contains(reply.RequestId);

    /// <summary>Takes an answer that <see cref="IsFor"/>; false when etcd did not do it.</summary>
    public bool OnReply(EtcdProtocol.IReply reply)
    {
        _open.Remove(reply.RequestId);
        if (reply is EtcdProtocol.Executed { Result: EtcdResult.Txn { Succeeded: true } }) _written = Math.Max(_written, reply.Revision);
        return reply is EtcdProtocol.Executed;
    }

    /// <summary>How long after its deletion a key's object is to be made anew; null when it is none of these.</summary>
    public TimeSpan? RestoredAfter(EtcdKey key) => _own.TryGetValue(key, out var resource) ? BootstrapObjects.RestoredAfter(resource) : null;

    private EtcdOp.Put? Plan((string Resource, IKubeObject Object) entry)
    {
        var type = cache.Resource(entry.Resource)!.Type;
        var metadata = entry.Object.Metadata;
        EtcdKey key = type.KeyOf(new NamespacedName(metadata.Namespace ?? "", metadata.Name!));
        _own[key] = entry.Resource;
        if (cache.Find(entry.Resource, metadata.Namespace ?? "", metadata.Name!) is not null) return null;
        var plan = WritePlanner.Create(type, entry.Object, null, new WriteContext(context.System.Scheduler.Now, _chance, cache, cache.PodSpecs, settings.DefaultTolerationSeconds)
        {
            Services = settings.Services,
            Manager = "kube-apiserver",
        });
        if (plan is WritePlan.Store stored) return new EtcdOp.Put(key, EtcdValue.Of(stored.Object, ObjectValueCodec.Instance));

        // A quota, or somebody who has its address: the cluster has to do without it.
        context.GetLogger().Warning("{0} cannot be: {1}", key, (plan as WritePlan.Refuse)?.Status.Message ?? "");
        return null;
    }

    private void Send(IReadOnlyList<EtcdOp.Put> puts, Cause cause)
    {
        var id = nextRequestId();
        _open.Add(id);
        store().Tell(new EtcdProtocol.Execute(id, cause, new EtcdOp.Txn([.. puts.Select(put => EtcdCompare.ModRevisionIs(put.Key, 0))], [.. puts], [])), context.Self);
    }
}
