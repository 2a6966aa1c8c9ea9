using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>An object that the API stores or answers with: it has a kind and metadata.</summary>
public interface IKubeObject
{
    /// <summary>Group and version: <c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    string ApiVersion { get; }

    /// <summary>The kind: <c>Deployment</c>.</summary>
    string Kind { get; }

    /// <summary>Name, namespace, labels, owners and all else that every object has.</summary>
    ObjectMeta Metadata { get; }

    /// <summary>The type's descriptor.</summary>
    ObjectSchema Schema { get; }

    /// <summary>The same object with other metadata; the rest is shared.</summary>
    IKubeObject WithMetadata(ObjectMeta metadata);
}
