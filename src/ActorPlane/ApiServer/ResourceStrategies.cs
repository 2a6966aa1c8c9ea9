using ActorPlane.Api;
using ActorPlane.Api.AdmissionRegistration.V1;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.ApiRegistration.V1;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Autoscaling.V2;
using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Certificates.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.FlowControl.V1;
using ActorPlane.Api.Networking.V1;
using ActorPlane.Api.Policy.V1;
using ActorPlane.Api.Scheduling.V1;
using ActorPlane.Api.Storage.V1;
using ActorPlane.ApiExtensions;

namespace ActorPlane.ApiServer;

/// <summary>
/// The strategy of each built-in resource: which have a status of their own, which count generations, and what the
/// server sets or keeps (<c>pkg/registry/*/*/strategy.go</c>). A resource that is not named here is data only.
/// </summary>
internal static class ResourceStrategies
{
    private static readonly ResourceStrategy Plain = new ResourceStrategy<IKubeObject>();

    private static readonly Dictionary<string, ResourceStrategy> Table = new(StringComparer.Ordinal)
    {
        ["pods"] = new PodStrategy(),
        ["nodes"] = new ResourceStrategy<Node> { StatusOf = static (item, from) => item with { Status = from.Status }, OnCreate = NodeTaintAdmission.Admit },
        ["namespaces"] = new ResourceStrategy<Namespace>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            OnCreate = static (item, _) => item with
            {
                Spec = item.Spec with { Finalizers = item.Spec.Finalizers.Contains("kubernetes") ? item.Spec.Finalizers : item.Spec.Finalizers.Add("kubernetes") },
                Status = new NamespaceStatus { Phase = "Active" },
            },
            OnUpdate = static (item, before) => item with { Spec = item.Spec with { Finalizers = before.Spec.Finalizers } },
        },
        ["services"] = new ResourceStrategy<Service>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            OnCreate = static (item, _) => item with { Status = ServiceStatus.Empty },
        },
        ["replicationcontrollers"] = new ResourceStrategy<ReplicationController>
        {
            Orphans = true,
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => item with { Status = ReplicationControllerStatus.Empty },
        },
        ["persistentvolumes"] = new ResourceStrategy<PersistentVolume>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            OnCreate = static (item, context) => item with { Status = new PersistentVolumeStatus { Phase = "Pending", LastPhaseTransitionTime = context.Now } },
        },
        ["persistentvolumeclaims"] = new ResourceStrategy<PersistentVolumeClaim>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            OnCreate = static (item, context) => DefaultClasses.Admit(item with { Status = new PersistentVolumeClaimStatus { Phase = "Pending" } }, context),
        },
        ["resourcequotas"] = new ResourceStrategy<ResourceQuota>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            OnCreate = static (item, _) => item with { Status = ResourceQuotaStatus.Empty },
        },
        ["deployments.apps"] = new ResourceStrategy<Deployment>
        {
            StatusWriteKeeps = StatusKeeps.Labels,
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec && left.Metadata.Annotations == right.Metadata.Annotations,
            OnCreate = static (item, _) => item with { Status = DeploymentStatus.Empty },
        },
        ["replicasets.apps"] = new ResourceStrategy<ReplicaSet>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => item with { Status = ReplicaSetStatus.Empty },
        },
        ["statefulsets.apps"] = new ResourceStrategy<StatefulSet>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => item with { Status = StatefulSetStatus.Empty },
        },
        ["daemonsets.apps"] = new ResourceStrategy<DaemonSet>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => TemplateGeneration.First(item with { Status = DaemonSetStatus.Empty }),
            OnUpdate = TemplateGeneration.Next,
        },
        ["jobs.batch"] = new ResourceStrategy<Job>
        {
            Orphans = true,
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => JobSelectors.Generate(item with { Status = JobStatus.Empty }),
        },
        ["cronjobs.batch"] = new ResourceStrategy<CronJob>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => item with { Status = CronJobStatus.Empty },
        },
        ["horizontalpodautoscalers.autoscaling"] = new ResourceStrategy<HorizontalPodAutoscaler>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            OnCreate = static (item, _) => item with { Status = HorizontalPodAutoscalerStatus.Empty },
        },
        ["ingresses.networking.k8s.io"] = new ResourceStrategy<Ingress>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, context) => DefaultClasses.Admit(item with { Status = IngressStatus.Empty }, context),
        },
        ["networkpolicies.networking.k8s.io"] = new ResourceStrategy<NetworkPolicy> { SameSpec = static (left, right) => left.Spec == right.Spec },
        ["poddisruptionbudgets.policy"] = new ResourceStrategy<PodDisruptionBudget>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => item with { Status = PodDisruptionBudgetStatus.Empty },
        },
        ["certificatesigningrequests.certificates.k8s.io"] = new ResourceStrategy<CertificateSigningRequest>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            OnCreate = static (item, _) => item with { Status = CertificateSigningRequestStatus.Empty },
            OnUpdate = static (item, before) => item with { Spec = before.Spec },
        },
        ["customresourcedefinitions.apiextensions.k8s.io"] = new ResourceStrategy<CustomResourceDefinition>
        {
            StatusWriteKeeps = StatusKeeps.Metadata,
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => DefinitionStatus.WithStoredVersion(item with { Status = CustomResourceDefinitionStatus.Empty }),
            OnUpdate = static (item, _) => DefinitionStatus.WithStoredVersion(item),
            OnDelete = DefinitionStatus.Deleted,
        },
        ["apiservices.apiregistration.k8s.io"] = new ResourceStrategy<APIService> { StatusWriteKeeps = StatusKeeps.Metadata, StatusOf = static (item, from) => item with { Status = from.Status } },
        [FlowControlObjects.Schemas] = new ResourceStrategy<FlowSchema>
        {
            StatusWriteKeeps = StatusKeeps.Metadata,
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, context) =>
            {
                var level = item.Spec.PriorityLevelConfiguration.Name ?? "";
                return item with { Status = FlowControlObjects.StatusOf(level, context.Objects.Find(FlowControlObjects.Levels, "", level) is not null, context.Now) };
            },
        },
        [FlowControlObjects.Levels] = new ResourceStrategy<PriorityLevelConfiguration>
        {
            StatusWriteKeeps = StatusKeeps.Metadata,
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => item with { Status = PriorityLevelConfigurationStatus.Empty },
        },

        // Its generation is set and never counted on.
        [PodAdmission.PriorityClasses] = new ResourceStrategy<PriorityClass> { SameSpec = static (_, _) => true },
        ["ingressclasses.networking.k8s.io"] = new ResourceStrategy<IngressClass> { SameSpec = static (left, right) => left.Spec == right.Spec },
        ["validatingadmissionpolicybindings.admissionregistration.k8s.io"] =
            new ResourceStrategy<ValidatingAdmissionPolicyBinding> { SameSpec = static (left, right) => left.Spec == right.Spec },
        ["volumeattachments.storage.k8s.io"] = new ResourceStrategy<VolumeAttachment>
        {
            StatusWriteKeeps = StatusKeeps.Metadata,
            StatusOf = static (item, from) => item with { Status = from.Status },
            OnCreate = static (item, _) => item with { Status = VolumeAttachmentStatus.Empty },
        },
        ["servicecidrs.networking.k8s.io"] = new ResourceStrategy<Api.Networking.V1beta1.ServiceCIDR>
        {
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
            OnCreate = static (item, _) => item with { Status = Api.Networking.V1beta1.ServiceCIDRStatus.Empty },
        },
        ["validatingadmissionpolicies.admissionregistration.k8s.io"] = new ResourceStrategy<ValidatingAdmissionPolicy>
        {
            StatusWriteKeeps = StatusKeeps.Metadata,
            StatusOf = static (item, from) => item with { Status = from.Status },
            SameSpec = static (left, right) => left.Spec == right.Spec,
        },
        ["validatingwebhookconfigurations.admissionregistration.k8s.io"] =
            new ResourceStrategy<ValidatingWebhookConfiguration> { SameSpec = static (left, right) => left.Webhooks.Equals(right.Webhooks) },
        ["mutatingwebhookconfigurations.admissionregistration.k8s.io"] =
            new ResourceStrategy<MutatingWebhookConfiguration> { SameSpec = static (left, right) => left.Webhooks.Equals(right.Webhooks) },
        ["endpointslices.discovery.k8s.io"] = new ResourceStrategy<EndpointSlice>
        {
            SameSpec = static (left, right) => left.Endpoints.Equals(right.Endpoints) && left.Ports.Equals(right.Ports) && left.AddressType == right.AddressType,
        },
    };

    /// <summary>The strategy of a resource, such as <c>deployments.apps</c>.</summary>
    public static ResourceStrategy For(string resource) => Table.GetValueOrDefault(resource) ?? Plain;
}
