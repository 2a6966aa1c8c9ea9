using ActorPlane.Scheduler;
using ActorPlane.Scheduler.Framework;
using static ActorPlane.Tests.Scheduler.Given;

namespace ActorPlane.Tests.Scheduler;

public class NodeCacheTests
{
    [Fact]
    public void An_assumed_pod_takes_room_until_it_is_forgotten()
    {
        var cache = new NodeCache();
        cache.SetNode(Node("n"));
        var node = cache.Nodes[0];
        cache.Assume(PodInfo.Of(Pod("p", "1")), node);
        Assert.Equal((1000, 1), (node.RequestedMilliCpu, node.PodCount));
        Assert.True(cache.Forget("uid-p"));
        Assert.Equal((0, 0), (node.RequestedMilliCpu, node.PodCount));
    }

    [Fact]
    public void A_pod_that_was_seen_bound_cannot_be_forgotten()
    {
        var cache = new NodeCache();
        cache.SetNode(Node("n"));
        var pod = Pod("p", "1");
        cache.Assume(PodInfo.Of(pod), cache.Nodes[0]);
        cache.SetPod(pod with { Spec = pod.Spec with { NodeName = "n" } });
        Assert.False(cache.Forget("uid-p"));
        Assert.Equal(1000, cache.Nodes[0].RequestedMilliCpu);
        Assert.True(cache.RemovePod("uid-p"));
        Assert.Equal(0, cache.Nodes[0].RequestedMilliCpu);
    }

    [Fact]
    public void A_pod_that_was_bound_elsewhere_moves()
    {
        var cache = new NodeCache();
        cache.SetNode(Node("n1"));
        cache.SetNode(Node("n2"));
        var pod = Pod("p", "1");
        cache.Assume(PodInfo.Of(pod), cache.Nodes[0]);
        cache.SetPod(pod with { Spec = pod.Spec with { NodeName = "n2" } });
        Assert.Equal((0, 1000), (cache.Nodes[0].RequestedMilliCpu, cache.Nodes[1].RequestedMilliCpu));
    }

    [Fact]
    public void Pods_may_be_seen_before_their_node()
    {
        var cache = new NodeCache();
        cache.SetPod(Pod("p", "1", node: "n"));
        Assert.True(cache.Nodes.IsEmpty);
        Assert.Equal(ClusterEvents.NodeAdded, cache.SetNode(Node("n")));
        Assert.Equal(1000, cache.Nodes[0].RequestedMilliCpu);
    }

    [Fact]
    public void A_node_that_comes_back_still_has_its_pods()
    {
        var cache = new NodeCache();
        cache.SetNode(Node("n"));
        cache.SetPod(Pod("p", "1", node: "n"));
        cache.RemoveNode("n");
        Assert.True(cache.Nodes.IsEmpty);
        cache.SetNode(Node("n"));
        Assert.Equal(1000, cache.Nodes[0].RequestedMilliCpu);
    }

    [Fact]
    public void Zones_take_turns()
    {
        var cache = new NodeCache();
        foreach (var (name, zone) in new[] { ("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c"), ("c2", "c") })
            cache.SetNode(Node(name, labels: Labels(("topology.kubernetes.io/zone", zone))));
        Assert.Equal(["a1", "b1", "c1", "a2", "c2", "a3"], cache.Nodes.ToArray().Select(node => node.Name));
    }

    [Fact]
    public void A_change_of_a_node_says_what_it_may_help()
    {
        var cache = new NodeCache();
        var node = Node("n");
        cache.SetNode(node);
        Assert.Equal(ClusterEvents.None, cache.SetNode(node with { Status = node.Status with { Phase = "x" } }));
        Assert.Equal(ClusterEvents.NodeAllocatableChanged, cache.SetNode(Node("n", cpu: "8")));
        Assert.Equal(ClusterEvents.NodeUnschedulableChanged, cache.SetNode(Node("n", cpu: "8", unschedulable: true)));
        Assert.Equal(ClusterEvents.NodeTaintsChanged, cache.SetNode(Node("n", cpu: "8", unschedulable: true, taints: [Taint("a")])));
        Assert.Equal(
            ClusterEvents.NodeLabelsChanged | ClusterEvents.NodeTaintsChanged,
            cache.SetNode(Node("n", cpu: "8", unschedulable: true, labels: Labels(("a", "b")))));
    }
}
