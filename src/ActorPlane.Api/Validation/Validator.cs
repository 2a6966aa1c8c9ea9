using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// Whether an object, with its defaults filled in, keeps the rules of its kind. Source: pkg/apis/*/validation/validation.go.
/// Kinds without a file of their own are checked for their metadata only.
/// </summary>
public static class Validator
{
    /// <summary>What is wrong with a new object; nothing when it is fine.</summary>
    public static IReadOnlyList<FieldError> Validate(IKubeObject value)
    {
        var errors = new List<FieldError>(Metadata(value));
        switch (value)
        {
            case Pod o: PodValidation.Validate(errors, o); break;
            case PodTemplate o: PodValidation.Template(errors, FieldPath.Of("template"), o.Template); break;
            case Deployment o: DeploymentValidation.Validate(errors, o); break;
            case ReplicaSet o: ReplicaSetValidation.Validate(errors, o); break;
            case ReplicationController o: ReplicaSetValidation.Validate(errors, o); break;
            case DaemonSet o: DaemonSetValidation.Validate(errors, o); break;
            case StatefulSet o: StatefulSetValidation.Validate(errors, o); break;
            case ControllerRevision o: RevisionValidation.Validate(errors, o); break;
            case LimitRange o: LimitRangeValidation.Validate(errors, o); break;
            case Endpoints o: EndpointsValidation.Validate(errors, o); break;
            case Certificates.V1.CertificateSigningRequest o: CertificateValidation.Validate(errors, o); break;
            case Job o: JobValidation.Validate(errors, o); break;
            case CronJob o: CronJobValidation.Validate(errors, o); break;
            case Core.V1.Node o: NodeValidation.Validate(errors, o); break;
            case Lease o: LeaseValidation.Validate(errors, o); break;
            case Event o: EventValidation.Validate(errors, o); break;
            case Service o: ServiceValidation.Validate(errors, o); break;
            case Binding o: BindingValidation.Validate(errors, o); break;
            case ConfigMap o: ConfigMapValidation.Validate(errors, o); break;
            case Secret o: ConfigMapValidation.Validate(errors, o); break;
            case PersistentVolumeClaim o: VolumeValidation.Validate(errors, o); break;
            case PersistentVolume o: PersistentVolumeValidation.Validate(errors, o); break;
            case ResourceQuota o: QuotaValidation.Validate(errors, o); break;
            case Rbac.V1.Role o: RbacValidation.Validate(errors, o.Rules, cluster: false); break;
            case Rbac.V1.ClusterRole o: RbacValidation.Validate(errors, o); break;
            case Rbac.V1.RoleBinding o: RbacValidation.Validate(errors, o.RoleRef, o.Subjects, cluster: false); break;
            case Rbac.V1.ClusterRoleBinding o: RbacValidation.Validate(errors, o.RoleRef, o.Subjects, cluster: true); break;
            case Policy.V1.PodDisruptionBudget o: DisruptionBudgetValidation.Validate(errors, o); break;
            case Autoscaling.V2.HorizontalPodAutoscaler o: AutoscalerValidation.Validate(errors, o); break;
            case Autoscaling.V1.HorizontalPodAutoscaler o: AutoscalerValidation.Validate(errors, o); break;
            case AdmissionRegistration.V1.MutatingWebhookConfiguration o: WebhookValidation.Validate(errors, o); break;
            case AdmissionRegistration.V1.ValidatingWebhookConfiguration o: WebhookValidation.Validate(errors, o); break;
            case AdmissionRegistration.V1.ValidatingAdmissionPolicy o: AdmissionPolicyValidation.Validate(errors, o); break;
            case AdmissionRegistration.V1.ValidatingAdmissionPolicyBinding o: AdmissionPolicyValidation.Validate(errors, o); break;
            case FlowControl.V1.FlowSchema o: FlowSchemaValidation.Validate(errors, o); break;
            case FlowControl.V1.PriorityLevelConfiguration o: FlowControlValidation.Validate(errors, o); break;
            case ApiRegistration.V1.APIService o: ApiServiceValidation.Validate(errors, o); break;
            case Autoscaling.V1.Scale o: Checks.AtLeastZero(errors, FieldPath.Of("spec", "replicas"), o.Spec.Replicas); break;
            case Networking.V1.Ingress o: IngressValidation.Validate(errors, o); break;
            case Networking.V1.NetworkPolicy o: NetworkPolicyValidation.Validate(errors, o); break;
            case Networking.V1.IngressClass o: ClassValidation.Validate(errors, o); break;
            case NodeGroup.V1.RuntimeClass o: ClassValidation.Validate(errors, o); break;
            case Discovery.V1.EndpointSlice o: EndpointsValidation.Validate(errors, o); break;
            case Storage.V1.StorageClass o: StorageValidation.Validate(errors, o); break;
            case Storage.V1.CSIDriver o: StorageValidation.Validate(errors, o); break;
            case Storage.V1.CSINode o: StorageValidation.Validate(errors, o); break;
            case Storage.V1.CSIStorageCapacity o: StorageValidation.Validate(errors, o); break;
            case Networking.V1beta1.ServiceCIDR o: AddressValidation.Validate(errors, o); break;
            case Networking.V1beta1.IPAddress o: AddressValidation.Validate(errors, o); break;
            case Storage.V1.VolumeAttachment o: StorageValidation.Validate(errors, o); break;
            case Scheduling.V1.PriorityClass o: PriorityClassValidation.Validate(errors, o); break;
            case ApiExtensions.V1.CustomResourceDefinition o: CustomResourceDefinitionValidation.Validate(errors, o); break;
            case CustomObject o: CustomObjectValidation.Validate(errors, o, null); break;
        }

        return errors;
    }

