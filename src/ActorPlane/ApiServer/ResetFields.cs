using ActorPlane.Api;

namespace ActorPlane.ApiServer;

/// <summary>
/// The fields that a write of an object, or of one of its subresources, leaves as they are whatever it says
/// (<c>pkg/registry/*/*/strategy.go</c>, GetResetFields). Nobody comes to own them by such a write.
/// </summary>
public static class ResetFields
{
    private static readonly ValueList<string> None = [];
    private static readonly ValueList<string> Status = ["status"];
    private static readonly ValueList<string> Spec = ["spec"];
    private static readonly ValueList<string> AllButStatus = ["metadata", "spec"];

    /// <summary>As <c>spec</c>, <c>metadata.labels</c>.</summary>
    /// <param name="subresource">Empty for the object.</param>
    public static ValueList<string> Of(ResourceInfo info, string subresource) => subresource switch
    {
        "" => info.Subresource("status") is null ? None : Status,
        "status" => ResourceType.StatusKeepsOf(info) switch
        {
            StatusKeeps.Nothing => Spec,
            StatusKeeps.Metadata => AllButStatus,
            var kept => [.. Spec, .. Parts(kept)],
        },
        _ => None,
    };

    private static IEnumerable<string> Parts(StatusKeeps kept)
    {
        if (kept.HasFlag(StatusKeeps.Labels)) yield return "metadata.labels";
        if (kept.HasFlag(StatusKeeps.Annotations)) yield return "metadata.annotations";
        if (kept.HasFlag(StatusKeeps.Finalizers)) yield return "metadata.finalizers";
        if (kept.HasFlag(StatusKeeps.OwnerReferences)) yield return "metadata.ownerReferences";
    }
}
