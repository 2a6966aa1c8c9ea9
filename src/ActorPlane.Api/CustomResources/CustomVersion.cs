using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Tables;

namespace ActorPlane.Api;

/// <summary>What a definition says of one of its versions, beyond what every resource has.</summary>
/// <param name="definition">The whole definition.</param>
/// <param name="version">This version of it.</param>
/// <param name="schema">The descriptor of its objects.</param>
public sealed class CustomVersion(CustomResourceDefinition definition, CustomResourceDefinitionVersion version, Lazy<CustomObjectSchema> schema)
{
    /// <summary>The whole definition.</summary>
    public CustomResourceDefinition Definition { get; } = definition;

    /// <summary>This version of it.</summary>
    public CustomResourceDefinitionVersion Version { get; } = version;

    /// <summary>The descriptor of its objects; worked out when it is first asked for.</summary>
    public CustomObjectSchema Schema => LazySchema.Value;

    internal Lazy<CustomObjectSchema> LazySchema { get; } = schema;

    /// <summary>How its objects are shown as rows.</summary>
    internal TableSchema Table => field ??= CustomTable.Of(Version);

    /// <summary>Whether the API offers this version.</summary>
    public bool IsServed => Version.Served == true;

    /// <summary>Whether the status is a subresource.</summary>
    public bool HasStatus => Version.Subresources?.Status is not null;

    /// <summary>Where the replicas are, if the version can be scaled.</summary>
    public CustomResourceSubresourceScale? Scale => Version.Subresources?.Scale;

    /// <summary>Whether the definition is being deleted: then nothing new is taken in.</summary>
    public bool IsTerminating => CustomResources.IsTerminating(Definition);
}
