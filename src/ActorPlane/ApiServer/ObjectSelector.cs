using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Which objects of a resource a list or watch wants. All parts that are set must hold. The parts that the API server
/// keeps an index for are fields of their own: <see cref="Name"/> and <see cref="NodeName"/>, so that a kubelet's watch
/// costs nothing when other nodes' pods change.
/// </summary>
/// <param name="Namespace">Null for all namespaces.</param>
/// <param name="Name">Null for all names (<c>metadata.name</c>).</param>
/// <param name="NodeName">Null for all nodes; only for pods (<c>spec.nodeName</c>).</param>
/// <param name="Labels">Null for all labels.</param>
/// <param name="Fields">Other fields (<see cref="SelectableFields"/>); null for all.</param>
public sealed record ObjectSelector(
    string? Namespace = null, string? Name = null, string? NodeName = null, LabelQuery? Labels = null, FieldQuery? Fields = null)
{
    /// <summary>Every object of the resource.</summary>
    public static ObjectSelector All { get; } = new();

    /// <summary>
    /// A watch hears only of what matters to the ownership graph: objects that come and go, and changes of owners,
    /// finalizers or deletion. So it can look at every resource without a message for each status report and lease renewal.
    /// It hears of pods that become ready, too, so that its copy is the one that all others have, and not an older one.
    /// </summary>
    public bool OwnershipOnly { get; init; }

    /// <summary>Every object of the resource, with <see cref="OwnershipOnly"/>.</summary>
    public static ObjectSelector Ownership { get; } = new() { OwnershipOnly = true };

    /// <summary>Whether a change matters to a watch that sees the object before and after it.</summary>
    public bool MattersTo(IKubeObject before, IKubeObject after) =>
        !OwnershipOnly || before.Metadata.DeletionTimestamp != after.Metadata.DeletionTimestamp
        || before.Metadata.OwnerReferences != after.Metadata.OwnerReferences || before.Metadata.Finalizers != after.Metadata.Finalizers
        || (before is Pod pod && after is Pod next && IsReady(pod) != IsReady(next));

    private static bool IsReady(Pod pod)
    {
        foreach (var condition in pod.Status.Conditions.AsSpan())
        {
            if (condition is { Type: "Ready", Status: "True" }) return true;
        }

        return false;
    }

    /// <summary>O(1), plus the number of label requirements.</summary>
    public bool Matches(IKubeObject item) =>
        (Namespace is null || item.Metadata.Namespace == Namespace)
        && (Name is null || item.Metadata.Name == Name)
        && (NodeName is null || (item is Pod pod && pod.Spec.NodeName == NodeName))
        && (Labels is null || Labels.Matches(item.Metadata.Labels))
        && (Fields is null || SelectableFields.Matches(item, Fields));

    /// <summary>Empty for <see cref="All"/>, else the parts that are set, as in <c> in default where spec.nodeName=node-1</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>(4);
        if (Name is not null) parts.Add($"metadata.name={Name}");
        if (NodeName is not null) parts.Add($"spec.nodeName={NodeName}");
        if (Fields is { IsEmpty: false }) parts.Add(Fields.ToString());
        if (Labels is not null) parts.Add(Labels.ToString()!);
        return (Namespace is null ? "" : $" in {Namespace}") + (parts.Count == 0 ? "" : " where " + string.Join(",", parts));
    }
}
