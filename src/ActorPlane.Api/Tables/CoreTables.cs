using System.Globalization;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api.Tables;

/// <summary>The Tables of the core group but pods and services.</summary>
internal static class CoreTables
{
    private const string OldClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private const string RolePrefix = "node-role.kubernetes.io/";

    public static readonly TableSchema Nodes = new TableSchema<Node>(
        ["Name", "Status", "Roles", "Age", "Version", "Internal-IP*", "External-IP*", "OS-Image*", "Kernel-Version*", "Container-Runtime*"],
        static (node, now) =>
        [
            Cell.Name(node), Cell.Text(StatusOf(node)), Cell.TextOrNone(RolesOf(node)), Cell.Age(node, now), Cell.Text(node.Status.NodeInfo.KubeletVersion),
            Cell.TextOrNone(AddressOf(node, "InternalIP")), Cell.TextOrNone(AddressOf(node, "ExternalIP")), Unknown(node.Status.NodeInfo.OsImage),
            Unknown(node.Status.NodeInfo.KernelVersion), Unknown(node.Status.NodeInfo.ContainerRuntimeVersion),
        ]);

    public static readonly TableSchema Namespaces = new TableSchema<Namespace>(
        ["Name", "Status", "Age"], static (item, now) => [Cell.Name(item), Cell.Text(item.Status.Phase), Cell.Age(item, now)]);

    public static readonly TableSchema ConfigMaps = new TableSchema<ConfigMap>(
        ["Name", "Data", "Age"], static (item, now) => [Cell.Name(item), Cell.Number(item.Data.Count + item.BinaryData.Count), Cell.Age(item, now)]);

    public static readonly TableSchema Secrets = new TableSchema<Secret>(
        ["Name", "Type", "Data", "Age"], static (item, now) => [Cell.Name(item), Cell.Text(item.Type), Cell.Number(item.Data.Count), Cell.Age(item, now)]);

    public static readonly TableSchema ServiceAccounts = new TableSchema<ServiceAccount>(
        ["Name", "Secrets", "Age"], static (item, now) => [Cell.Name(item), Cell.Number(item.Secrets.Count), Cell.Age(item, now)]);

    public static readonly TableSchema Endpoints = new TableSchema<Endpoints>(
        ["Name", "Endpoints", "Age"], static (item, now) => [Cell.Name(item), Cell.TextOrNone(AddressesOf(item)), Cell.Age(item, now)]);

    public static readonly TableSchema Events = new TableSchema<Event>(
        ["Last Seen", "Type", "Reason", "Object", "Subobject*", "Source*", "Message", "First Seen*", "Count*", "Name*"], EventCells);

    public static readonly TableSchema NewEvents = new TableSchema<Events.V1.Event>(
        ["Last Seen", "Type", "Reason", "Object", "Subobject*", "Source*", "Message", "First Seen*", "Count*", "Name*"], EventCells);

    public static readonly TableSchema LimitRanges = new TableSchema<LimitRange>(
        ["Name", "Created At"], static (item, _) => [Cell.Name(item), Cell.Text(item.Metadata.CreationTimestamp?.ToString())]);

    public static readonly TableSchema ReplicationControllers = new TableSchema<ReplicationController>(
        ["Name", "Desired:integer", "Current:integer", "Ready:integer", "Age", "Containers*", "Images*", "Selector*"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Number(item.Spec.Replicas), Cell.Number(item.Status.Replicas), Cell.Number(item.Status.ReadyReplicas), Cell.Age(item, now),
            Cell.Containers(item.Spec.Template?.Spec ?? PodSpec.Empty), Cell.Images(item.Spec.Template?.Spec ?? PodSpec.Empty), Cell.Labels(item.Spec.Selector),
        ]);

    public static readonly TableSchema PodTemplates = new TableSchema<PodTemplate>(
        ["Name", "Containers", "Images", "Pod Labels"],
        static (item, _) => [Cell.Name(item), Cell.Containers(item.Template.Spec), Cell.Images(item.Template.Spec), Cell.Labels(item.Template.Metadata.Labels)]);

