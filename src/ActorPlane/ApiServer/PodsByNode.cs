using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>Pods by the node that they are bound to, so that a kubelet's list costs what its node holds and no more.</summary>
internal sealed class PodsByNode
{
    private readonly Dictionary<string, NameTable<IKubeObject>> _nodes = new(StringComparer.Ordinal);

    /// <summary>Takes note of a change.</summary>
    public void Apply(in ObjectChange change)
    {
        var before = (change.Before as Pod)?.Spec.NodeName;
        var after = (change.After as Pod)?.Spec.NodeName;
        if (!string.IsNullOrEmpty(before) && before != after && _nodes.TryGetValue(before, out var left))
        {
            left.Remove(NamespacedName.Of(change.Before!));
            if (left.Count == 0) _nodes.Remove(before);
        }

        if (string.IsNullOrEmpty(after)) return;
        if (!_nodes.TryGetValue(after, out var pods)) _nodes.Add(after, pods = new NameTable<IKubeObject>());
        pods.Set(change.After!);
    }

    /// <summary>The pods on a node, by namespace and name.</summary>
    public IKubeObject[] On(string node) => _nodes.TryGetValue(node, out var pods) ? pods.ToSortedArray() : [];
}
