using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Networking.V1;
using ActorPlane.Api.NodeGroup.V1;
using ActorPlane.Api.Storage.V1;

namespace ActorPlane.Api;

/// <summary>
/// What a client is warned of when it writes an object that is valid but unwise: fields that do nothing any more, names that
/// lead to surprises. Source: WarningsOnCreate and WarningsOnUpdate of the strategies in pkg/registry, and pkg/api/*/warnings.go.
/// </summary>
public static class ObjectWarnings
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private const string SecretsAnnotation = "kubernetes.io/enforce-mountable-secrets";
    private const string HintsAnnotation = "service.kubernetes.io/topology-aware-hints";

    /// <summary>Warnings for a new object.</summary>
    public static IEnumerable<string> OnCreate(IKubeObject item) => item switch
    {
        Pod pod => [.. Label(pod, "the Pod's hostname"), .. PodWarnings.Of(FieldPath.Root, pod.Metadata, pod.Spec), .. PodWarnings.AppArmor(FieldPath.Root, pod.Metadata, pod.Spec)],
        Deployment or ReplicaSet or ReplicationController or Job or CronJob or StatefulSet => [.. Label(item, "Pod names and hostnames"), .. Templates(item)],
        Ingress ingress when ingress.Spec.IngressClassName is null && ingress.Metadata.Annotations.ContainsKey(ClassAnnotation) =>
            [$"annotation {GoText.Quote(ClassAnnotation)} is deprecated, please use 'spec.ingressClassName' instead"],
        CustomObject custom => Finalizers(custom, null),
        CustomResourceDefinition definition => DefinitionWarnings.Of(definition),
        _ => Always(item),
    };

    /// <summary>Warnings for a change of an object.</summary>
    /// <param name="item">The new state, with the generation that it got.</param>
    /// <param name="before">The old state.</param>
    public static IEnumerable<string> OnUpdate(IKubeObject item, IKubeObject before) => item switch
    {
        Deployment or DaemonSet or ReplicaSet or ReplicationController or Job or StatefulSet =>
            item.Metadata.Generation == before.Metadata.Generation ? [] : Templates(item),
        CronJob job =>
        [
            .. item.Metadata.Generation == before.Metadata.Generation ? [] : Templates(item),
            .. job.Spec.Schedule?.Contains("TZ", StringComparison.Ordinal) == true
                ? ["cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details"]
                : Array.Empty<string>(),
        ],
        CustomObject custom => [.. Finalizers(custom, before), .. CustomObjectValidation.Ratcheted(custom, (CustomObject)before).Select(error => error.ToString())],
        CustomResourceDefinition definition when definition.Spec != ((CustomResourceDefinition)before).Spec => DefinitionWarnings.Of(definition),
        _ => Always(item),
    };

    private static IEnumerable<string> Always(IKubeObject item) => item switch
    {
        DaemonSet or PodTemplate => Templates(item),
        Service service => Of(service),
        Node node => Of(node),
        PersistentVolume volume => VolumeWarnings.Of(volume),
        PersistentVolumeClaim claim => VolumeWarnings.Of(claim),
        StorageClass sc => sc.AllowedTopologies.SelectMany((topology, i) => topology.MatchLabelExpressions.SelectMany((expression, j) =>
            NodeLabels.Deprecated(expression.Key) is { } text ? new[] { $"allowedTopologies[{i}].matchLabelExpressions[{j}]: {text}" } : [])),
        RuntimeClass { Scheduling: { } scheduling } => scheduling.NodeSelector.Select(entry => NodeLabels.Deprecated(entry.Key))
            .Where(text => text is not null).Select(text => $"scheduling.nodeSelector: {text}"),
        ServiceAccount account when account.Metadata.Annotations.ContainsKey(SecretsAnnotation) =>
            [$"metadata.annotations[{SecretsAnnotation}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"],
        _ => [],
    };

    private static IEnumerable<string> Label(IKubeObject item, string use)
    {
        var wrong = NameRules.DnsLabel(item.Metadata.Name ?? "");
        return wrong.IsEmpty
            ? []
            : [$"metadata.name: this is used in {use}, which can result in surprising behavior; a DNS label is recommended: [{string.Join(' ', wrong)}]"];
    }

    private static IEnumerable<string> Templates(IKubeObject item)
    {
        var spec = FieldPath.Of("spec");
        return item switch
        {
            Deployment x => Template(spec, x.Spec.Template),
            ReplicaSet x => Template(spec, x.Spec.Template),
            ReplicationController { Spec.Template: { } template } => Template(spec, template),
            DaemonSet x => Template(spec, x.Spec.Template),
            StatefulSet x =>
            [
                .. Template(spec, x.Spec.Template),
                .. x.Spec.VolumeClaimTemplates.SelectMany((claim, i) => VolumeWarnings.Of(spec.Child("volumeClaimTemplates").Index(i), claim.Metadata, claim.Spec)),
            ],
            Job x => Template(spec, x.Spec.Template),
            CronJob x => Template(FieldPath.Of("spec", "jobTemplate", "spec"), x.Spec.JobTemplate.Spec.Template),
            PodTemplate x => Template(FieldPath.Root, x.Template),
            _ => [],
        };
    }

    private static IEnumerable<string> Template(FieldPath path, PodTemplateSpec template)
    {
        path = path.Child("template");
        return [.. PodWarnings.Of(path, template.Metadata, template.Spec), .. PodWarnings.AppArmor(path, template.Metadata, template.Spec)];
    }

    private static IEnumerable<string> Of(Service service)
    {
        var spec = service.Spec;
        if (service.Metadata.Annotations.ContainsKey(HintsAnnotation))
            yield return $"annotation {HintsAnnotation} is deprecated, please use service.kubernetes.io/topology-mode instead";
        if (spec is { Type: "ClusterIP", ClusterIP: "None" })
        {
            if (!string.IsNullOrEmpty(spec.LoadBalancerIP)) yield return "spec.loadBalancerIP is ignored for headless services";
            if (!spec.ExternalIPs.IsEmpty) yield return "spec.externalIPs is ignored for headless services";
            if (spec.SessionAffinity != "None") yield return "spec.SessionAffinity is ignored for headless services";
        }

        if (spec.Type == "ExternalName" && !spec.ExternalIPs.IsEmpty) yield return "spec.externalIPs is ignored when spec.type is \"ExternalName\"";
        if (spec.Type != "ExternalName" && !string.IsNullOrEmpty(spec.ExternalName)) yield return "spec.externalName is ignored when spec.type is not \"ExternalName\"";
    }

    private static IEnumerable<string> Of(Node node)
    {
        if (node.Spec.ConfigSource is not null) yield return "spec.configSource: the feature is removed";
        if (!string.IsNullOrEmpty(node.Spec.ExternalID)) yield return "spec.externalID: this field is deprecated, and is unused by Kubernetes";
    }

    private static IEnumerable<string> Finalizers(IKubeObject item, IKubeObject? before) => item.Metadata.Finalizers
        .Where(finalizer => !finalizer.Contains('/', StringComparison.Ordinal) && before?.Metadata.Finalizers.Contains(finalizer) != true
            && finalizer is not ("orphan" or "foregroundDeletion" or "kubernetes"))
        .Select(finalizer =>
            $"metadata.finalizers: {GoText.Quote(finalizer)}: prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers");
}
