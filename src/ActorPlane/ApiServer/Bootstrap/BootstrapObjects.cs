using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Scheduling.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// What every cluster has from the start: its namespaces, then the service under which the API is found, the priorities of
/// what a cluster cannot do without, the roles, the rules of flow control and what the API server keeps in kube-system.
/// (<c>pkg/controlplane</c>, <c>pkg/registry/scheduling/rest</c>, <c>pkg/registry/rbac/rest</c>, <c>pkg/registry/flowcontrol/rest</c>.)
/// </summary>
public static class BootstrapObjects
{
    private const string Api = "kubernetes";

    /// <summary>The objects in the rounds in which they are stored: those of one round need those of the round before.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Resource, IKubeObject Object)>> Rounds(ApiServerSettings settings, DateTimeOffset now) =>
    [
        [Namespace("default"), Namespace("kube-node-lease"), Namespace("kube-public"), Namespace("kube-system")],
        [
            (PodAdmission.PriorityClasses, Class(PodAdmission.SystemClusterCriticalName, PodAdmission.SystemClusterCritical, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.")),
            (PodAdmission.PriorityClasses, Class(PodAdmission.SystemNodeCriticalName, PodAdmission.SystemNodeCritical, "Used for system critical pods that must not be moved from their current node.")),
            .. ServiceOf(settings.Services, settings.Advertised),
            ("configmaps", new ConfigMap { Metadata = In("kube-system", "extension-apiserver-authentication") }),
            ("configmaps", new ConfigMap
            {
                Metadata = In("kube-system", "kube-apiserver-legacy-service-account-token-tracking"),
                Data = ValueMap<string>.Empty.With("since", now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            }),
            .. FlowControlObjects.PriorityLevels,
            .. ApiServiceObjects.All(now),
            .. RbacObjects.All,
        ],
        FlowControlObjects.FlowSchemas,
    ];

    /// <summary>
    /// How long after its deletion an object of a resource is made anew, if it is one of these; null for never before the next
    /// start. (<c>systemnamespaces/system_namespaces_controller.go</c>, <c>kubernetesservice/controller.go</c>,
    /// <c>flowcontrol/rest/storage_flowcontrol.go</c>.)
    /// </summary>
    public static TimeSpan? RestoredAfter(string resource) => resource switch
    {
        "services" or "endpoints" or "endpointslices.discovery.k8s.io" => TimeSpan.FromSeconds(10),
        "namespaces" or FlowControlObjects.Schemas or FlowControlObjects.Levels => TimeSpan.FromMinutes(1),
        _ => null,
    };

    // The service of the API, and where it leads (pkg/controlplane/reconcilers/endpointsadapter.go).
    private static (string Resource, IKubeObject Object)[] ServiceOf(ServiceSettings services, AdvertisedAddress at) =>
    [
        ("services", new Service
        {
            Metadata = In("default", Api) with { Labels = ValueMap<string>.Empty.With("component", "apiserver").With("provider", Api) },
            Spec = new ServiceSpec
            {
                ClusterIP = ServiceAllocation.FirstAddress(services.Range),
                Ports = [new ServicePort { Name = "https", Port = 443, TargetPort = at.Port }],
            },
        }),
        ("endpoints", new Endpoints
        {
            Metadata = In("default", Api) with { Labels = ValueMap<string>.Empty.With("endpointslice.kubernetes.io/skip-mirror", "true") },
            Subsets =
            [
                new EndpointSubset
                {
                    Addresses = [new EndpointAddress { Ip = at.Address }],
                    Ports = [new Api.Core.V1.EndpointPort { Name = "https", Port = at.Port, Protocol = "TCP" }],
                },
            ],
        }),
        ("endpointslices.discovery.k8s.io", new EndpointSlice
        {
            Metadata = In("default", Api) with { Labels = ValueMap<string>.Empty.With("kubernetes.io/service-name", Api) },
            AddressType = "IPv4",
            Endpoints = [new Endpoint { Addresses = [at.Address], Conditions = new EndpointConditions { Ready = true } }],
            Ports = [new Api.Discovery.V1.EndpointPort { Name = "https", Port = at.Port, Protocol = "TCP" }],
        }),
    ];

    private static (string Resource, IKubeObject Object) Namespace(string name) => ("namespaces", new Namespace { Metadata = new ObjectMeta { Name = name } });

    private static ObjectMeta In(string @namespace, string name) => new() { Namespace = @namespace, Name = name };

    private static PriorityClass Class(string name, int value, string description) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Value = value,
        Description = description,
    };
}
