using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager;
using ActorPlane.Faults;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>Node objects that somebody deletes or makes.</summary>
public sealed class NodeObjectTests
{
    private const string Leases = "leases.coordination.k8s.io";
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_deleted_node_stays_away_until_its_kubelet_starts_anew()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 2 });
        cluster.StartDeployment(Deployment("web", 2));
        cluster.Delete("nodes", "", "node-1");

        cluster.WaitUntil(() => LeaseOf(cluster) is null, FiveMinutes, "the lease goes with its node");
        cluster.WaitUntil(() => cluster.RunningPods().Count(pod => pod.Spec.NodeName == "node-2") == 2, FiveMinutes, "its pods are replaced");
        cluster.RunFor(FiveMinutes);
        Assert.Null(NodeOf(cluster, "node-1"));
        Assert.Null(LeaseOf(cluster));

        cluster.Inject((id, cause) => new FaultProtocol.CrashKubelet(id, "node-1", cause));
        cluster.WaitUntil(() => NodeOf(cluster, "node-1") is { } node && NodeConditions.IsReady(node), FiveMinutes, "the kubelet registers its node");
        cluster.WaitUntil(() => LeaseOf(cluster) is not null, FiveMinutes, "and renews a lease");
    }

    [Fact]
    public void A_node_that_somebody_makes_again_is_taken_over_by_its_kubelet()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.Delete("nodes", "", "node-1");
        cluster.WaitUntil(() => LeaseOf(cluster) is null, FiveMinutes, "the lease goes with its node");
        var made = cluster.Create("nodes", new Node { Metadata = new ObjectMeta { Name = "node-1" } });
        cluster.WaitUntil(() => NodeConditions.IsReady(NodeOf(cluster, "node-1")!), FiveMinutes, "the kubelet reports its status");
        Assert.Equal(made.Metadata.Uid, LeaseOf(cluster)!.Metadata.OwnerReferences[0].Uid);
    }

    [Fact]
    public void A_node_without_a_machine_is_not_ready_and_its_pods_wait()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.Create("nodes", new Node { Metadata = new ObjectMeta { Name = "ghost" } });
        cluster.Create("pods", Pod("haunted") with { Spec = Pod("haunted").Spec with { NodeName = "ghost" } });
        cluster.WaitUntil(
            () => NodeOf(cluster, "ghost")!.Status.Conditions.Find(condition => condition.Type == "Ready") is { Status: "Unknown", Reason: "NodeStatusNeverUpdated" },
            FiveMinutes, "the node is given up");
        cluster.WaitUntil(() => NodeOf(cluster, "ghost")!.Spec.Taints.Any(taint => taint.Key == "node.kubernetes.io/unreachable"), FiveMinutes, "and tainted");
        Assert.Equal("Pending", cluster.Pod("haunted")!.Status.Phase);
        cluster.RunFor(FiveMinutes);
        Assert.NotNull(NodeOf(cluster, "ghost"));
    }

    private static Node? NodeOf(SimulatedCluster cluster, string name) => cluster.Nodes().SingleOrDefault(node => node.Metadata.Name == name);

    private static Lease? LeaseOf(SimulatedCluster cluster) => cluster.List<Lease>(Leases).SingleOrDefault(lease => lease.Metadata.Name == "node-1");
}
