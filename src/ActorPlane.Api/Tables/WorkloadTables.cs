using System.Globalization;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Autoscaling.V2;
using ActorPlane.Api.Batch.V1;

namespace ActorPlane.Api.Tables;

/// <summary>The Tables of apps, batch and autoscaling.</summary>
internal static class WorkloadTables
{
    public static readonly TableSchema Deployments = new TableSchema<Deployment>(
        ["Name", "Ready", "Up-to-date", "Available", "Age", "Containers*", "Images*", "Selector*"],
        static (item, now) =>
        [
            Cell.Name(item), Of(item.Status.ReadyReplicas, item.Spec.Replicas), Cell.Number(item.Status.UpdatedReplicas), Cell.Number(item.Status.AvailableReplicas),
            Cell.Age(item, now), Cell.Containers(item.Spec.Template.Spec), Cell.Images(item.Spec.Template.Spec), Cell.Selector(item.Spec.Selector),
        ]);

    public static readonly TableSchema ReplicaSets = new TableSchema<ReplicaSet>(
        ["Name", "Desired:integer", "Current:integer", "Ready:integer", "Age", "Containers*", "Images*", "Selector*"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Number(item.Spec.Replicas), Cell.Number(item.Status.Replicas), Cell.Number(item.Status.ReadyReplicas), Cell.Age(item, now),
            Cell.Containers(item.Spec.Template.Spec), Cell.Images(item.Spec.Template.Spec), Cell.Selector(item.Spec.Selector),
        ]);

    public static readonly TableSchema StatefulSets = new TableSchema<StatefulSet>(
        ["Name", "Ready", "Age", "Containers*", "Images*"],
        static (item, now) =>
        [
            Cell.Name(item), Of(item.Status.ReadyReplicas, item.Spec.Replicas), Cell.Age(item, now), Cell.Containers(item.Spec.Template.Spec),
            Cell.Images(item.Spec.Template.Spec),
        ]);