    /// <summary>What is wrong with a new object, with what is asked of no changed one; nothing when it is fine.</summary>
    public static IReadOnlyList<FieldError> ValidateCreate(IKubeObject value)
    {
        var errors = new List<FieldError>(Validate(value));
        switch (value)
        {
            case Pod { Spec.EphemeralContainers.IsEmpty: false }: errors.Add(FieldError.Forbidden(FieldPath.Of("spec", "ephemeralContainers"), "cannot be set on create")); break;
            case Job o: JobValidation.ValidateCreate(errors, o); break;
            case Networking.V1.Ingress o: IngressValidation.ValidateCreate(errors, o); break;
        }

        return errors;
    }

    /// <summary>What is wrong with replacing an object; nothing when it is fine. Both have one kind.</summary>
    public static IReadOnlyList<FieldError> ValidateUpdate(IKubeObject value, IKubeObject old)
    {
        var errors = new List<FieldError>(ObjectMetaValidation.ValidateUpdate(value.Metadata, old.Metadata));
        errors.AddRange(KubeFinalizers(value));
        switch (value, old)
        {
            case (Pod o, Pod before): PodUpdateValidation.Validate(errors, o, before); return errors;
            case (CustomObject o, CustomObject before): CustomObjectValidation.Validate(errors, o, before); return errors;
            case (ApiExtensions.V1.CustomResourceDefinition o, ApiExtensions.V1.CustomResourceDefinition before): CustomResourceDefinitionValidation.ValidateUpdate(errors, o, before); break;
            case (Core.V1.Node o, Core.V1.Node before): NodeValidation.ValidateUpdate(errors, o, before); break;
            case (Service o, Service before): ServiceValidation.ValidateUpdate(errors, o, before); break;
            case (ConfigMap o, ConfigMap before): ConfigMapValidation.ValidateUpdate(errors, o, before); break;
            case (Secret o, Secret before): ConfigMapValidation.ValidateUpdate(errors, o, before); break;
            case (ResourceQuota o, ResourceQuota before): QuotaValidation.ValidateUpdate(errors, o, before); break;
            case (PersistentVolumeClaim o, PersistentVolumeClaim before): VolumeValidation.ValidateUpdate(errors, o, before); break;
            case (PersistentVolume o, PersistentVolume before): PersistentVolumeValidation.ValidateUpdate(errors, o, before); break;
            case (Networking.V1.IngressClass o, Networking.V1.IngressClass before): ClassValidation.ValidateUpdate(errors, o, before); break;
            case (NodeGroup.V1.RuntimeClass o, NodeGroup.V1.RuntimeClass before): ClassValidation.ValidateUpdate(errors, o, before); break;
            case (Discovery.V1.EndpointSlice o, Discovery.V1.EndpointSlice before): EndpointsValidation.ValidateUpdate(errors, o, before); break;
            case (Storage.V1.StorageClass o, Storage.V1.StorageClass before): StorageValidation.ValidateUpdate(errors, o, before); break;
            case (Storage.V1.CSIDriver o, Storage.V1.CSIDriver before): StorageValidation.ValidateUpdate(errors, o, before); break;
            case (Storage.V1.CSINode o, Storage.V1.CSINode before): StorageValidation.ValidateUpdate(errors, o, before); break;
            case (Networking.V1beta1.ServiceCIDR o, Networking.V1beta1.ServiceCIDR before): AddressValidation.ValidateUpdate(errors, o, before); break;
            case (Networking.V1beta1.IPAddress o, Networking.V1beta1.IPAddress before): AddressValidation.ValidateUpdate(errors, o, before); break;
            case (Storage.V1.VolumeAttachment o, Storage.V1.VolumeAttachment before): StorageValidation.ValidateUpdate(errors, o, before); break;
            case (Rbac.V1.RoleBinding o, Rbac.V1.RoleBinding before): RbacValidation.ValidateUpdate(errors, o.RoleRef, before.RoleRef); break;
            case (Rbac.V1.ClusterRoleBinding o, Rbac.V1.ClusterRoleBinding before): RbacValidation.ValidateUpdate(errors, o.RoleRef, before.RoleRef); break;
            case (Scheduling.V1.PriorityClass o, Scheduling.V1.PriorityClass before): PriorityClassValidation.ValidateUpdate(errors, o, before); break;
        }

        // The rules for new objects hold too; metadata was checked above.
        foreach (var error in Validate(value))
        {
            if (!errors.Contains(error)) errors.Add(error);
        }

        // What workloads may not change is looked at last.
        switch (value, old)
        {
            case (Deployment o, Deployment before): DeploymentValidation.ValidateUpdate(errors, o, before); break;
            case (ReplicaSet o, ReplicaSet before): ReplicaSetValidation.ValidateUpdate(errors, o, before); break;
            case (DaemonSet o, DaemonSet before): DaemonSetValidation.ValidateUpdate(errors, o, before); break;
            case (StatefulSet o, StatefulSet before): StatefulSetValidation.ValidateUpdate(errors, o, before); break;
            case (Job o, Job before): JobValidation.ValidateUpdate(errors, o, before); break;
            case (ControllerRevision o, ControllerRevision before): RevisionValidation.ValidateUpdate(errors, o, before); break;
        }

        return errors;
    }

