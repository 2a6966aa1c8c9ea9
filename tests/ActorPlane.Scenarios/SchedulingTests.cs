using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Scheduling.V1;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>The scheduler in a whole cluster: what it says when there is nowhere to go, and what it tries again.</summary>
public sealed class SchedulingTests
{
    [Fact]
    public void A_pod_that_fits_nowhere_says_why_in_its_condition_and_in_an_Event()
    {
        using var cluster = SimulatedCluster.Start();
        cluster.Create("pods", Pod("huge", Workloads.Pod("16", "128Mi")));

        cluster.WaitUntil(() => Scheduled(cluster, "huge") is { Status: "False" }, TimeSpan.FromSeconds(10), "the scheduler says why");
        cluster.RunFor(TimeSpan.FromSeconds(1));

        const string message = "0/3 nodes are available: 3 Insufficient cpu.";
        var condition = Scheduled(cluster, "huge")!;
        Assert.Equal(("Unschedulable", message), (condition.Reason, condition.Message));
        Assert.Equal("Pending", cluster.Pod("huge")!.Status.Phase);
        var said = Assert.Single(cluster.EventsOf("huge", "FailedScheduling"));
        Assert.Equal(("Warning", message), (said.Type, said.Message));
    }

    [Fact]
    public void All_reasons_are_counted_and_ordered()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 5 });
        var cordoned = cluster.Node("node-2");
        cluster.Update("nodes", cordoned with { Spec = cordoned.Spec with { Unschedulable = true } });
        foreach (var name in (string[])["node-3", "node-4"])
        {
            var node = cluster.Node(name);
            cluster.Update("nodes", node with { Spec = node.Spec with { Taints = [new Taint { Key = "gpu", Value = "true", Effect = "NoSchedule" }] } });
        }

        cluster.Create("pods", Pod("huge", Workloads.Pod("16", "128Mi")));

        cluster.WaitUntil(() => Scheduled(cluster, "huge") is { Status: "False" }, TimeSpan.FromSeconds(10), "the scheduler says why");
        Assert.Equal(
            "0/5 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu, 2 node(s) had untolerated taint {gpu: true}.",
            Scheduled(cluster, "huge")!.Message);
    }

    [Fact]
    public void A_pod_without_a_place_is_placed_when_a_node_is_added()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, Cpu = "1" });
        cluster.StartPod(Pod("first", Workloads.Pod("800m", "128Mi")));
        cluster.Create("pods", Pod("second", Workloads.Pod("800m", "128Mi")));
        cluster.HoldsFor(() => cluster.Pod("second")!.Spec.NodeName is null, TimeSpan.FromMinutes(1), "there is no room");

        cluster.AddNode("node-2");

        cluster.WaitUntil(() => cluster.Pod("second")!.Status.Phase == "Running", TimeSpan.FromSeconds(30), "it runs");
        Assert.Equal("node-2", cluster.Pod("second")!.Spec.NodeName);
    }

    [Fact]
    public void A_pod_without_a_place_is_placed_when_another_is_deleted()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, Cpu = "1" });
        cluster.StartPod(Pod("first", Workloads.Pod("800m", "128Mi")));
        cluster.Create("pods", Pod("second", Workloads.Pod("800m", "128Mi")));
        cluster.HoldsFor(() => cluster.Pod("second")!.Spec.NodeName is null, TimeSpan.FromMinutes(1), "there is no room");

        cluster.Delete("pods", "default", "first");

        cluster.WaitUntil(() => cluster.Pod("second")!.Status.Phase == "Running", TimeSpan.FromSeconds(30), "it runs");
    }

    [Fact]
    public void A_pod_without_a_place_is_placed_when_a_node_is_uncordoned()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        var node = cluster.Node("node-1");
        node = cluster.Update("nodes", node with { Spec = node.Spec with { Unschedulable = true } });
        cluster.Create("pods", Pod("web"));
        cluster.HoldsFor(() => cluster.Pod("web")!.Spec.NodeName is null, TimeSpan.FromMinutes(1), "the node is cordoned");

        node = cluster.Node("node-1");
        cluster.Update("nodes", node with { Spec = node.Spec with { Unschedulable = null, Taints = ValueList<Taint>.Empty } });

        cluster.WaitUntil(() => cluster.Pod("web")!.Status.Phase == "Running", TimeSpan.FromSeconds(30), "it runs");
    }

    [Fact]
    public void The_more_important_of_waiting_pods_gets_the_room()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, Cpu = "1" });
        cluster.Create("priorityclasses.scheduling.k8s.io", new PriorityClass { Metadata = new ObjectMeta { Name = "important" }, Value = 1000, PreemptionPolicy = "Never" });
        cluster.StartPod(Pod("first", Workloads.Pod("800m", "128Mi")));
        cluster.Create("pods", Pod("low", Workloads.Pod("800m", "128Mi")));
        cluster.RunFor(TimeSpan.FromSeconds(5));
        cluster.Create("pods", Pod("high", Workloads.Pod("800m", "128Mi") with { PriorityClassName = "important" }));
        cluster.RunFor(TimeSpan.FromMinutes(1));
        Assert.Equal(1000, cluster.Pod("high")!.Spec.Priority);

        cluster.Delete("pods", "default", "first");

        cluster.WaitUntil(() => cluster.Pod("high")!.Status.Phase == "Running", TimeSpan.FromSeconds(30), "the important one runs");
        Assert.Null(cluster.Pod("low")!.Spec.NodeName);
    }

    [Fact]
    public void A_pod_that_is_given_a_node_by_its_author_is_not_scheduled()
    {
        using var cluster = SimulatedCluster.Start();

        cluster.StartPod(Pod("static", Workloads.Pod("100m", "64Mi") with { NodeName = "node-3" }));

        Assert.DoesNotContain(cluster.Trace.Entries, entry => entry.From == "kube-scheduler" && entry.Text.Contains("bind", StringComparison.Ordinal));
    }

    private static PodCondition? Scheduled(SimulatedCluster cluster, string pod) =>
        cluster.Pod(pod)?.Status.Conditions.SingleOrDefault(condition => condition.Type == "PodScheduled");
}
