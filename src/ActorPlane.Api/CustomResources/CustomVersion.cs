using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>What a definition says of one of its versions, beyond what every resource has.</summary>
/// <param name="Definition">The whole definition.</param>
/// <param name="Version">This version of it.</param>
/// <param name="Schema">The descriptor of its objects.</param>
public sealed record CustomVersion(CustomResourceDefinition Definition, CustomResourceDefinitionVersion Version, CustomObjectSchema Schema)
{
    /// <summary>Whether the API offers this version.</summary>
    public bool IsServed => Version.Served == true;

    /// <summary>Whether the status is a subresource.</summary>
    public bool HasStatus => Version.Subresources?.Status is not null;

    /// <summary>Where the replicas are, if the version can be scaled.</summary>
    public CustomResourceSubresourceScale? Scale => Version.Subresources?.Scale;

    /// <summary>Whether the definition is being deleted: then nothing new is taken in.</summary>
    public bool IsTerminating => CustomResources.IsTerminating(Definition);
}
