using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>
/// Deletes, in the background, ReplicaSets and pods whose owners are gone. Owners may be of any built-in kind: those that
/// it does not watch itself it asks the API server for. It acts on deletions that have happened; foreground deletion and
/// orphaning, which delay one, are not its business. (<c>C/garbagecollector</c>.)
/// </summary>
public sealed class GarbageCollector : ReconcilingActor<GarbageKey>
{
    private const string Deployments = "deployments.apps";
    private const string ReplicaSets = "replicasets.apps";
    private const string Pods = "pods";

    private readonly Informer<Deployment> _deployments;
    private readonly Informer<ReplicaSet> _sets;
    private readonly Informer<Pod> _pods;

    // Who names an owner, by the owner's uid: a deletion costs no scan.
    private readonly Dictionary<string, HashSet<GarbageKey>> _dependents = new(StringComparer.Ordinal);

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public GarbageCollector(IActorRef apiServer)
        : base(apiServer)
    {
        _deployments = Watch<Deployment>(Deployments);
        _sets = Watch<ReplicaSet>(ReplicaSets);
        _pods = Watch<Pod>(Pods);
    }

    /// <inheritdoc />
    protected override bool IsReady => _deployments.HasSynced && _sets.HasSynced && _pods.HasSynced;

    /// <summary>The actor <c>/user/kube-controller-manager/garbage-collector</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new GarbageCollector(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _deployments.Start(cause);
        _sets.Start(cause);
        _pods.Start(cause);
    }

    /// <inheritdoc />
    protected override void Reconcile(GarbageKey key, ReconcilePass pass)
    {
        if (Find(key) is not { } item) return;

        // Owners that our copies do not show are asked for: they may be of another kind, or a copy may lag. The owner of a
        // kind that nobody serves cannot be shown to be gone.
        var missing = new HashSet<string>(StringComparer.Ordinal);
        (OwnerReference Owner, ResourceInfo? Resource)[] doubtful =
        [
            .. item.Metadata.OwnerReferences
                .Where(owner => !IsKnown(key.Name.Namespace, owner))
                .Select(owner => (owner, KubeTypes.Find(owner.ApiVersion ?? "", owner.Kind ?? "")))
                .Where(entry => entry.Item2 is not null),
        ];
        var open = doubtful.Length;
        foreach (var (owner, resource) in doubtful)
        {
            Client.Get(resource!.GroupResource, resource.Namespaced ? key.Name.Namespace : "", owner.Name ?? "", pass.Cause, pass.Expect(
                outcome =>
                {
                    var isGone = outcome.IsRefused(StatusReason.NotFound) || (outcome.IsDone && outcome.Object!.Metadata.Uid != owner.Uid);
                    if (isGone) missing.Add(owner.Uid!);
                    if (--open == 0) Perform(key, missing, pass);
                },
                StatusReason.NotFound));
        }
    }

    private Informer<T> Watch<T>(string resource)
        where T : class, IKubeObject => new(Client, resource, ObjectSelector.All)
    {
        Added = (item, cause) => Learn(resource, item, cause),
        Updated = (before, after, cause) =>
        {
            if (before.Metadata.OwnerReferences == after.Metadata.OwnerReferences) return;
            Forget(resource, before);
            Learn(resource, after, cause);
        },
        Deleted = (item, cause) =>
        {
            Forget(resource, item);
            if (!_dependents.TryGetValue(item.Metadata.Uid!, out var dependents)) return;
            foreach (var dependent in dependents.OrderBy(key => key.Resource, StringComparer.Ordinal).ThenBy(key => key.Name)) Enqueue(dependent, cause);
        },
        Synced = _ => TakeTurn(),
    };

    private void Learn(string resource, IKubeObject item, Cause cause)
    {
        if (item.Metadata.OwnerReferences.IsEmpty) return;
        var key = KeyOf(resource, item);
        var isDoubtful = false;
        foreach (var owner in item.Metadata.OwnerReferences)
        {
            if (!_dependents.TryGetValue(owner.Uid!, out var dependents)) _dependents[owner.Uid!] = dependents = [];
            dependents.Add(key);
            isDoubtful |= !IsKnown(key.Name.Namespace, owner);
        }

        if (isDoubtful) Enqueue(key, cause);
    }

    private void Forget(string resource, IKubeObject item)
    {
        foreach (var owner in item.Metadata.OwnerReferences)
        {
            if (_dependents.TryGetValue(owner.Uid!, out var dependents) && dependents.Remove(KeyOf(resource, item)) && dependents.Count == 0)
                _dependents.Remove(owner.Uid!);
        }
    }

    private static GarbageKey KeyOf(string resource, IKubeObject item) => new(resource, NamespacedName.Of(item), item.Metadata.Uid!);

    private IKubeObject? Find(GarbageKey key)
    {
        IKubeObject? item = key.Resource switch
        {
            Deployments => _deployments.Get(key.Name),
            ReplicaSets => _sets.Get(key.Name),
            _ => _pods.Get(key.Name),
        };
        return item?.Metadata.Uid == key.Uid ? item : null;
    }

    private bool IsKnown(string @namespace, OwnerReference owner)
    {
        var name = new NamespacedName(@namespace, owner.Name ?? "");
        IKubeObject? item = owner.Kind switch
        {
            "Deployment" => _deployments.Get(name),
            "ReplicaSet" => _sets.Get(name),
            "Pod" => _pods.Get(name),
            _ => null,
        };
        return item?.Metadata.Uid == owner.Uid;
    }

    private void Perform(GarbageKey key, HashSet<string> missing, ReconcilePass pass)
    {
        if (Find(key) is not { } item) return;
        switch (GarbagePlanner.Judge(item.Metadata.OwnerReferences, owner => !missing.Contains(owner.Uid!)))
        {
            case GarbageVerdict.DropReferences:
                var owners = item.Metadata.OwnerReferences.RemoveAll(owner => missing.Contains(owner.Uid!));
                Client.Update(key.Resource, item.WithMetadata(item.Metadata with { OwnerReferences = owners }), pass.Cause, pass.Expect(null, StatusReason.NotFound));
                break;
            case GarbageVerdict.Delete when item.Metadata.DeletionTimestamp is null:
                // Not when it has changed: someone else may have adopted it meanwhile.
                Client.Delete(
                    key.Resource, key.Name.Namespace, key.Name.Name, pass.Cause, pass.Expect(null, StatusReason.NotFound),
                    uid: key.Uid, resourceVersion: item.Metadata.ResourceVersion);
                break;
        }
    }
}
