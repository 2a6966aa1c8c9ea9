namespace ActorPlane.ApiServer;

/// <summary>All objects of one resource at one moment, by namespace and name. Immutable: any thread may read it.</summary>
/// <param name="Resource">Such as <c>pods</c> or <c>deployments.apps</c>.</param>
/// <param name="Items">The objects.</param>
public sealed record ResourceSnapshot(string Resource, ObjectTree Items)
{
    /// <summary>No objects of <paramref name="resource"/>.</summary>
    public static ResourceSnapshot Empty(string resource) => new(resource, ObjectTree.Empty);
}
