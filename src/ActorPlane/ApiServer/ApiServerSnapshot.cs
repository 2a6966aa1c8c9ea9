using System.Collections.Immutable;
using ActorPlane.Api;
using Akka.Actor;

namespace ActorPlane.ApiServer;

/// <summary>
/// Everything that the API server had committed at one moment. Immutable: tables, the HTTP front and tests read it on
/// their own thread, without a message to the server.
/// </summary>
/// <param name="Revision">The newest revision in it.</param>
/// <param name="Resources">By resource name. Resources without any object, ever, are absent.</param>
public sealed record ApiServerSnapshot(long Revision, ImmutableSortedDictionary<string, ResourceSnapshot> Resources)
{
    /// <summary>Before the server has read anything from etcd.</summary>
    public static ApiServerSnapshot Empty { get; } =
        new(0, ImmutableSortedDictionary.Create<string, ResourceSnapshot>(StringComparer.Ordinal));

    /// <summary>The resources that were served then.</summary>
    public ResourceRegistry Registry { get; init; } = ResourceRegistry.BuiltIn;

    /// <summary>The objects of a resource, none when nothing was ever stored.</summary>
    public ResourceSnapshot this[string resource] => Resources.GetValueOrDefault(resource) ?? ResourceSnapshot.Empty(resource);

    /// <summary>The newest snapshot of <paramref name="system"/>'s API server.</summary>
    public static ApiServerSnapshot Of(ActorSystem system) => ApiServerSnapshots.Of(system).Current;
}
