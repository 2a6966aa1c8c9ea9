using ActorPlane.Api.Storage.V1;
using ActorPlane.Api.Storage.V1beta1;

namespace ActorPlane.Api.Tables;

/// <summary>The Tables of storage.</summary>
internal static class StorageTables
{
    public static readonly TableSchema Classes = new TableSchema<StorageClass>(
        ["Name", "Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion", "Age"],
        static (item, now) =>
        [
            Cell.Text(NameOf(item, "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class")),
            Cell.Text(item.Provisioner), Cell.Text(item.ReclaimPolicy ?? "Delete"), Cell.Text(item.VolumeBindingMode ?? "Immediate"), Cell.Flag(item.AllowVolumeExpansion),
            Cell.Age(item, now),
        ]);

    public static readonly TableSchema Drivers = new TableSchema<CSIDriver>(
        ["Name", "AttachRequired:boolean", "PodInfoOnMount:boolean", "StorageCapacity:boolean", "TokenRequests", "RequiresRepublish:boolean", "Modes", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Flag(item.Spec.AttachRequired ?? true), Cell.Flag(item.Spec.PodInfoOnMount), Cell.Flag(item.Spec.StorageCapacity),
            Cell.Text(item.Spec.TokenRequests.IsEmpty ? "<unset>" : string.Join(",", item.Spec.TokenRequests.Select(t => t.Audience))),
            Cell.Flag(item.Spec.RequiresRepublish),
            Cell.TextOrNone(string.Join(",", item.Spec.VolumeLifecycleModes)), Cell.Age(item, now),
        ]);

    public static readonly TableSchema Nodes = new TableSchema<CSINode>(
        ["Name", "Drivers:integer", "Age"], static (item, now) => [Cell.Name(item), Cell.Number(item.Spec.Drivers.Count), Cell.Age(item, now)]);

    public static readonly TableSchema Attachments = new TableSchema<VolumeAttachment>(
        ["Name", "Attacher:name", "PV", "Node", "Attached:boolean", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Spec.Attacher), Cell.Text(item.Spec.Source.PersistentVolumeName), Cell.Text(item.Spec.NodeName), Cell.Flag(item.Status.Attached),
            Cell.Age(item, now),
        ]);

    public static readonly TableSchema Capacities = new TableSchema<CSIStorageCapacity>(
        ["Name", "StorageClassName", "Capacity"],
        static (item, _) => [Cell.Name(item), Cell.Text(item.StorageClassName), Cell.Text(item.Capacity?.ToString() ?? "<unset>")]);

    public static readonly TableSchema AttributesClasses = new TableSchema<VolumeAttributesClass>(
        ["Name", "DriverName", "Age"],
        static (item, now) => [Cell.Text(NameOf(item, "volumeattributesclass.beta.kubernetes.io/is-default-class")), Cell.Text(item.DriverName), Cell.Age(item, now)]);

    private static string? NameOf(IKubeObject item, params ReadOnlySpan<string> defaults)
    {
        foreach (var annotation in defaults)
        {
            if (item.Metadata.Annotations.GetValueOrDefault(annotation) == "true") return item.Metadata.Name + " (default)";
        }

        return item.Metadata.Name;
    }
}