    public static readonly TableSchema ResourceQuotas = new TableSchema<ResourceQuota>(
        ["Name", "Request", "Limit", "Age"], static (item, now) => [Cell.Name(item), Cell.Text(UsageOf(item, false)), Cell.Text(UsageOf(item, true)), Cell.Age(item, now)]);

    public static readonly TableSchema PersistentVolumes = new TableSchema<PersistentVolume>(
        [
            "Name", "Capacity", "Access Modes", "Reclaim Policy", "Status", "Claim", "StorageClass", "VolumeAttributesClass", "Reason", "Age", "VolumeMode*",
        ],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(CapacityOf(item.Spec.Capacity)), Cell.Text(ModesOf(item.Spec.AccessModes)), Cell.Text(item.Spec.PersistentVolumeReclaimPolicy),
            Cell.Text(item.Metadata.DeletionTimestamp is null ? item.Status.Phase : "Terminating"),
            Cell.Text(item.Spec.ClaimRef is { } claim ? $"{claim.Namespace}/{claim.Name}" : ""), Cell.Text(ClassOf(item, item.Spec.StorageClassName)),
            Cell.Text(item.Spec.VolumeAttributesClassName ?? "<unset>"), Cell.Text(item.Status.Reason), Cell.Age(item, now), Cell.Text(item.Spec.VolumeMode ?? "<unset>"),
        ]);

    public static readonly TableSchema PersistentVolumeClaims = new TableSchema<PersistentVolumeClaim>(
        ["Name", "Status", "Volume", "Capacity", "Access Modes", "StorageClass", "VolumeAttributesClass", "Age", "VolumeMode*"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Metadata.DeletionTimestamp is null ? item.Status.Phase : "Terminating"), Cell.Text(item.Spec.VolumeName),
            Cell.Text(string.IsNullOrEmpty(item.Spec.VolumeName) ? "" : CapacityOf(item.Status.Capacity)),
            Cell.Text(string.IsNullOrEmpty(item.Spec.VolumeName) ? "" : ModesOf(item.Status.AccessModes)), Cell.Text(ClassOf(item, item.Spec.StorageClassName)),
            Cell.Text(item.Spec.VolumeAttributesClassName ?? "<unset>"), Cell.Age(item, now), Cell.Text(item.Spec.VolumeMode ?? "<unset>"),
        ]);

    public static readonly TableSchema ComponentStatuses = new TableSchema<ComponentStatus>(
        ["Name", "Status", "Message", "Error"],
        static (item, _) =>
        {
            var healthy = item.Conditions.Find(c => c.Type == "Healthy");
            var status = healthy is null ? "Unknown" : healthy.Status == "True" ? "Healthy" : "Unhealthy";
            return [Cell.Name(item), Cell.Text(status), Cell.Text(healthy?.Message), Cell.Text(healthy?.Error)];
        });

    private static JsonValue Unknown(string? text) => Cell.Text(string.IsNullOrEmpty(text) ? "<unknown>" : text);

    private static string StatusOf(Node node)
    {
        var ready = node.Status.Conditions.Find(c => c.Type == "Ready");
        var status = ready is null ? "Unknown" : ready.Status == "True" ? "Ready" : "NotReady";
        return node.Spec.Unschedulable == true ? status + ",SchedulingDisabled" : status;
    }

    private static string RolesOf(Node node)
    {
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Metadata.Labels)
        {
            if (key.StartsWith(RolePrefix, StringComparison.Ordinal) && key.Length > RolePrefix.Length) roles.Add(key[RolePrefix.Length..]);
            else if (key == "kubernetes.io/role" && value.Length > 0) roles.Add(value);
        }

        return string.Join(",", roles);
    }

    private static string? AddressOf(Node node, string type) => node.Status.Addresses.Find(a => a.Type == type)?.Address;

    private static string AddressesOf(Endpoints item)
    {
        var found = new List<string?>();
        foreach (var subset in item.Subsets)
        {
            if (subset.Ports.IsEmpty) found.AddRange(subset.Addresses.Select(a => a.Ip));
            foreach (var port in subset.Ports)
                found.AddRange(subset.Addresses.Select(a => string.Create(CultureInfo.InvariantCulture, $"{(a.Ip?.Contains(':', StringComparison.Ordinal) == true ? $"[{a.Ip}]" : a.Ip)}:{port.Port}")));
        }

        return Cell.First(found, 3);
    }

    private static JsonValue[] EventCells(Event item, DateTimeOffset now)
    {
        var first = item.FirstTimestamp is { } at ? HumanDuration.Since(at, now) : Micro(item.EventTime, now);
        var last = item.Series is { } series ? Micro(series.LastObservedTime, now) : item.LastTimestamp is { } seen ? HumanDuration.Since(seen, now) : first;
        var count = item.Series?.Count ?? (item.Count is > 0 ? item.Count : 1);
        var source = string.IsNullOrEmpty(item.Source.Component) ? item.ReportingComponent : item.Source.Component;
        var host = string.IsNullOrEmpty(item.Source.Host) ? item.ReportingInstance : item.Source.Host;
        var target = item.InvolvedObject;
        var kind = target.Kind?.ToLowerInvariant() ?? "";
        return
        [
            Cell.Text(last), Cell.Text(item.Type), Cell.Text(item.Reason), Cell.Text(string.IsNullOrEmpty(target.Name) ? kind : $"{kind}/{target.Name}"), Cell.Text(target.FieldPath),
            Cell.Text(string.IsNullOrEmpty(host) ? source : $"{source}, {host}"), Cell.Text(item.Message?.Trim()), Cell.Text(first), Cell.Number(count), Cell.Name(item),
        ];
    }

    /// <summary>Events of events.k8s.io are shown as those of the core group.</summary>
    private static JsonValue[] EventCells(Events.V1.Event item, DateTimeOffset now) => EventCells(
        new Event
        {
            Metadata = item.Metadata, InvolvedObject = item.Regarding, Reason = item.Reason, Message = item.Note, Type = item.Type, EventTime = item.EventTime,
            FirstTimestamp = item.DeprecatedFirstTimestamp, LastTimestamp = item.DeprecatedLastTimestamp, Count = item.DeprecatedCount, Source = item.DeprecatedSource,
            Series = item.Series is { } series ? new EventSeries { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
            ReportingComponent = item.ReportingController, ReportingInstance = item.ReportingInstance,
        },
        now);

    private static string Micro(MicroTimestamp? time, DateTimeOffset now) => time is { } at ? HumanDuration.Of(now - at.Time) : "<unknown>";

    private static string UsageOf(ResourceQuota item, bool limits)
    {
        var parts = new List<string>();
        foreach (var (name, hard) in item.Status.Hard.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith("limits.", StringComparison.Ordinal) != limits) continue;
            parts.Add($"{name}: {(item.Status.Used.TryGetValue(name, out var used) ? used : Quantity.Zero)}/{hard}");
        }

        return string.Join(", ", parts);
    }

    private static string CapacityOf(ValueMap<Quantity> capacity) => capacity.TryGetValue("storage", out var storage) ? storage.ToString() : "0";

    private static string? ClassOf(IKubeObject item, string? named) => item.Metadata.Annotations.GetValueOrDefault(OldClassAnnotation) ?? named;

    private static string ModesOf(ValueList<string> modes) => string.Join(",", new[] { "ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod" }
        .Where(modes.Contains).Select(mode => mode switch { "ReadWriteOnce" => "RWO", "ReadOnlyMany" => "ROX", "ReadWriteMany" => "RWX", _ => "RWOP" }));
}
