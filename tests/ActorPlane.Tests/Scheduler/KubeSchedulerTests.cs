using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Tests.ControllerManager;

namespace ActorPlane.Tests.Scheduler;

public class KubeSchedulerTests
{
    [Fact]
    public void A_pod_is_bound_and_an_event_says_where()
    {
        using var cluster = new ClusterUnderTest(nodes: 1);
        cluster.Create("pods", Pod("p", "1"));
        cluster.RunUntil(() => cluster.Pod("p")?.Spec.NodeName == "node-1");
        cluster.RunFor(1);
        var scheduled = Assert.Single(cluster.List<Event>("events"), e => e.Reason == "Scheduled");
        Assert.Equal(("Normal", "Successfully assigned default/p to node-1", "default-scheduler"), (scheduled.Type, scheduled.Message, scheduled.Source.Component));
    }

    [Fact]
    public void A_pod_that_fits_nowhere_says_why_and_is_placed_when_a_node_joins()
    {
        using var cluster = new ClusterUnderTest(nodes: 3, cpu: "1");
        cluster.Create("pods", Pod("p", "2"));
        cluster.RunUntil(() => Condition(cluster) is not null);
        Assert.Equal(("False", "Unschedulable", "0/3 nodes are available: 3 Insufficient cpu."), (Condition(cluster)!.Status, Condition(cluster)!.Reason, Condition(cluster)!.Message));
        cluster.RunFor(1);
        Assert.Contains(cluster.List<Event>("events"), e => e is { Reason: "FailedScheduling", Type: "Warning", Message: "0/3 nodes are available: 3 Insufficient cpu." });
        cluster.RunFor(100);
        cluster.Do(nodes => nodes.PowerOn("large", "4"));
        cluster.RunUntil(() => cluster.Pod("p")!.Spec.NodeName == "large", 1);
    }

    [Fact]
    public void A_pod_gets_the_room_that_a_deleted_one_leaves()
    {
        using var cluster = new ClusterUnderTest(nodes: 1, cpu: "1");
        cluster.Create("pods", Pod("first", "1"));
        cluster.RunUntil(() => cluster.Pod("first")!.Spec.NodeName is not null);
        cluster.Create("pods", Pod("second", "1"));
        cluster.RunFor(30);
        Assert.Null(cluster.Pod("second")!.Spec.NodeName);
        cluster.Delete("pods", "first");
        cluster.RunUntil(() => cluster.Pod("second")!.Spec.NodeName is not null, 2);
    }

    [Fact]
    public void No_node_gets_more_than_it_has_room_for()
    {
        using var cluster = new ClusterUnderTest(nodes: 4, cpu: "10");
        for (var i = 0; i < 60; i++) cluster.Create("pods", Pod($"p{i:D2}", "1"));
        cluster.RunFor(5);
        Assert.Equal([10, 10, 10, 10], cluster.Pods.Where(pod => pod.Spec.NodeName is not null).GroupBy(pod => pod.Spec.NodeName).Select(group => group.Count()));
    }

    [Fact]
    public void More_urgent_pods_take_the_room_first()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("pods", Pod("low", "1"));
        cluster.Create("pods", Pod("high", "1", priorityClass: "system-cluster-critical"));
        cluster.RunFor(20);
        cluster.Do(nodes => nodes.PowerOn("node-1", "1"));
        cluster.RunUntil(() => cluster.Pods.Any(pod => pod.Spec.NodeName is not null), 2);
        Assert.Equal("node-1", cluster.Pod("high")!.Spec.NodeName);
        Assert.Null(cluster.Pod("low")!.Spec.NodeName);
    }

    [Fact]
    public void The_pods_of_another_scheduler_are_left_alone()
    {
        using var cluster = new ClusterUnderTest(nodes: 1);
        var pod = Pod("p", "1");
        cluster.Create("pods", pod with { Spec = pod.Spec with { SchedulerName = "mine" } });
        cluster.RunFor(10);
        Assert.Null(cluster.Pod("p")!.Spec.NodeName);
    }

    private static PodCondition? Condition(ClusterUnderTest cluster) => cluster.Pod("p")?.Status.Conditions.Find(condition => condition.Type == "PodScheduled");

    private static Pod Pod(string name, string cpu, string? priorityClass = null) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new PodSpec { PriorityClassName = priorityClass, Containers = [Given.Container(cpu) with { Image = "nginx" }] },
    };
}
