using ActorPlane.Api;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using Akka.Actor;

namespace ActorPlane.Tests.ControllerManager;

/// <summary>
/// Stands in for all kubelets and for the user: renews the leases of nodes that are up, makes their bound pods Running
/// and ready at once, and confirms their deletions. It also shows what is stored.
/// </summary>
internal sealed class FakeNodes : ApiClientActor, IWithTimers
{
    private static readonly TimeSpan RenewPeriod = TimeSpan.FromSeconds(10);

    private readonly SortedSet<string> _up = new(StringComparer.Ordinal);

    public FakeNodes(IActorRef apiServer, FakeNodesView view)
        : base(apiServer, "kubelet")
    {
        Pods = new Informer<Pod>(Client, "pods", ObjectSelector.All) { Added = (pod, _) => Tend(pod), Updated = (_, pod, _) => Tend(pod) };
        Nodes = new Informer<Node>(Client, "nodes", ObjectSelector.All);
        Leases = new Informer<Lease>(Client, "leases.coordination.k8s.io", ObjectSelector.All);
        Receive<Action<FakeNodes>>(action => action(this));
        Receive<string>(_ => Renew());
        view.Actor = this;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public Informer<Pod> Pods { get; }

    public Informer<Node> Nodes { get; }

    public Informer<Lease> Leases { get; }

    public ApiClient Api => Client;

    /// <summary>Pods whose containers never start.</summary>
    public bool NeverReady { get; set; }

    public void PowerOn(string name, string cpu = "4", string memory = "8Gi", ValueMap<string>? labels = null)
    {
        _up.Add(name);
        var cause = Client.NewCause();
        var ready = new NodeCondition { Type = "Ready", Status = "True", Reason = "KubeletReady", LastHeartbeatTime = Client.Now, LastTransitionTime = Client.Now };
        if (Nodes.Get("", name) is { } known)
        {
            Client.UpdateStatus("nodes", known with { Status = known.Status with { Conditions = [ready] } }, cause);
            return;
        }

        var resources = Scheduler.Given.Quantities([("cpu", cpu), ("memory", memory), ("pods", "110")]);
        Client.Create("nodes", new Node
        {
            Metadata = new ObjectMeta { Name = name, Labels = labels ?? ValueMap<string>.Empty },
            Status = new NodeStatus { Allocatable = resources, Capacity = resources, Conditions = [ready] },
        }, cause);
        Client.Create("leases.coordination.k8s.io", new Lease
        {
            Metadata = new ObjectMeta { Name = name, Namespace = "kube-node-lease" },
            Spec = new LeaseSpec { HolderIdentity = name, LeaseDurationSeconds = 40, RenewTime = MicroTimestamp.From(Client.Now) },
        }, cause);
    }

    public void PowerOff(string name) => _up.Remove(name);

    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        Pods.Start(cause);
        Nodes.Start(cause);
        Leases.Start(cause);
        Timers.StartPeriodicTimer("renew", "renew", RenewPeriod);
    }

    private void Renew()
    {
        foreach (var name in _up)
        {
            if (Leases.Get("kube-node-lease", name) is { } lease)
                Client.Update("leases.coordination.k8s.io", lease with { Spec = lease.Spec with { RenewTime = MicroTimestamp.From(Client.Now) } }, Client.NewCause());
        }
    }

    private void Tend(Pod pod)
    {
        if (pod.Spec.NodeName is not { } node || !_up.Contains(node)) return;
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            Client.Delete("pods", pod.Metadata.Namespace!, pod.Metadata.Name!, Client.NewCause(), gracePeriodSeconds: 0, uid: pod.Metadata.Uid);
        }
        else if (!NeverReady && pod.Status.Phase != "Running")
        {
            var ready = new PodCondition { Type = "Ready", Status = "True", LastTransitionTime = Client.Now };
            var status = pod.Status with { Phase = "Running", Conditions = pod.Status.Conditions.RemoveAll(condition => condition.Type == "Ready").Add(ready) };
            Client.UpdateStatus("pods", pod with { Status = status }, Client.NewCause());
        }
    }
}
