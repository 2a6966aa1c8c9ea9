using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>
/// Deletes what nobody owns any more, and performs the two deletions that delay one: in the foreground, where an object
/// stays until the dependents that block it are gone, and orphaning, where its dependents first forget it. Owners and
/// dependents may be of any kind but Events, built-in or custom. It looks at its copies to see what may be garbage and asks the API
/// server before it acts. (<c>C/garbagecollector</c>.)
/// </summary>
public sealed class GarbageCollector : ReconcilingActor<GarbageKey>
{
    private readonly Dictionary<string, Informer<IKubeObject>> _copies = new(StringComparer.Ordinal);
    private readonly OwnershipGraph _graph = new();
    private readonly HashSet<string> _unsynced;
    private readonly Informer<CustomResourceDefinition> _definitions;
    private ResourceRegistry _registry = ResourceRegistry.BuiltIn;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public GarbageCollector(IActorRef apiServer)
        : base(apiServer)
    {
        foreach (var info in KubeTypes.Resources)
        {
            if (info.Gvk != info.StorageGvk || info.Gvk.Kind == "Event" || !info.Allows("watch") || !info.Allows("delete")) continue;
            _copies.Add(info.GroupResource, Watch(info.GroupResource));
        }

        _unsynced = [.. _copies.Keys];
        _definitions = new Informer<CustomResourceDefinition>(Client, CustomResources.Definitions, ObjectSelector.All)
        {
            Added = OnDefinition,
            Updated = (_, after, cause) => OnDefinition(after, cause),
            Deleted = OnDefinitionGone,
            Synced = _ => TakeTurn(),
        };
    }

    /// <inheritdoc />
    protected override bool IsReady => _unsynced.Count == 0 && _definitions.HasSynced;

    /// <summary>The actor <c>/user/kube-controller-manager/garbage-collector</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new GarbageCollector(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();

        _definitions.Start(cause);

