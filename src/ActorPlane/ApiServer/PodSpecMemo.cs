using System.Runtime.CompilerServices;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Remembers what admission made of a pod spec, by reference: the pods of one template come in with one spec instance
/// and must go out with one, both to save memory and because defaulting and validating it once is enough. The same goes
/// for those of them that are bound to one node.
/// </summary>
public sealed class PodSpecMemo
{
    private readonly ConditionalWeakTable<PodSpec, Admitted> _admitted = [];
    private readonly ConditionalWeakTable<PodSpec, Dictionary<string, PodSpec>> _bound = [];

    /// <summary>What became of a spec.</summary>
    /// <param name="Namespace">Where: another namespace has other limits and accounts.</param>
    /// <param name="Spec">The spec with all that admission and defaulting add.</param>
    /// <param name="Status">The status with which its pods begin.</param>
    /// <param name="Note">The annotation <see cref="LimitRanger.Annotation"/>, or null.</param>
    public sealed record Admitted(string Namespace, PodSpec Spec, PodStatus Status, string? Note);

    /// <summary>What <paramref name="spec"/> was turned into when it was admitted and found valid, in a namespace, or null.</summary>
    public Admitted? Find(PodSpec spec, string @namespace) => _admitted.TryGetValue(spec, out var admitted) && admitted.Namespace == @namespace ? admitted : null;

    /// <summary>Remembers an admission.</summary>
    public void Add(PodSpec spec, Admitted admitted) => _admitted.AddOrUpdate(spec, admitted);

    /// <summary>The spec with the name of a node: one instance for all pods of a template on that node.</summary>
    public PodSpec Bound(PodSpec spec, string nodeName)
    {
        var byNode = _bound.GetValue(spec, static _ => new Dictionary<string, PodSpec>(StringComparer.Ordinal));
        if (!byNode.TryGetValue(nodeName, out var bound)) byNode.Add(nodeName, bound = spec with { NodeName = nodeName });
        return bound;
    }

    /// <summary>Forgets everything: what admission depends on has changed.</summary>
    public void Clear() => _admitted.Clear();
}
