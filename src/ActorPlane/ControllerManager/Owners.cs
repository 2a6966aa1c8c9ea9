using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ControllerManager;

/// <summary>Owner references between objects. (<c>G/apimachinery/pkg/apis/meta/v1/controller_ref.go</c>.)</summary>
public static class Owners
{
    /// <summary>The reference to the object's controller, or null.</summary>
    public static OwnerReference? ControllerOf(IKubeObject item)
    {
        foreach (var owner in item.Metadata.OwnerReferences.AsSpan())
        {
            if (owner.Controller == true) return owner;
        }

        return null;
    }

    /// <summary>The uid of the object's controller, or null.</summary>
    public static string? ControllerUidOf(IKubeObject item) => ControllerOf(item)?.Uid;

    /// <summary>A reference that makes <paramref name="owner"/> the controller.</summary>
    public static OwnerReference ControllerReference(IKubeObject owner) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name!,
        Uid = owner.Metadata.Uid!,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>The object with one more owner, its controller.</summary>
    public static T Adopted<T>(T item, IKubeObject owner)
        where T : IKubeObject =>
        (T)item.WithMetadata(item.Metadata with { OwnerReferences = item.Metadata.OwnerReferences.Add(ControllerReference(owner)) });

    /// <summary>The object without the owner of that uid.</summary>
    public static T Released<T>(T item, string ownerUid)
        where T : IKubeObject =>
        (T)item.WithMetadata(item.Metadata with { OwnerReferences = item.Metadata.OwnerReferences.RemoveAll(owner => owner.Uid == ownerUid) });
}