        // In the order of the built-in resources, whatever order the table has.
        foreach (var info in KubeTypes.Resources)
        {
            if (info.Gvk == info.StorageGvk && _copies.TryGetValue(info.GroupResource, out var copy)) copy.Start(cause);
        }
    }

    /// <inheritdoc />
    protected override void Reconcile(GarbageKey key, ReconcilePass pass)
    {
        if (Find(key) is not { } item) return;
        if (GarbagePlanner.WaitsToOrphan(item)) OrphanDependents(key, pass);
        else if (GarbagePlanner.WaitsForDependents(item)) AwaitDependents(key, pass);
        else if (item.Metadata.DeletionTimestamp is null && !item.Metadata.OwnerReferences.IsEmpty) AskForOwners(key, item, pass);
    }

    private Informer<IKubeObject> Watch(string resource) => new(Client, resource, ObjectSelector.Ownership)
    {
        Added = (item, cause) => Learn(resource, item, cause),
        Updated = (before, after, cause) =>
        {
            if (before.Metadata.OwnerReferences != after.Metadata.OwnerReferences)
            {
                _graph.Remove(KeyOf(resource, before), before.Metadata.OwnerReferences);
                EnqueueWaitingOwners(before, cause);
            }

            Learn(resource, after, cause);
        },
        Deleted = (item, cause) =>
        {
            _graph.Remove(KeyOf(resource, item), item.Metadata.OwnerReferences);
            EnqueueDependents(item, cause);
            EnqueueWaitingOwners(item, cause);
        },
        Synced = cause =>
        {
            _unsynced.Remove(resource);
            if (_registry.VersionsOf(resource).Count > 0) LookAgain(resource, cause);
            TakeTurn();
        },
    };

    private void OnDefinition(CustomResourceDefinition definition, Cause cause)
    {
        var name = definition.Metadata.Name!;
        _registry = _registry.With(definition);
        if (_registry.VersionsOf(name).Count == 0)
        {
            OnDefinitionGone(definition, cause);
            return;
        }

        if (_copies.ContainsKey(name)) return;
        var copy = Watch(name);
        _copies.Add(name, copy);
        _unsynced.Add(name);
        copy.Start(cause);
    }

    private void OnDefinitionGone(CustomResourceDefinition definition, Cause cause)
    {
        var name = definition.Metadata.Name!;
        _registry = _registry.Without(name);
        if (!_copies.Remove(name, out var copy)) return;
        copy.Stop(cause);
        foreach (var item in copy.Items) _graph.Remove(KeyOf(name, item), item.Metadata.OwnerReferences);
        _unsynced.Remove(name);
        TakeTurn();
    }

    /// <summary>The objects of a kind have become known: those that name one of them as their owner may have lost it.</summary>
    private void LookAgain(string owners, Cause cause)
    {
        foreach (var resource in _copies.Keys.Order(StringComparer.Ordinal).ToList())
        {
            foreach (var item in _copies[resource].Items)
            {
                foreach (var owner in item.Metadata.OwnerReferences.AsSpan())
                {
                    if (ResourceOf(owner)?.GroupResource != owners) continue;
                    Learn(resource, item, cause);
                    break;
                }
            }
        }
    }

    private void Learn(string resource, IKubeObject item, Cause cause)
    {
        var key = KeyOf(resource, item);
        if (!item.Metadata.OwnerReferences.IsEmpty)
        {
            _graph.Add(key, item.Metadata.OwnerReferences);
            var isSafe = true;
            foreach (var owner in item.Metadata.OwnerReferences.AsSpan()) isSafe &= StateByCopy(key.Name.Namespace, owner) == OwnerState.Solid;
            if (!isSafe) Enqueue(key, cause);
        }

        if (item.Metadata.DeletionTimestamp is null || item.Metadata.Finalizers.IsEmpty) return;
        if (!GarbagePlanner.WaitsToOrphan(item) && !GarbagePlanner.WaitsForDependents(item)) return;
        Enqueue(key, cause);
        if (GarbagePlanner.WaitsForDependents(item)) EnqueueDependents(item, cause);
    }

    private void EnqueueDependents(IKubeObject owner, Cause cause)
    {
        if (!_graph.HasDependents(owner.Metadata.Uid!)) return;
        foreach (var dependent in _graph.DependentsOf(owner.Metadata.Uid!)) Enqueue(dependent, cause);
    }

    private void EnqueueWaitingOwners(IKubeObject dependent, Cause cause)
    {
        foreach (var owner in dependent.Metadata.OwnerReferences.AsSpan())
        {
            if (ResourceOf(owner) is not { } info || OwnerByCopy(dependent.Metadata.Namespace ?? "", owner, info) is not { } found) continue;
            if (GarbagePlanner.WaitsForDependents(found)) Enqueue(KeyOf(info.GroupResource, found), cause);
        }
    }

    /// <summary>The object is deleted in the foreground: it is released when no dependent blocks it any more.</summary>
    private void AwaitDependents(GarbageKey key, ReconcilePass pass)
    {
        var isBlocked = false;
        foreach (var dependent in _graph.DependentsOf(key.Uid))
        {
            if (Find(dependent) is not { } item || !GarbagePlanner.Blocks(item, key.Uid)) continue;
            isBlocked = true;
            if (item.Metadata.DeletionTimestamp is null) Enqueue(dependent, pass.Cause);
        }

        if (!isBlocked) Release(key, DeletionFinalizers.Foreground, pass);
    }

    /// <summary>Each dependent forgets this owner; then the owner is released.</summary>
    private void OrphanDependents(GarbageKey key, ReconcilePass pass)
    {
        var dependents = _graph.DependentsOf(key.Uid);
        var open = dependents.Count;
        if (open == 0) Release(key, DeletionFinalizers.Orphan, pass);
        foreach (var dependent in dependents)
        {
            ChangeLive(dependent, item => Owners.Released(item, key.Uid), pass, () =>
            {
                if (--open == 0 && !pass.HasFailed) Release(key, DeletionFinalizers.Orphan, pass);
            });
        }
    }

    private void Release(GarbageKey key, string finalizer, ReconcilePass pass) =>
        ChangeLive(key, item => GarbagePlanner.WithoutFinalizer(item, finalizer), pass, null);

    /// <summary>Owners that our copies do not show are asked for: a copy may lag behind the other.</summary>
    private void AskForOwners(GarbageKey key, IKubeObject item, ReconcilePass pass)
    {
        var states = new Dictionary<string, OwnerState>(StringComparer.Ordinal);
        var doubtful = new List<(OwnerReference Owner, ResourceInfo Info)>();
        foreach (var owner in item.Metadata.OwnerReferences)
        {
            var state = StateByCopy(key.Name.Namespace, owner);
            if (state == OwnerState.Absent && ResourceOf(owner) is { } info) doubtful.Add((owner, info));
            else states[owner.Uid ?? ""] = state;
        }

        var open = doubtful.Count;
        if (open == 0) Judge(key, states, pass);
        foreach (var (owner, info) in doubtful)
        {
            Client.Get(info.GroupResource, info.Namespaced ? key.Name.Namespace : "", owner.Name ?? "", pass.Cause, pass.Expect(
                outcome =>
                {
                    var isGone = outcome.IsRefused(StatusReason.NotFound) || (outcome.IsDone && outcome.Object!.Metadata.Uid != owner.Uid);
                    states[owner.Uid ?? ""] = isGone ? OwnerState.Absent : outcome.IsDone ? StateOf(outcome.Object!) : OwnerState.Solid;
                    if (--open == 0) Judge(key, states, pass);
                },
                StatusReason.NotFound));
        }
    }

    private void Judge(GarbageKey key, Dictionary<string, OwnerState> states, ReconcilePass pass)
    {
        if (pass.HasFailed) return;
        Client.Get(key.Resource, key.Name.Namespace, key.Name.Name, pass.Cause, pass.Expect(
            outcome =>
            {
                if (outcome.Object is not { } item || item.Metadata.Uid != key.Uid || item.Metadata.DeletionTimestamp is not null) return;

                // An owner that was added meanwhile is not known to be gone.
                OwnerState StateKnown(OwnerReference owner) => states.GetValueOrDefault(owner.Uid ?? "", OwnerState.Solid);
                var verdict = GarbagePlanner.Judge(item.Metadata.OwnerReferences, StateKnown, _graph.HasDependents(key.Uid));
                switch (verdict)
                {
                    case GarbageVerdict.DropReferences:
                        var owners = item.Metadata.OwnerReferences.RemoveAll(owner => StateKnown(owner) != OwnerState.Solid);
                        Client.Update(key.Resource, item.WithMetadata(item.Metadata with { OwnerReferences = owners }), pass.Cause, pass.Expect(null, StatusReason.NotFound));
                        break;
                    case GarbageVerdict.DeleteInForeground when IsInCircle(key):
                        Client.Update(key.Resource, GarbagePlanner.Unblocked(item), pass.Cause, pass.Expect(
                            done =>
                            {
                                if (done.Object is { } unblocked) Delete(key, unblocked, PropagationPolicy.Foreground, pass);
                            },
                            StatusReason.NotFound));
                        break;
                    case GarbageVerdict.DeleteInForeground:
                        Delete(key, item, PropagationPolicy.Foreground, pass);
                        break;
                    case GarbageVerdict.Delete:
                        Delete(key, item, PolicyOf(item), pass);
                        break;
                }
            },
            StatusReason.NotFound));
    }

    // One of its dependents waits for dependents itself, which may come down to this object.
    private bool IsInCircle(GarbageKey key) =>
        _graph.DependentsOf(key.Uid).Any(dependent => Find(dependent) is { } item && GarbagePlanner.WaitsForDependents(item));

    private static PropagationPolicy PolicyOf(IKubeObject item) =>
        item.Metadata.Finalizers.Contains(DeletionFinalizers.Orphan) ? PropagationPolicy.Orphan
        : item.Metadata.Finalizers.Contains(DeletionFinalizers.Foreground) ? PropagationPolicy.Foreground
        : PropagationPolicy.Background;

    // Not when it has changed: someone else may have adopted it meanwhile.
    private void Delete(GarbageKey key, IKubeObject item, PropagationPolicy policy, ReconcilePass pass) => Client.Delete(
        key.Resource, key.Name.Namespace, key.Name.Name, pass.Cause, pass.Expect(null, StatusReason.NotFound),
        uid: key.Uid, resourceVersion: item.Metadata.ResourceVersion, propagation: policy);

    private void ChangeLive(GarbageKey key, Func<IKubeObject, IKubeObject> change, ReconcilePass pass, Action? done) =>
        Client.Get(key.Resource, key.Name.Namespace, key.Name.Name, pass.Cause, pass.Expect(
            outcome =>
            {
                if (outcome.Object is not { } item || item.Metadata.Uid != key.Uid)
                {
                    done?.Invoke();
                    return;
                }

                var changed = change(item);
                if (changed.Metadata == item.Metadata) done?.Invoke();
                else Client.Update(key.Resource, changed, pass.Cause, pass.Expect(_ => done?.Invoke(), StatusReason.NotFound));
            },
            StatusReason.NotFound));

    private IKubeObject? Find(GarbageKey key) =>
        _copies.TryGetValue(key.Resource, out var copy) && copy.Get(key.Name) is { } item && item.Metadata.Uid == key.Uid ? item : null;

    // An owner of a kind that nobody serves cannot be shown to be gone.
    private OwnerState StateByCopy(string @namespace, OwnerReference owner)
    {
        if (ResourceOf(owner) is not { } info) return OwnerState.Solid;
        return OwnerByCopy(@namespace, owner, info) is { } found ? StateOf(found) : OwnerState.Absent;
    }

    private IKubeObject? OwnerByCopy(string @namespace, OwnerReference owner, ResourceInfo info)
    {
        if (!_copies.TryGetValue(info.GroupResource, out var copy)) return null;
        var found = copy.Get(info.Namespaced ? @namespace : "", owner.Name ?? "");
        return found?.Metadata.Uid == owner.Uid ? found : null;
    }

    private static OwnerState StateOf(IKubeObject owner) => GarbagePlanner.WaitsForDependents(owner) ? OwnerState.Waiting : OwnerState.Solid;

    private ResourceInfo? ResourceOf(OwnerReference owner) => _registry.Find(owner.ApiVersion ?? "", owner.Kind ?? "");

    private static GarbageKey KeyOf(string resource, IKubeObject item) => new(resource, NamespacedName.Of(item), item.Metadata.Uid!);
}
