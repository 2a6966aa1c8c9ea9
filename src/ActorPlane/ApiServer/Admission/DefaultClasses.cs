using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Networking.V1;
using ActorPlane.Api.Storage.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// The plugins DefaultStorageClass and DefaultIngressClass: a new claim or ingress that names no class gets the one that is
/// marked as default, of several the newest, then the first by name
/// (<c>plugin/pkg/admission/storage/storageclass/setdefault</c>, <c>plugin/pkg/admission/network/defaultingressclass</c>).
/// </summary>
internal static class DefaultClasses
{
    private const string StorageClasses = "storageclasses.storage.k8s.io";
    private const string IngressClasses = "ingressclasses.networking.k8s.io";

    /// <summary>A new claim as it is stored.</summary>
    public static PersistentVolumeClaim Admit(PersistentVolumeClaim claim, WriteContext context)
    {
        if (claim.Spec.StorageClassName is not null || claim.Metadata.Annotations.ContainsKey("volume.beta.kubernetes.io/storage-class")) return claim;
        var name = Default(
            context.Objects.All(StorageClasses), "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");
        return name is null ? claim : claim with { Spec = claim.Spec with { StorageClassName = name } };
    }

    /// <summary>A new ingress as it is stored.</summary>
    public static Ingress Admit(Ingress ingress, WriteContext context)
    {
        if (ingress.Spec.IngressClassName is not null || ingress.Metadata.Annotations.ContainsKey("kubernetes.io/ingress.class")) return ingress;
        var name = Default(context.Objects.All(IngressClasses), "ingressclass.kubernetes.io/is-default-class");
        return name is null ? ingress : ingress with { Spec = ingress.Spec with { IngressClassName = name } };
    }

    // They come by name: the first of those that are equally new is kept.
    private static string? Default(IEnumerable<IKubeObject> classes, params ReadOnlySpan<string> marks)
    {
        IKubeObject? best = null;
        foreach (var item in classes)
        {
            if (IsMarked(item, marks) && (best is null || item.Metadata.CreationTimestamp > best.Metadata.CreationTimestamp)) best = item;
        }

        return best?.Metadata.Name;
    }

    private static bool IsMarked(IKubeObject item, ReadOnlySpan<string> marks)
    {
        foreach (var mark in marks)
        {
            if (item.Metadata.Annotations.GetValueOrDefault(mark) == "true") return true;
        }

        return false;
    }
}
