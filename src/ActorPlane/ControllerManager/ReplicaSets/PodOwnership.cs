using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>
/// Which pods belong to which set (ReplicaSet or ReplicationController), by the uid of the controller; which pods belong to none; and which sets would
/// take such a pod. Only active pods: the others are neither counted nor adopted nor released. A change of one pod
/// costs the same however many there are. (<c>C/controller_ref_manager.go</c>.)
/// </summary>
/// <param name="kind">The kind of the sets: pods of other controllers do not concern them. Null for any.</param>
public sealed class PodOwnership(string? kind = null)
{
    private static readonly OwnedPods NoPods = new();

    private readonly Dictionary<string, OwnedPods> _byOwner = new(StringComparer.Ordinal);

    // Pods whose labels their set no longer selects are few; they are looked for when a pod's labels change.
    private readonly Dictionary<string, SortedDictionary<NamespacedName, Pod>> _strayByOwner = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<NamespacedName, Pod>> _orphansByNamespace = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<NamespacedName, Claimant>> _setsByNamespace = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Claimant> _setsByUid = new(StringComparer.Ordinal);

    /// <summary>The active pods of the set with this uid.</summary>
    public OwnedPods PodsOf(string uid) => _byOwner.GetValueOrDefault(uid, NoPods);

    /// <summary>A set was seen. That of a ReplicaSet never changes its selector; that of a ReplicationController may.</summary>
    public void SetSelector(IKubeObject set, LabelSelector selector)
    {
        var uid = set.Metadata.Uid!;
        if (_setsByUid.TryGetValue(uid, out var known) && (ReferenceEquals(known.Selector, selector) || known.Selector == selector)) return;
        var entry = new Claimant(NamespacedName.Of(set), selector);
        _setsByUid[uid] = entry;
        In(_setsByNamespace, entry.Key.Namespace)[entry.Key] = entry;

        // Its pods may have been there before it was, or before it selected others.
        foreach (var pod in PodsOf(uid).Pods) FileStray(pod, uid);
    }

    /// <summary>A set is gone; its pods are not yet.</summary>
    public void ForgetSelector(IKubeObject set)
    {
        if (!_setsByUid.Remove(set.Metadata.Uid!, out var entry)) return;
        if (_setsByNamespace.TryGetValue(entry.Key.Namespace, out var sets)
            && sets.TryGetValue(entry.Key, out var current) && ReferenceEquals(current, entry))
            sets.Remove(entry.Key);
        _strayByOwner.Remove(set.Metadata.Uid!);
    }

    /// <summary>A pod came or changed.</summary>
    public void Set(Pod pod)
    {
        var key = NamespacedName.Of(pod);
        if (Owners.ControllerOf(pod) is { } controller)
        {
            RemoveFrom(_orphansByNamespace, key.Namespace, key);
            if (kind is not null && controller.Kind != kind) return;
            var owner = controller.Uid ?? "";
            if (!_byOwner.TryGetValue(owner, out var pods)) _byOwner[owner] = pods = new OwnedPods();
            pods.Set(pod);
            if (pods.Count == 0) _byOwner.Remove(owner);
            FileStray(pod, owner);
        }
        else if (PodConditions.IsActive(pod))
        {
            In(_orphansByNamespace, key.Namespace)[key] = pod;
        }
        else
        {
            RemoveFrom(_orphansByNamespace, key.Namespace, key);
        }
    }

    /// <summary>A pod is gone.</summary>
    public void Forget(Pod pod)
    {
        if (Owners.ControllerUidOf(pod) is { } owner) Forget(pod, owner);
        else RemoveFrom(_orphansByNamespace, pod.Metadata.Namespace ?? "", NamespacedName.Of(pod));
    }

    /// <summary>A pod no longer belongs to this owner.</summary>
    public void Forget(Pod pod, string owner)
    {
        RemoveFrom(_strayByOwner, owner, NamespacedName.Of(pod));
        if (!_byOwner.TryGetValue(owner, out var pods)) return;
        pods.Remove(pod.Metadata.Uid!);
        if (pods.Count == 0) _byOwner.Remove(owner);
    }

    /// <summary>The sets that select a pod without a controller, by name.</summary>
    public IReadOnlyList<NamespacedName> SetsThatWant(Pod orphan) =>
        _setsByNamespace.TryGetValue(orphan.Metadata.Namespace ?? "", out var sets)
            ? [.. sets.Values.Where(set => set.Selector.Matches(orphan.Metadata.Labels)).Select(set => set.Key)]
            : [];

    /// <summary>Active pods of the set that it no longer selects, by name.</summary>
    public IReadOnlyList<Pod> PodsToRelease(IKubeObject set) =>
        _strayByOwner.TryGetValue(set.Metadata.Uid!, out var pods) ? [.. pods.Values] : [];

    /// <summary>Active pods without a controller that the set selects, by name.</summary>
    public IReadOnlyList<Pod> PodsToAdopt(IKubeObject set) =>
        _setsByUid.TryGetValue(set.Metadata.Uid!, out var entry) && _orphansByNamespace.TryGetValue(entry.Key.Namespace, out var orphans)
            ? [.. orphans.Values.Where(pod => entry.Selector.Matches(pod.Metadata.Labels))]
            : [];

    private void FileStray(Pod pod, string owner)
    {
        var key = NamespacedName.Of(pod);
        if (_setsByUid.TryGetValue(owner, out var set) && PodConditions.IsActive(pod) && !set.Selector.Matches(pod.Metadata.Labels))
            In(_strayByOwner, owner)[key] = pod;
        else
            RemoveFrom(_strayByOwner, owner, key);
    }

    private static SortedDictionary<NamespacedName, T> In<T>(Dictionary<string, SortedDictionary<NamespacedName, T>> map, string key)
    {
        if (!map.TryGetValue(key, out var entries)) map[key] = entries = [];
        return entries;
    }

    private static void RemoveFrom<T>(Dictionary<string, SortedDictionary<NamespacedName, T>> map, string key, NamespacedName name)
    {
        if (map.TryGetValue(key, out var entries) && entries.Remove(name) && entries.Count == 0) map.Remove(key);
    }

    private sealed record Claimant(NamespacedName Key, LabelSelector Selector);
}
