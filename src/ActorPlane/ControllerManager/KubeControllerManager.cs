using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager.ClusterRoles;
using ActorPlane.ControllerManager.Deployments;
using ActorPlane.ControllerManager.Disruption;
using ActorPlane.ControllerManager.Endpoints;
using ActorPlane.ControllerManager.GarbageCollection;
using ActorPlane.ControllerManager.Namespaces;
using ActorPlane.ControllerManager.Nodes;
using ActorPlane.ControllerManager.PodGarbage;
using ActorPlane.ControllerManager.Quotas;
using ActorPlane.ControllerManager.ReplicaSets;
using ActorPlane.ControllerManager.ServiceAccounts;
using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.ControllerManager;

/// <summary>
/// kube-controller-manager: one child for each controller that is on, named as in Kubernetes. A controller that crashes is restarted
/// alone and reads its state anew; when the manager itself crashes, all are. (<c>cmd/kube-controller-manager</c>.)
/// </summary>
public sealed class KubeControllerManager : TracedActor
{
    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public KubeControllerManager(IActorRef apiServer)
    {
        var selection = ControllerSettings.Read(Context.System.Settings.Config).Controllers;
        foreach (var (name, actor, props) in Controllers(apiServer))
        {
            if (selection.IsEnabled(name)) Context.ActorOf(props, actor);
        }

        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
    }

    // Name, name of the actor, how it is made: in the order in which they start.
    private static IEnumerable<(string Name, string Actor, Props Props)> Controllers(IActorRef apiServer) =>
    [
        (ControllerNames.Deployment, "deployment", DeploymentController.PropsFor(apiServer)),
        (ControllerNames.ReplicaSet, "replicaset", PodSetController<ReplicaSet>.PropsFor(apiServer, PodSetKinds.ReplicaSet)),
        (ControllerNames.NodeLifecycle, "node-lifecycle", NodeLifecycleController.PropsFor(apiServer)),
        (ControllerNames.TaintEviction, "taint-eviction", TaintEvictionController.PropsFor(apiServer)),
        (ControllerNames.PodGarbageCollector, "pod-gc", PodGcController.PropsFor(apiServer)),
        (ControllerNames.GarbageCollector, "garbage-collector", GarbageCollector.PropsFor(apiServer)),
        (ControllerNames.Namespace, "namespace", NamespaceController.PropsFor(apiServer)),
        (ControllerNames.ServiceAccount, "serviceaccount", ServiceAccountController.PropsFor(apiServer)),
        (ControllerNames.RootCaPublisher, "root-ca-certificate-publisher", RootCaPublisher.PropsFor(apiServer)),
        (ControllerNames.Endpoints, "endpoint", EndpointsController.PropsFor(apiServer)),
        (ControllerNames.EndpointSlice, "endpointslice", EndpointSliceController.PropsFor(apiServer)),
        (ControllerNames.ResourceQuota, "resourcequota", ResourceQuotaController.PropsFor(apiServer)),
        (ControllerNames.ReplicationController, "replicationcontroller", PodSetController<ReplicationController>.PropsFor(apiServer, PodSetKinds.ReplicationController)),
        (ControllerNames.ClusterRoleAggregation, "clusterrole-aggregation", ClusterRoleAggregationController.PropsFor(apiServer)),
        (ControllerNames.Disruption, "disruption", DisruptionController.PropsFor(apiServer)),
    ];

    /// <summary>The actor <c>/user/kube-controller-manager</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new KubeControllerManager(apiServer));

    /// <summary>A controller is a process that never stays down: each crash restarts it, and only it.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);
}
