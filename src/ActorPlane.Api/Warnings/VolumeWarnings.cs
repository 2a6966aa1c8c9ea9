using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Warnings for volumes and claims. Source: pkg/api/persistentvolume/util.go, pkg/api/persistentvolumeclaim/util.go.</summary>
internal static class VolumeWarnings
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private const string OptionsAnnotation = "volume.beta.kubernetes.io/mount-options";
    private const string ClassText = "deprecated since v1.8; use \"storageClassName\" attribute instead";

    public static IEnumerable<string> Of(PersistentVolume volume)
    {
        var spec = FieldPath.Of("spec");
        var annotations = volume.Metadata.Annotations;
        if (annotations.ContainsKey(ClassAnnotation)) yield return $"metadata.annotations[{ClassAnnotation}]: {ClassText}";
        if (annotations.ContainsKey(OptionsAnnotation)) yield return $"metadata.annotations[{OptionsAnnotation}]: deprecated since v1.31; use \"mountOptions\" attribute instead";
        if (volume.Spec.PersistentVolumeReclaimPolicy == "Recycle")
            yield return "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.";
        if (volume.Spec.NodeAffinity?.Required is { } required)
        {
            var path = spec.Child("nodeAffinity").Child("required").Child("nodeSelectorTerms");
            for (var i = 0; i < required.NodeSelectorTerms.Count; i++)
            {
                foreach (var warning in NodeLabels.Warnings(required.NodeSelectorTerms[i], path.Index(i))) yield return warning;
            }
        }

        var s = volume.Spec;
        foreach (var (_, field, text) in Gone(
            (s.PhotonPersistentDisk, "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"), (s.ScaleIO, "scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
            (s.Storageos, "storageOS", "deprecated in v1.22, non-functional in v1.25+"), (s.Quobyte, "quobyte", "deprecated in v1.22, non-functional in v1.25+"),
            (s.Flocker, "flocker", "deprecated in v1.22, non-functional in v1.25+"), (s.Glusterfs, "glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
            (s.Cephfs, "cephfs", "deprecated in v1.28, non-functional in v1.31+"), (s.Rbd, "rbd", "deprecated in v1.28, non-functional in v1.31+")))
        {
            yield return $"{spec.Child(field)}: {text}";
        }
    }

    public static IEnumerable<string> Of(PersistentVolumeClaim claim) => Of(FieldPath.Root, claim.Metadata, claim.Spec);

    /// <summary>Warnings for a claim, or for the template of one at a path.</summary>
    public static IEnumerable<string> Of(FieldPath path, ObjectMeta metadata, PersistentVolumeClaimSpec spec) =>
    [
        .. metadata.Annotations.ContainsKey(ClassAnnotation) ? new[] { $"{path.Child("metadata").Child("annotations").Key(ClassAnnotation)}: {ClassText}" } : [],
        .. Of(path.Child("spec"), spec),
    ];

    /// <summary>Warnings for the spec of a claim.</summary>
    public static IEnumerable<string> Of(FieldPath path, PersistentVolumeClaimSpec spec) =>
    [
        .. Bytes(path.Child("resources").Child("requests"), "storage", spec.Resources.Requests),
        .. Bytes(path.Child("resources").Child("limits"), "storage", spec.Resources.Limits),
    ];

    /// <summary>Bytes come whole.</summary>
    public static IEnumerable<string> Bytes(FieldPath path, string resource, ValueMap<Quantity> amounts) =>
        amounts.TryGetValue(resource, out var amount) && amount.MilliValue % 1000 != 0
            ? [$"{path.Key(resource)}: fractional byte value {GoText.Quote(amount.ToString())} is invalid, must be an integer"]
            : [];

    /// <summary>Those that are there.</summary>
    public static IEnumerable<(object? Source, string Field, string Text)> Gone(params IEnumerable<(object? Source, string Field, string Text)> sources) =>
        sources.Where(source => source.Source is not null);
}
