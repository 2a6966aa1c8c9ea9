using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Scheduling.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// What every cluster has from the start: its namespaces, then the service under which the API is found and the priorities
/// of what a cluster cannot do without. (<c>pkg/controlplane/instance.go</c>, <c>pkg/registry/scheduling/rest</c>.)
/// </summary>
public static class BootstrapObjects
{
    /// <summary>The objects in the rounds in which they are stored: those of one round need those of the round before.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Resource, IKubeObject Object)>> Rounds(ServiceSettings services) =>
    [
        [Namespace("default"), Namespace("kube-node-lease"), Namespace("kube-public"), Namespace("kube-system")],
        [
            (PodAdmission.PriorityClasses, Class(PodAdmission.SystemClusterCriticalName, PodAdmission.SystemClusterCritical, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.")),
            (PodAdmission.PriorityClasses, Class(PodAdmission.SystemNodeCriticalName, PodAdmission.SystemNodeCritical, "Used for system critical pods that must not be moved from their current node.")),
            ("services", new Service
            {
                Metadata = new ObjectMeta
                {
                    Namespace = "default",
                    Name = "kubernetes",
                    Labels = ValueMap<string>.Empty.With("component", "apiserver").With("provider", "kubernetes"),
                },
                Spec = new ServiceSpec
                {
                    ClusterIP = ServiceAllocation.FirstAddress(services.Range),
                    Ports = [new ServicePort { Name = "https", Port = 443, TargetPort = 6443 }],
                },
            }),
        ],
    ];

    private static (string Resource, IKubeObject Object) Namespace(string name) => ("namespaces", new Namespace { Metadata = new ObjectMeta { Name = name } });

    private static PriorityClass Class(string name, int value, string description) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Value = value,
        Description = description,
    };
}
