using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Certificates.V1;
using ActorPlane.Api.Core.V1;
using CoreNode = ActorPlane.Api.Core.V1.Node;

namespace ActorPlane.Api;

/// <summary>
/// The fields by which each built-in kind can be selected, and their values as texts.
/// Source: pkg/apis/core/v1/conversion.go, pkg/apis/batch/v1/conversion.go, apimachinery/pkg/runtime/conversion.go (kinds without fields of their own) and pkg/registry/*/*/strategy.go (SelectableFields).
/// </summary>
public static class SelectableFields
{
    private static readonly Dictionary<string, string[]> ByKind = new(StringComparer.Ordinal)
    {
        ["Pod"] =
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase",
            "status.podIP", "status.podIPs", "status.nominatedNodeName",
        ],
        ["Node"] = ["spec.unschedulable"],
        ["Namespace"] = ["status.phase"],
        ["Secret"] = ["type"],
        ["ReplicationController"] = ["status.replicas"],
        ["ReplicaSet"] = ["status.replicas"],
        ["Job"] = ["status.successful"],
        ["CertificateSigningRequest"] = ["spec.signerName"],
        ["Service"] = ["spec.clusterIP", "spec.type"],
        ["Event"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
            "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion",
            "regarding.resourceVersion", "regarding.fieldPath", "reportingController",
        ],
    };

    /// <summary>What a kind says of the first field of a query that it cannot be selected by; null when it can by all.</summary>
    public static string? Unsupported(string kind, FieldQuery query)
    {
        var hasFields = ByKind.TryGetValue(kind, out var fields);
        foreach (var (field, _, _) in query.Requirements)
        {
            if (field == "metadata.name" || (field == "metadata.namespace" && kind is not ("Namespace" or "Node"))) continue;
            if (hasFields && fields!.Contains(field, StringComparer.Ordinal)) continue;
            return !hasFields ? $"{GoText.Quote(field)} is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                : kind == "Job" ? $"field label {GoText.Quote(field)} not supported for batchv1.Job" : $"field label not supported: {field}";
        }

        return null;
    }

    /// <summary>What a resource says of the first field of a query that it cannot be selected by; null when it can by all.</summary>
    public static string? Unsupported(ResourceInfo info, FieldQuery query)
    {
        if (info.Custom is not { } custom) return Unsupported(info.Gvk.Kind, query);
        foreach (var requirement in query.Requirements)
        {
            if (requirement.Field == "metadata.name" || (requirement.Field == "metadata.namespace" && info.Namespaced)) continue;
            if (custom.Version.SelectableFields.Find(field => field.JsonPath == "." + requirement.Field) is null) return $"field label not supported: {requirement.Field}";
        }

        return null;
    }

    /// <summary>Whether an object fits a query.</summary>
    public static bool Matches(IKubeObject value, FieldQuery query) => query.IsEmpty || query.Matches(field => Value(value, field));

    /// <summary>The value of a selectable field; null when the object does not have it.</summary>
    public static string? Value(IKubeObject value, string field)
    {
        switch (field)
        {
            case "metadata.name": return value.Metadata.Name;
            case "metadata.namespace": return value.Metadata.Namespace;
        }

        return value switch
        {
            Pod pod => Of(pod, field),
            CustomObject item => Of(item, field),
            Event e => Of(e, field),
            Events.V1.Event e => Of(e, field),
            CoreNode node when field == "spec.unschedulable" => node.Spec.Unschedulable == true ? "true" : "false",
            Core.V1.Namespace ns when field == "status.phase" => ns.Status.Phase,
            Secret secret when field == "type" => secret.Type,
            ReplicationController rc when field == "status.replicas" => Text(rc.Status.Replicas),
            Apps.V1.ReplicaSet rs when field == "status.replicas" => Text(rs.Status.Replicas),
            Job job when field == "status.successful" => Text(job.Status.Succeeded),
            CertificateSigningRequest csr when field == "spec.signerName" => csr.Spec.SignerName,
            Service service when field == "spec.clusterIP" => service.Spec.ClusterIP,
            Service service when field == "spec.type" => service.Spec.Type,
            _ => null,
        };
    }

    // Paths of definitions are plain: names with dots between them.
    private static string? Of(CustomObject item, string field)
    {
        var value = item.Content;
        foreach (var name in field.Split('.'))
        {
            if (value[name] is not { } below) return null;
            value = below;
        }

        return value.AsString ?? (value.Kind is JsonKind.Number or JsonKind.Bool ? value.ToString() : null);
    }

    private static string Text(int? number) => (number ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Of(Pod pod, string field) => field switch
    {
        "spec.nodeName" => pod.Spec.NodeName,
        "spec.restartPolicy" => pod.Spec.RestartPolicy,
        "spec.schedulerName" => pod.Spec.SchedulerName,
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName,
        "spec.hostNetwork" => pod.Spec.HostNetwork == true ? "true" : "false",
        "status.phase" => pod.Status.Phase,
        "status.podIP" or "status.podIPs" => pod.Status.PodIP,
        "status.nominatedNodeName" => pod.Status.NominatedNodeName,
        _ => null,
    };

    private static string? Of(Event e, string field) => field switch
    {
        "reason" => e.Reason,
        "type" => e.Type,
        "source" => string.IsNullOrEmpty(e.Source.Component) ? e.ReportingComponent : e.Source.Component,
        "reportingComponent" or "reportingController" => e.ReportingComponent,
        _ => Of(e.InvolvedObject, field),
    };

    private static string? Of(Events.V1.Event e, string field) => field switch
    {
        "reason" => e.Reason,
        "type" => e.Type,
        "source" => string.IsNullOrEmpty(e.DeprecatedSource.Component) ? e.ReportingController : e.DeprecatedSource.Component,
        "reportingComponent" or "reportingController" => e.ReportingController,
        _ => Of(e.Regarding, field),
    };

    private static string? Of(ObjectReference reference, string field) => field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
    {
        "kind" => reference.Kind,
        "namespace" => reference.Namespace,
        "name" => reference.Name,
        "uid" => reference.Uid,
        "apiVersion" => reference.ApiVersion,
        "resourceVersion" => reference.ResourceVersion,
        "fieldPath" => reference.FieldPath,
        _ => null,
    };
}
