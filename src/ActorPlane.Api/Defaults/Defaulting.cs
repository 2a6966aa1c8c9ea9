using ActorPlane.Api.AdmissionRegistration.V1;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.FlowControl.V1;
using ActorPlane.Api.Networking.V1;
using ActorPlane.Api.Rbac.V1;
using ActorPlane.Api.Scheduling.V1;
using ActorPlane.Api.Storage.V1;

namespace ActorPlane.Api;

/// <summary>
/// Fills in what a user may leave out, as the API server does before it validates and after it reads old objects.
/// Source: pkg/apis/*/v1/defaults.go.
/// </summary>
public static class Defaulting
{
    /// <summary>The object with its defaults; the same instance when nothing was missing. Kinds without defaults come back as they are.</summary>
    public static IKubeObject Apply(IKubeObject value) => value switch
    {
        Pod o => PodDefaults.Apply(o),
        PodTemplate o => PodDefaults.Apply(o),
        Deployment o => DeploymentDefaults.Apply(o),
        ReplicaSet o => ReplicaSetDefaults.Apply(o),
        ReplicationController o => ReplicationControllerDefaults.Apply(o),
        DaemonSet o => DaemonSetDefaults.Apply(o),
        StatefulSet o => StatefulSetDefaults.Apply(o),
        Job o => JobDefaults.Apply(o),
        CronJob o => CronJobDefaults.Apply(o),
        Service o => ServiceDefaults.Apply(o),
        Core.V1.Namespace o => NamespaceDefaults.Apply(o),
        Core.V1.Node o => NodeDefaults.Apply(o),
        Secret o => SecretDefaults.Apply(o),
        PersistentVolume o => VolumeDefaults.Apply(o),
        PersistentVolumeClaim o => VolumeDefaults.Apply(o),
        Endpoints o => EndpointsDefaults.Apply(o),
        EndpointSlice o => EndpointsDefaults.Apply(o),
        LimitRange o => LimitRangeDefaults.Apply(o),
        ResourceQuota o => LimitRangeDefaults.Apply(o),
        Autoscaling.V1.HorizontalPodAutoscaler o => HorizontalPodAutoscalerDefaults.Apply(o),
        Autoscaling.V2.HorizontalPodAutoscaler o => HorizontalPodAutoscalerDefaults.Apply(o),
        NetworkPolicy o => NetworkingDefaults.Apply(o),
        IngressClass o => NetworkingDefaults.Apply(o),
        RoleBinding o => RbacDefaults.Apply(o),
        ClusterRoleBinding o => RbacDefaults.Apply(o),
        StorageClass o => StorageDefaults.Apply(o),
        CSIDriver o => StorageDefaults.Apply(o),
        PriorityClass o => o.PreemptionPolicy is null ? o with { PreemptionPolicy = "PreemptLowerPriority" } : o,
        MutatingWebhookConfiguration o => WebhookDefaults.Apply(o),
        ValidatingWebhookConfiguration o => WebhookDefaults.Apply(o),
        ValidatingAdmissionPolicy o => WebhookDefaults.Apply(o),
        ValidatingAdmissionPolicyBinding o => WebhookDefaults.Apply(o),
        ApiRegistration.V1.APIService o => WebhookDefaults.Apply(o),
        FlowSchema o => FlowControlDefaults.Apply(o),
        PriorityLevelConfiguration o => FlowControlDefaults.Apply(o),
        CustomResourceDefinition o => CustomResourceDefinitionDefaults.Apply(o),
        Authentication.V1.TokenRequest o => o.Spec.ExpirationSeconds is null ? o with { Spec = o.Spec with { ExpirationSeconds = 3600 } } : o,
        CustomObject o => o.WithDefaults(),
        _ => value,
    };

    /// <summary>The object with its defaults, of its own type.</summary>
    public static T Apply<T>(T value)
        where T : class, IKubeObject => (T)Apply((IKubeObject)value);
}
