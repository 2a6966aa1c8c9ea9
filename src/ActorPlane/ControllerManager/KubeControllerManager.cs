using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager.Deployments;
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
/// kube-controller-manager: one child for each controller, named as in Kubernetes. A controller that crashes is restarted
/// alone and reads its state anew; when the manager itself crashes, all are. (<c>cmd/kube-controller-manager</c>.)
/// </summary>
public sealed class KubeControllerManager : TracedActor
{
    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public KubeControllerManager(IActorRef apiServer)
    {
        Context.ActorOf(DeploymentController.PropsFor(apiServer), "deployment");
        Context.ActorOf(PodSetController<ReplicaSet>.PropsFor(apiServer, PodSetKinds.ReplicaSet), "replicaset");
        Context.ActorOf(PodSetController<ReplicationController>.PropsFor(apiServer, PodSetKinds.ReplicationController), "replicationcontroller");
        Context.ActorOf(NodeLifecycleController.PropsFor(apiServer), "node-lifecycle");
        Context.ActorOf(TaintEvictionController.PropsFor(apiServer), "taint-eviction");
        Context.ActorOf(PodGcController.PropsFor(apiServer), "pod-gc");
        Context.ActorOf(GarbageCollector.PropsFor(apiServer), "garbage-collector");
        Context.ActorOf(NamespaceController.PropsFor(apiServer), "namespace");
        Context.ActorOf(ServiceAccountController.PropsFor(apiServer), "serviceaccount");
        Context.ActorOf(RootCaPublisher.PropsFor(apiServer), "root-ca-certificate-publisher");
        Context.ActorOf(EndpointsController.PropsFor(apiServer), "endpoint");
        Context.ActorOf(EndpointSliceController.PropsFor(apiServer), "endpointslice");
        Context.ActorOf(ResourceQuotaController.PropsFor(apiServer), "resourcequota");
        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
    }

    /// <summary>The actor <c>/user/kube-controller-manager</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new KubeControllerManager(apiServer));

    /// <summary>A controller is a process that never stays down: each crash restarts it, and only it.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);
}
