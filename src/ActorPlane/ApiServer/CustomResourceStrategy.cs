using ActorPlane.Api;

namespace ActorPlane.ApiServer;

/// <summary>
/// The strategy of custom resources: generations count every change outside of metadata and, when the status is a subresource, status.
/// Writes come in any version of the definition and are stored in one. (<c>apiextensions-apiserver/pkg/registry/customresource/strategy.go</c>.)
/// </summary>
/// <param name="versions">The definition's versions, the one that is stored first.</param>
internal sealed class CustomResourceStrategy(IReadOnlyList<ResourceInfo> versions) : ResourceStrategy
{
    private const string Status = "status";

    /// <inheritdoc />
    public override bool HasStatus { get; } = versions.Any(version => version.Custom!.HasStatus);

    /// <inheritdoc />
    public override bool HasGeneration => true;

    /// <inheritdoc />
    public override StatusKeeps StatusKeeps => StatusKeeps.Metadata;

    /// <inheritdoc />
    public override IKubeObject WithStatusOf(IKubeObject item, IKubeObject from)
    {
        var (to, source) = ((CustomObject)item, (CustomObject)from);
        if (!VersionOf(to).HasStatus) return item;
        return to.WithContent(source.Content[Status] is { } status ? to.Content.With(Status, status) : to.Content.Without(Status));
    }

    /// <inheritdoc />
    public override bool HasSameSpec(IKubeObject left, IKubeObject right)
    {
        // A status that is a subresource is the same on both sides by now.
        return ((CustomObject)left).Content == ((CustomObject)right).Content;
    }

    /// <inheritdoc />
    public override IKubeObject PrepareForCreate(IKubeObject item, WriteContext context)
    {
        var given = (CustomObject)item;
        return VersionOf(given).HasStatus ? given.WithContent(given.Content.Without(Status)) : given;
    }

    /// <inheritdoc />
    public override IKubeObject PrepareForUpdate(IKubeObject item, IKubeObject before) => item;

    /// <inheritdoc />
    public override IKubeObject PrepareForStatusUpdate(IKubeObject item, IKubeObject before) => item;

    /// <inheritdoc />
    public override IKubeObject AsWritten(IKubeObject item) => ((CustomObject)item).In(VersionOf((CustomObject)item).Schema);

    /// <inheritdoc />
    public override IKubeObject InFormOf(IKubeObject stored, IKubeObject item) => ((CustomObject)stored).In((CustomObjectSchema)item.Schema);

    /// <inheritdoc />
    public override IKubeObject ToStorage(IKubeObject item) => ((CustomObject)item).In(versions[0].Custom!.Schema);

    // A writer may still know a version that is gone: it counts as the one that is stored.
    private CustomVersion VersionOf(CustomObject item)
    {
        foreach (var version in versions)
        {
            if (version.Gvk.ApiVersion == item.ApiVersion) return version.Custom!;
        }

        return versions[0].Custom!;
    }
}