    public static readonly TableSchema DaemonSets = new TableSchema<DaemonSet>(
        [
            "Name", "Desired:integer", "Current:integer", "Ready:integer", "Up-to-date:integer", "Available:integer", "Node Selector", "Age", "Containers*", "Images*",
            "Selector*",
        ],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Number(item.Status.DesiredNumberScheduled), Cell.Number(item.Status.CurrentNumberScheduled), Cell.Number(item.Status.NumberReady),
            Cell.Number(item.Status.UpdatedNumberScheduled), Cell.Number(item.Status.NumberAvailable), Cell.Labels(item.Spec.Template.Spec.NodeSelector),
            Cell.Age(item, now), Cell.Containers(item.Spec.Template.Spec), Cell.Images(item.Spec.Template.Spec), Cell.Selector(item.Spec.Selector),
        ]);

    public static readonly TableSchema ControllerRevisions = new TableSchema<ControllerRevision>(
        ["Name", "Controller", "Revision", "Age"],
        static (item, now) => [Cell.Name(item), Cell.TextOrNone(ControllerOf(item)), Cell.Number(item.Revision), Cell.Age(item, now)]);

    public static readonly TableSchema Jobs = new TableSchema<Job>(
        ["Name", "Status", "Completions", "Duration", "Age", "Containers*", "Images*", "Selector*"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(StatusOf(item)), Cell.Text(CompletionsOf(item)), Cell.Text(DurationOf(item, now)), Cell.Age(item, now),
            Cell.Containers(item.Spec.Template.Spec), Cell.Images(item.Spec.Template.Spec), Cell.Selector(item.Spec.Selector),
        ]);

    public static readonly TableSchema CronJobs = new TableSchema<CronJob>(
        ["Name", "Schedule", "Timezone", "Suspend:boolean", "Active:integer", "Last Schedule", "Age", "Containers*", "Images*", "Selector*"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Spec.Schedule), Cell.TextOrNone(item.Spec.TimeZone), Cell.Text(item.Spec.Suspend switch { null => "<unset>", true => "True", false => "False" }), Cell.Number(item.Status.Active.Count),
            Cell.Text(item.Status.LastScheduleTime is { } last ? HumanDuration.Since(last, now) : "<none>"), Cell.Age(item, now),
            Cell.Containers(item.Spec.JobTemplate.Spec.Template.Spec), Cell.Images(item.Spec.JobTemplate.Spec.Template.Spec),
            Cell.Selector(item.Spec.JobTemplate.Spec.Selector),
        ]);

    public static readonly TableSchema Autoscalers = new TableSchema<HorizontalPodAutoscaler>(
        ["Name", "Reference", "Targets", "MinPods", "MaxPods", "Replicas", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text($"{item.Spec.ScaleTargetRef.Kind}/{item.Spec.ScaleTargetRef.Name}"), Cell.Text(TargetsOf(item)),
            Cell.Text(item.Spec.MinReplicas?.ToString(CultureInfo.InvariantCulture) ?? "<unset>"), Cell.Number(item.Spec.MaxReplicas),
            Cell.Number(item.Status.CurrentReplicas), Cell.Age(item, now),
        ]);

    public static readonly TableSchema AutoscalersV1 = new TableSchema<Autoscaling.V1.HorizontalPodAutoscaler>(
        ["Name", "Reference", "Targets", "MinPods", "MaxPods", "Replicas", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text($"{item.Spec.ScaleTargetRef.Kind}/{item.Spec.ScaleTargetRef.Name}"),
            Cell.Text(item.Spec.TargetCPUUtilizationPercentage is { } target ? $"cpu: {Percent(item.Status.CurrentCPUUtilizationPercentage)}/{Percent(target)}" : "<none>"),
            Cell.Text(item.Spec.MinReplicas?.ToString(CultureInfo.InvariantCulture) ?? "<unset>"), Cell.Number(item.Spec.MaxReplicas),
            Cell.Number(item.Status.CurrentReplicas), Cell.Age(item, now),
        ]);

    private static JsonValue Of(int? actual, int? wanted) => Cell.Text(string.Create(CultureInfo.InvariantCulture, $"{actual ?? 0}/{wanted ?? 0}"));

    private static string? ControllerOf(IKubeObject item)
    {
        if (item.Metadata.OwnerReferences.Find(o => o.Controller == true) is not { } owner) return null;
        var kind = GroupVersionKind.From(owner.ApiVersion ?? "", owner.Kind ?? "");
        return kind.Group.Length == 0 ? $"{kind.Kind.ToLowerInvariant()}/{owner.Name}" : $"{kind.Kind.ToLowerInvariant()}.{kind.Group}/{owner.Name}";
    }

    private static string StatusOf(Job job)
    {
        if (Is(job, "Complete")) return "Complete";
        if (Is(job, "Failed")) return "Failed";
        if (job.Metadata.DeletionTimestamp is not null) return "Terminating";
        if (Is(job, "Suspended")) return "Suspended";
        return Is(job, "FailureTarget") ? "FailureTarget" : "Running";
    }

    private static bool Is(Job job, string condition) => job.Status.Conditions.Any(c => c.Type == condition && c.Status == "True");

    private static string CompletionsOf(Job job)
    {
        var done = job.Status.Succeeded ?? 0;
        if (job.Spec.Completions is { } wanted) return string.Create(CultureInfo.InvariantCulture, $"{done}/{wanted}");
        var parallel = job.Spec.Parallelism ?? 0;
        return parallel > 1 ? string.Create(CultureInfo.InvariantCulture, $"{done}/1 of {parallel}") : string.Create(CultureInfo.InvariantCulture, $"{done}/1");
    }

    private static string DurationOf(Job job, DateTimeOffset now)
    {
        if (job.Status.StartTime is not { } start) return "";
        return HumanDuration.Of((job.Status.CompletionTime?.Time ?? now) - start.Time);
    }

    private static string TargetsOf(HorizontalPodAutoscaler item)
    {
        if (item.Spec.Metrics.IsEmpty) return "<none>";
        var shown = item.Spec.Metrics.Select((metric, i) => TargetOf(metric, i < item.Status.CurrentMetrics.Count ? item.Status.CurrentMetrics[i] : null)).ToList();
        return shown.Count <= 2 ? string.Join(", ", shown) : $"{string.Join(", ", shown.Take(2))} + {shown.Count - 2} more...";
    }

    private static string TargetOf(MetricSpec metric, MetricStatus? status)
    {
        var (name, target, current) = metric switch
        {
            { Resource: { } resource } => (resource.Name + ": ", resource.Target, status?.Resource?.Current),
            { ContainerResource: { } container } => (container.Name + ": ", container.Target, status?.ContainerResource?.Current),
            { Pods: { } pods } => ("", pods.Target, status?.Pods?.Current),
            { Object: { } other } => ("", other.Target, status?.Object?.Current),
            { External: { } external } => ("", external.Target, status?.External?.Current),
            _ => ("", MetricTarget.Empty, null),
        };
        if (target.AverageUtilization is { } percentage) return $"{name}{Percent(current?.AverageUtilization)}/{Percent(percentage)}";
        return target.AverageValue is { } average
            ? $"{name}{current?.AverageValue?.ToString() ?? "<unknown>"}/{average}{(metric.Object is not null || metric.External is not null ? " (avg)" : "")}"
            : metric.Resource is not null || metric.ContainerResource is not null ? $"{name}<unknown>/<auto>" : $"{name}{current?.Value?.ToString() ?? "<unknown>"}/{target.Value}";
    }

    private static string Percent(int? value) => value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}%") : "<unknown>";
}