    /// <summary>What is wrong with a new status of an object; nothing when it is fine.</summary>
    public static IReadOnlyList<FieldError> ValidateStatusUpdate(IKubeObject value, IKubeObject old)
    {
        var errors = new List<FieldError>(ObjectMetaValidation.ValidateUpdate(value.Metadata, old.Metadata));
        errors.AddRange(KubeFinalizers(value));
        switch (value, old)
        {
            case (Pod o, Pod before): PodUpdateValidation.ValidateStatus(errors, o, before); break;
            case (CustomObject o, CustomObject before): CustomObjectValidation.Validate(errors, o, before); break;
            case (ApiExtensions.V1.CustomResourceDefinition o, ApiExtensions.V1.CustomResourceDefinition): CustomResourceDefinitionValidation.ValidateStatus(errors, o); break;
            case (Deployment o, Deployment): DeploymentValidation.ValidateStatus(errors, o); break;
            case (ReplicaSet o, ReplicaSet): ReplicaSetValidation.ValidateStatus(errors, o); break;
            case (Core.V1.Node o, Core.V1.Node): NodeValidation.ValidateResources(errors, o); break;
            case (Core.V1.Namespace o, Core.V1.Namespace): NodeValidation.ValidateStatus(errors, o); break;
            case (ResourceQuota o, ResourceQuota): QuotaValidation.ValidateStatus(errors, o); break;
            case (Service o, Service): ServiceValidation.ValidateStatus(errors, o); break;
            case (ReplicationController o, ReplicationController): ReplicaSetValidation.ValidateStatus(errors, o); break;
            case (Autoscaling.V2.HorizontalPodAutoscaler o, Autoscaling.V2.HorizontalPodAutoscaler): AutoscalerValidation.ValidateStatus(errors, o); break;
            case (ApiRegistration.V1.APIService o, ApiRegistration.V1.APIService): ApiServiceValidation.ValidateStatus(errors, o); break;
            case (FlowControl.V1.FlowSchema o, FlowControl.V1.FlowSchema): FlowControlValidation.Conditions(errors, [.. o.Status.Conditions.Select(c => c.Type)]); break;
            case (FlowControl.V1.PriorityLevelConfiguration o, FlowControl.V1.PriorityLevelConfiguration):
                FlowControlValidation.Conditions(errors, [.. o.Status.Conditions.Select(c => c.Type)]);
                break;
            case (Certificates.V1.CertificateSigningRequest o, Certificates.V1.CertificateSigningRequest before): CertificateValidation.ValidateStatus(errors, o, before, isApproval: false); break;
        }

        return errors;
    }

