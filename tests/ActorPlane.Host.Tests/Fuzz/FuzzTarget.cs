using ActorPlane.Api;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>A resource that requests are drawn for.</summary>
/// <param name="Kind">Of its objects.</param>
/// <param name="Plural">In paths.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
/// <param name="Schema">Null when it is not known here.</param>
/// <param name="Verbs">What it offers.</param>
/// <param name="Subresources">Its parts.</param>
internal sealed record FuzzTarget(
    GroupVersionKind Kind, string Plural, bool Namespaced, ObjectSchema? Schema, IReadOnlyList<string> Verbs, IReadOnlyList<SubresourceInfo> Subresources)
{
    /// <summary>All that is built in.</summary>
    public static IReadOnlyList<FuzzTarget> BuiltIn { get; } =
        [.. KubeTypes.Resources.Select(info => new FuzzTarget(info.Gvk, info.Plural, info.Namespaced, info.Schema, info.Verbs, info.Subresources))];

    /// <summary>The resource alone, to make paths from.</summary>
    public static FuzzTarget Of(ResourceInfo info) => new(info.Gvk, info.Plural, info.Namespaced, null, [], []);

    /// <summary>Its collection, in a namespace if it has any.</summary>
    public string Collection(string space) =>
        (Kind.Group.Length == 0 ? "/api/" : $"/apis/{Kind.Group}/") + Kind.Version + (Namespaced && space.Length > 0 ? $"/namespaces/{space}/" : "/") + Plural;
}
