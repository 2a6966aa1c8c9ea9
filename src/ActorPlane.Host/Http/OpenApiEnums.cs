using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// The fields that take only some texts, as clients are told of them. Source: the types marked <c>+enum</c> in k8s.io/api/*/types.go.
/// A server may refuse other texts in further fields.
/// </summary>
internal static class OpenApiEnums
{
    private const string Prefix = "io.k8s.api.";

    // The texts in order, and the fields: group, version and type as documents name them, then the field.
    private static readonly (string Values, string Fields)[] Table =
    [
        ("Always,IfNotPresent,Never", "core.v1.Container.imagePullPolicy core.v1.EphemeralContainer.imagePullPolicy core.v1.ImageVolumeSource.pullPolicy"),
        ("Always,Never,OnFailure", "core.v1.PodSpec.restartPolicy"),
        ("ClusterFirst,ClusterFirstWithHostNet,Default,None", "core.v1.PodSpec.dnsPolicy"),
        ("Never,PreemptLowerPriority", "core.v1.PodSpec.preemptionPolicy scheduling.v1.PriorityClass.preemptionPolicy"),
        ("Failed,Pending,Running,Succeeded,Unknown", "core.v1.PodStatus.phase"),
        ("BestEffort,Burstable,Guaranteed", "core.v1.PodStatus.qosClass"),
        ("FallbackToLogsOnError,File", "core.v1.Container.terminationMessagePolicy core.v1.EphemeralContainer.terminationMessagePolicy"),
        ("SCTP,TCP,UDP", "core.v1.ContainerPort.protocol core.v1.ServicePort.protocol core.v1.EndpointPort.protocol core.v1.PortStatus.protocol discovery.v1.EndpointPort.protocol networking.v1.NetworkPolicyPort.protocol networking.v1.IngressPortStatus.protocol"),
        ("HTTP,HTTPS", "core.v1.HTTPGetAction.scheme"),
        ("Bidirectional,HostToContainer,None", "core.v1.VolumeMount.mountPropagation"),
        (",BlockDevice,CharDevice,Directory,DirectoryOrCreate,File,FileOrCreate,Socket", "core.v1.HostPathVolumeSource.type"),
        ("None,ReadOnly,ReadWrite", "core.v1.AzureDiskVolumeSource.cachingMode"),
        ("Dedicated,Managed,Shared", "core.v1.AzureDiskVolumeSource.kind"),
        ("DoesNotExist,Exists,Gt,In,Lt,NotIn", "core.v1.NodeSelectorRequirement.operator"),
        ("NoExecute,NoSchedule,PreferNoSchedule", "core.v1.Taint.effect core.v1.Toleration.effect"),
        ("Equal,Exists", "core.v1.Toleration.operator"),
        ("Honor,Ignore", "core.v1.TopologySpreadConstraint.nodeAffinityPolicy core.v1.TopologySpreadConstraint.nodeTaintsPolicy"),
        ("DoNotSchedule,ScheduleAnyway", "core.v1.TopologySpreadConstraint.whenUnsatisfiable"),
        ("Always,OnRootMismatch", "core.v1.PodSecurityContext.fsGroupChangePolicy"),
        ("Merge,Strict", "core.v1.PodSecurityContext.supplementalGroupsPolicy"),
        ("Localhost,RuntimeDefault,Unconfined", "core.v1.SeccompProfile.type core.v1.AppArmorProfile.type"),
        ("Default,Unmasked", "core.v1.SecurityContext.procMount"),
        ("Delete,Recycle,Retain", "core.v1.PersistentVolumeSpec.persistentVolumeReclaimPolicy storage.v1.StorageClass.reclaimPolicy"),
        ("Block,Filesystem", "core.v1.PersistentVolumeSpec.volumeMode core.v1.PersistentVolumeClaimSpec.volumeMode"),
        ("ReadOnlyMany,ReadWriteMany,ReadWriteOnce,ReadWriteOncePod", "core.v1.PersistentVolumeSpec.accessModes core.v1.PersistentVolumeClaimSpec.accessModes core.v1.PersistentVolumeClaimStatus.accessModes"),
        ("Available,Bound,Failed,Pending,Released", "core.v1.PersistentVolumeStatus.phase"),
        ("Bound,Lost,Pending", "core.v1.PersistentVolumeClaimStatus.phase"),
        ("ClientIP,None", "core.v1.ServiceSpec.sessionAffinity"),
        ("ClusterIP,ExternalName,LoadBalancer,NodePort", "core.v1.ServiceSpec.type"),
        ("Cluster,Local", "core.v1.ServiceSpec.internalTrafficPolicy core.v1.ServiceSpec.externalTrafficPolicy"),
        ("PreferDualStack,RequireDualStack,SingleStack", "core.v1.ServiceSpec.ipFamilyPolicy"),
        ("Pending,Running,Terminated", "core.v1.NodeStatus.phase"),
        ("Active,Terminating", "core.v1.NamespaceStatus.phase"),
        ("BestEffort,CrossNamespacePodAffinity,NotBestEffort,NotTerminating,PriorityClass,Terminating", "core.v1.ResourceQuotaSpec.scopes core.v1.ScopedResourceSelectorRequirement.scopeName"),
        ("DoesNotExist,Exists,In,NotIn", "core.v1.ScopedResourceSelectorRequirement.operator"),
        ("Recreate,RollingUpdate", "apps.v1.DeploymentStrategy.type"),
        ("OnDelete,RollingUpdate", "apps.v1.DaemonSetUpdateStrategy.type apps.v1.StatefulSetUpdateStrategy.type"),
        ("OrderedReady,Parallel", "apps.v1.StatefulSetSpec.podManagementPolicy"),
        ("Allow,Forbid,Replace", "batch.v1.CronJobSpec.concurrencyPolicy"),
        ("Indexed,NonIndexed", "batch.v1.JobSpec.completionMode"),
        ("Failed,TerminatingOrFailed", "batch.v1.JobSpec.podReplacementPolicy"),
        ("Count,FailIndex,FailJob,Ignore", "batch.v1.PodFailurePolicyRule.action"),
        ("In,NotIn", "batch.v1.PodFailurePolicyOnExitCodesRequirement.operator"),
        ("Exact,ImplementationSpecific,Prefix", "networking.v1.HTTPIngressPath.pathType"),
        ("Egress,Ingress", "networking.v1.NetworkPolicySpec.policyTypes"),
        ("AlwaysAllow,IfHealthyBudget", "policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy"),
        ("Immediate,WaitForFirstConsumer", "storage.v1.StorageClass.volumeBindingMode"),
        ("FQDN,IPv4,IPv6", "discovery.v1.EndpointSlice.addressType"),
        ("Fail,Ignore", "admissionregistration.v1.ValidatingWebhook.failurePolicy admissionregistration.v1.MutatingWebhook.failurePolicy admissionregistration.v1.ValidatingAdmissionPolicySpec.failurePolicy"),
        ("Equivalent,Exact", "admissionregistration.v1.ValidatingWebhook.matchPolicy admissionregistration.v1.MutatingWebhook.matchPolicy admissionregistration.v1.MatchResources.matchPolicy"),
        ("None,NoneOnDryRun,Some,Unknown", "admissionregistration.v1.ValidatingWebhook.sideEffects admissionregistration.v1.MutatingWebhook.sideEffects"),
        ("IfNeeded,Never", "admissionregistration.v1.MutatingWebhook.reinvocationPolicy"),
        ("*,CONNECT,CREATE,DELETE,UPDATE", "admissionregistration.v1.RuleWithOperations.operations admissionregistration.v1.NamedRuleWithOperations.operations"),
        ("*,Cluster,Namespaced", "admissionregistration.v1.RuleWithOperations.scope admissionregistration.v1.NamedRuleWithOperations.scope"),
        ("Audit,Deny,Warn", "admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec.validationActions"),
    ];

    private static readonly Dictionary<string, JsonValue> ByField = Table
        .SelectMany(row => row.Fields.Split(' ').Select(field => (Field: field, Values: JsonValue.Array(row.Values.Split(',').Select(JsonValue.Of)))))
        .ToDictionary(entry => entry.Field, entry => entry.Values, StringComparer.Ordinal);

    /// <summary>All fields of the table, as <c>io.k8s.api.core.v1.PodSpec</c> and <c>restartPolicy</c>.</summary>
    public static IEnumerable<(string Type, string Field)> Fields =>
        ByField.Keys.Select(key => (Prefix + key[..key.LastIndexOf('.')], key[(key.LastIndexOf('.') + 1)..]));

    /// <summary>The texts that a field of a type takes; null when it takes any.</summary>
    public static JsonValue? Of(string type, string field) =>
        type.StartsWith(Prefix, StringComparison.Ordinal) ? ByField.GetValueOrDefault($"{type[Prefix.Length..]}.{field}") : null;
}