    /// <summary>What is wrong with a new approval of a certificate request; nothing when it is fine.</summary>
    public static IReadOnlyList<FieldError> ValidateApproval(IKubeObject value, IKubeObject old)
    {
        var errors = new List<FieldError>();
        if ((value, old) is (Certificates.V1.CertificateSigningRequest o, Certificates.V1.CertificateSigningRequest before)) CertificateValidation.ValidateStatus(errors, o, before, isApproval: true);
        return errors;
    }

    /// <summary>What is wrong with the ephemeral containers that a pod is to have; nothing when they are fine.</summary>
    public static IReadOnlyList<FieldError> ValidateEphemeralContainersUpdate(Pod value, Pod old)
    {
        var errors = new List<FieldError>();
        EphemeralContainerValidation.ValidateUpdate(errors, value, old);
        return errors;
    }

    /// <summary>The rule for the names of a kind.</summary>
    public static Func<string, ValueList<string>> NameRule(string group, string kind) => (group, kind) switch
    {
        ("", "Namespace") => NameRules.DnsLabel,
        ("", "Service") => NameRules.Dns1035Label,
        ("rbac.authorization.k8s.io" or "apiregistration.k8s.io", _) => NameRules.PathSegment,
        ("networking.k8s.io", "IPAddress") => NameRules.IpAddress,
        ("batch", "CronJob") => static name => name.Length > 52 ? ["must be no more than 52 characters"] : NameRules.DnsSubdomain(name),
        ("authorization.k8s.io" or "authentication.k8s.io", _) => static _ => [],
        _ => NameRules.DnsSubdomain,
    };

    private static IEnumerable<FieldError> KubeFinalizers(IKubeObject value) =>
        value is CustomObject or ApiExtensions.V1.CustomResourceDefinition or ApiRegistration.V1.APIService || value.Metadata.Finalizers.IsEmpty
            ? [] : ObjectMetaValidation.KubeFinalizers(value.Metadata.Finalizers);

    private static IEnumerable<FieldError> Metadata(IKubeObject value)
    {
        if (value is CustomObject) return ObjectMetaValidation.Validate(value.Metadata, !string.IsNullOrEmpty(value.Metadata.Namespace), NameRules.DnsSubdomain);
        var info = KubeTypes.Find(value.ApiVersion, value.Kind);
        var group = GroupVersionKind.From(value.ApiVersion, value.Kind).Group;

        // Reviews are answered, not stored: they need no name. Kinds of subresources take that of the object in the path.
        if (info is null || !info.Allows("get")) return [];
        return ObjectMetaValidation.Validate(value.Metadata, info.Namespaced, NameRule(group, value.Kind)).Concat(KubeFinalizers(value));
    }
}
