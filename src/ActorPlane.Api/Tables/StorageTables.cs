using ActorPlane.Api.Storage.V1;

namespace ActorPlane.Api.Tables;

/// <summary>The Tables of storage.</summary>
internal static class StorageTables
{
    private const string Default = "storageclass.kubernetes.io/is-default-class";

    public static readonly TableSchema Classes = new TableSchema<StorageClass>(
        ["Name", "Provisioner", "ReclaimPolicy", "VolumeBindingMode", "AllowVolumeExpansion:boolean", "Age"],
        static (item, now) =>
        [
            Cell.Text(item.Metadata.Annotations.GetValueOrDefault(Default) == "true" ? item.Metadata.Name + " (default)" : item.Metadata.Name),
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
        ["Name", "Attacher", "PV", "Node", "Attached:boolean", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Spec.Attacher), Cell.Text(item.Spec.Source.PersistentVolumeName), Cell.Text(item.Spec.NodeName), Cell.Flag(item.Status.Attached),
            Cell.Age(item, now),
        ]);

    public static readonly TableSchema Capacities = new TableSchema<CSIStorageCapacity>(
        ["Name", "StorageClassName", "Capacity"],
        static (item, _) => [Cell.Name(item), Cell.Text(item.StorageClassName), Cell.Text(item.Capacity?.ToString() ?? "<unset>")]);
}
