namespace ActorPlane.ControllerManager;

/// <summary>
/// The names of Kubernetes' controllers, as kube-controller-manager 1.32 knows them: those of today and those from before 1.28,
/// which still count. (<c>cmd/kube-controller-manager/names/controller_names.go</c>, <c>app/options</c>.)
/// </summary>
public static class ControllerNames
{
    internal const string Deployment = "deployment-controller";
    internal const string ReplicaSet = "replicaset-controller";
    internal const string ReplicationController = "replicationcontroller-controller";
    internal const string NodeLifecycle = "node-lifecycle-controller";
    internal const string TaintEviction = "taint-eviction-controller";
    internal const string PodGarbageCollector = "pod-garbage-collector-controller";
    internal const string GarbageCollector = "garbage-collector-controller";
    internal const string Namespace = "namespace-controller";
    internal const string ServiceAccount = "serviceaccount-controller";
    internal const string RootCaPublisher = "root-ca-certificate-publisher-controller";
    internal const string Endpoints = "endpoints-controller";
    internal const string EndpointSlice = "endpointslice-controller";
    internal const string ResourceQuota = "resourcequota-controller";
    internal const string Disruption = "disruption-controller";
    internal const string ClusterRoleAggregation = "clusterrole-aggregation-controller";

    /// <summary>The controllers that are here, by their full names.</summary>
    public static IReadOnlyList<string> Here { get; } =
    [
        Deployment, ReplicaSet, ReplicationController, NodeLifecycle, TaintEviction, PodGarbageCollector, GarbageCollector, Namespace, ServiceAccount,
        RootCaPublisher, Endpoints, EndpointSlice, ResourceQuota, ClusterRoleAggregation, Disruption,
    ];

    private static readonly Dictionary<string, string> ByAlias = new(StringComparer.Ordinal)
    {
        ["deployment"] = Deployment,
        ["replicaset"] = ReplicaSet,
        ["replicationcontroller"] = ReplicationController,
        ["nodelifecycle"] = NodeLifecycle,
        ["podgc"] = PodGarbageCollector,
        ["garbagecollector"] = GarbageCollector,
        ["namespace"] = Namespace,
        ["serviceaccount"] = ServiceAccount,
        ["root-ca-cert-publisher"] = RootCaPublisher,
        ["endpoint"] = Endpoints,
        ["endpointslice"] = EndpointSlice,
        ["resourcequota"] = ResourceQuota,
        ["disruption"] = Disruption,
        ["clusterrole-aggregation"] = ClusterRoleAggregation,
        ["serviceaccount-token"] = "serviceaccount-token-controller",
        ["endpointslicemirroring"] = "endpointslice-mirroring-controller",
        ["daemonset"] = "daemonset-controller",
        ["job"] = "job-controller",
        ["horizontalpodautoscaling"] = "horizontal-pod-autoscaler-controller",
        ["statefulset"] = "statefulset-controller",
        ["cronjob"] = "cronjob-controller",
        ["csrsigning"] = "certificatesigningrequest-signing-controller",
        ["csrapproving"] = "certificatesigningrequest-approving-controller",
        ["csrcleaner"] = "certificatesigningrequest-cleaner-controller",
        ["ttl"] = "ttl-controller",
        ["bootstrapsigner"] = "bootstrap-signer-controller",
        ["tokencleaner"] = "token-cleaner-controller",
        ["nodeipam"] = "node-ipam-controller",
        ["service"] = "service-lb-controller",
        ["route"] = "node-route-controller",
        ["cloud-node-lifecycle"] = "cloud-node-lifecycle-controller",
        ["persistentvolume-binder"] = "persistentvolume-binder-controller",
        ["attachdetach"] = "persistentvolume-attach-detach-controller",
        ["persistentvolume-expander"] = "persistentvolume-expander-controller",
        ["pvc-protection"] = "persistentvolumeclaim-protection-controller",
        ["pv-protection"] = "persistentvolume-protection-controller",
        ["ttl-after-finished"] = "ttl-after-finished-controller",
        ["ephemeral-volume"] = "ephemeral-volume-controller",
        ["storage-version-gc"] = "storageversion-garbage-collector-controller",
        ["resource-claim-controller"] = "resourceclaim-controller",
        ["legacy-service-account-token-cleaner"] = "legacy-serviceaccount-token-cleaner-controller",
    };

    private static readonly HashSet<string> Known =
    [
        .. Here, .. ByAlias.Values, "validatingadmissionpolicy-status-controller", "service-cidr-controller", "storage-version-migrator-controller",
        "volumeattributesclass-protection-controller", "kube-apiserver-serving-clustertrustbundle-publisher-controller", "selinux-warning-controller",
    ];

    /// <summary>The full name of a controller of Kubernetes; null when there is none of that name.</summary>
    public static string? FullName(string name) => Known.Contains(name) ? name : ByAlias.GetValueOrDefault(name);
}
