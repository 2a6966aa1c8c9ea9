using ActorPlane.Api;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager.Nodes;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class NodeHealthTests
{
    private static readonly NodeLifecycleSettings Settings = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60), 0.1, 0.01, 50, 0.55);

    [Fact]
    public void A_node_is_lost_when_it_has_not_been_heard_of_for_more_than_fifty_seconds()
    {
        var node = Node("True");
        var health = NodeHealth.Begin(node, Renewed(0), Now);
        Assert.Null(health.Observe(node, Renewed(0), Now.AddSeconds(50)).JudgeLost(node, Settings, Now.AddSeconds(50)));
        var lost = health.JudgeLost(node, Settings, Now.AddSeconds(51))!;
        var ready = NodeTaints.Condition(lost, "Ready")!;
        Assert.Equal(("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status."), (ready.Status, ready.Reason, ready.Message));
        Assert.Equal(Now.AddSeconds(51), ready.LastTransitionTime!.Value.Time);
        Assert.Equal(("Unknown", "NodeStatusNeverUpdated"), (NodeTaints.Condition(lost, "MemoryPressure")!.Status, NodeTaints.Condition(lost, "MemoryPressure")!.Reason));
        Assert.Null(health.JudgeLost(node with { Status = lost }, Settings, Now.AddSeconds(60)));
    }

    [Fact]
    public void The_nodes_of_a_zone_are_counted_together_in_whatever_order_they_come()
    {
        WatchedNode[] nodes = [InZone("True", "a"), InZone("False", "a"), InZone("True", "b"), InZone("True", "a"), InZone("Unknown", null)];

        Assert.Equal(
            [new("/", new ZoneHealth(0, 1)), new("eu/a", new ZoneHealth(2, 1)), new("eu/b", new ZoneHealth(1, 0))],
            ZoneHealth.Count(nodes));

        static WatchedNode InZone(string ready, string? zone)
        {
            var node = Node(ready);
            ValueMap<string> labels = zone is null
                ? ValueMap<string>.Empty
                : ValueMap<string>.From([new("topology.kubernetes.io/region", "eu"), new("topology.kubernetes.io/zone", zone)]);
            node = node with { Metadata = node.Metadata with { Uid = "uid", Labels = labels } };
            return new WatchedNode(node, NodeHealth.Begin(node, null, Now));
        }
    }

    [Fact]
    public void A_renewed_lease_or_a_new_heartbeat_is_a_sign_of_life()
    {
        var node = Node("True");
        var health = NodeHealth.Begin(node, Renewed(0), Now);
        Assert.Equal(Now.AddSeconds(10), health.Observe(node, Renewed(10), Now.AddSeconds(10)).HeardAt);
        Assert.Equal(Now.AddSeconds(10), health.Observe(Node("True", heartbeat: 9), Renewed(0), Now.AddSeconds(10)).HeardAt);
        Assert.Equal(Now, health.Observe(node, Renewed(-5), Now.AddSeconds(10)).HeardAt);
        Assert.Equal(Now, health.Observe(node, null, Now.AddSeconds(10)).HeardAt);
    }

    [Fact]
    public void A_node_that_never_said_anything_has_sixty_seconds()
    {
        var node = Node(null);
        var health = NodeHealth.Begin(node, null, Now);
        Assert.Null(health.JudgeLost(node, Settings, Now.AddSeconds(60)));
        Assert.Equal("NodeStatusNeverUpdated", NodeTaints.Condition(health.JudgeLost(node, Settings, Now.AddSeconds(61))!, "Ready")!.Reason);
    }

    [Theory]
    [InlineData("True", EvictionLeave.Granted, "")]
    [InlineData("Unknown", EvictionLeave.Waiting, "node.kubernetes.io/unreachable:NoSchedule")]
    [InlineData("Unknown", EvictionLeave.Granted, "node.kubernetes.io/unreachable:NoSchedule node.kubernetes.io/unreachable:NoExecute")]
    [InlineData("False", EvictionLeave.Granted, "node.kubernetes.io/not-ready:NoSchedule node.kubernetes.io/not-ready:NoExecute")]
    [InlineData(null, EvictionLeave.Granted, "")]
    public void Taints_follow_the_condition_ready(string? ready, EvictionLeave leave, string taints) =>
        Assert.Equal(taints, Text(NodeTaints.Wanted(Node(ready), leave, Now)));

    [Fact]
    public void A_node_that_speaks_again_but_is_not_ready_exchanges_its_taints_at_once()
    {
        var lost = Node("Unknown");
        var tainted = lost.Spec with { Taints = NodeTaints.Wanted(lost, EvictionLeave.Granted, Now) };
        Assert.Equal(
            "node.kubernetes.io/not-ready:NoSchedule node.kubernetes.io/not-ready:NoExecute",
            Text(NodeTaints.Wanted(Node("False") with { Spec = tainted }, EvictionLeave.Waiting, Now)));
    }

    [Fact]
    public void A_node_that_recovers_loses_the_taints_and_keeps_its_own()
    {
        var lost = Node("Unknown") with { Spec = new NodeSpec { Taints = [new Taint { Key = "mine", Effect = "NoExecute" }] } };
        var tainted = lost.Spec with { Taints = NodeTaints.Wanted(lost, EvictionLeave.Granted, Now) };
        Assert.Equal(3, tainted.Taints.Count);
        Assert.Equal("mine:NoExecute", Text(NodeTaints.Wanted(Node("True") with { Spec = tainted }, EvictionLeave.Waiting, Now)));
        Assert.Equal(
            "mine:NoExecute node.kubernetes.io/unreachable:NoSchedule",
            Text(NodeTaints.Wanted(lost with { Spec = tainted }, EvictionLeave.Withdrawn, Now)));
    }

    [Fact]
    public void A_cordoned_node_under_pressure_has_both_taints()
    {
        var node = Node("True", condition: new NodeCondition { Type = "DiskPressure", Status = "True" }) with { Spec = new NodeSpec { Unschedulable = true } };
        Assert.Equal("node.kubernetes.io/disk-pressure:NoSchedule node.kubernetes.io/unschedulable:NoSchedule", Text(NodeTaints.Wanted(node, EvictionLeave.Waiting, Now)));
    }

    [Fact]
    public void Taints_that_are_right_are_left_alone()
    {
        var node = Node("Unknown");
        node = node with { Spec = node.Spec with { Taints = NodeTaints.Wanted(node, EvictionLeave.Granted, Now) } };
        Assert.Same(node.Spec.Taints, NodeTaints.Wanted(node, EvictionLeave.Granted, Now.AddHours(1)));
    }

    [Theory]
    [InlineData(5, 0, ZoneState.Normal, 0.1)]
    [InlineData(3, 2, ZoneState.Normal, 0.1)]
    [InlineData(1, 2, ZoneState.Normal, 0.1)]
    [InlineData(2, 3, ZoneState.PartialDisruption, 0)]
    [InlineData(40, 60, ZoneState.PartialDisruption, 0.01)]
    [InlineData(46, 54, ZoneState.Normal, 0.1)]
    [InlineData(0, 5, ZoneState.FullDisruption, 0.1)]
    public void Evictions_slow_down_when_much_of_a_zone_fails_at_once(int ready, int notReady, ZoneState state, double rate)
    {
        var zone = new ZoneHealth(ready, notReady);
        Assert.Equal((state, rate, 0), (zone.State(Settings), zone.EvictionRate(Settings, false), zone.EvictionRate(Settings, true)));
    }

    [Fact]
    public void One_node_in_ten_seconds_is_evicted()
    {
        var limiter = new EvictionLimiter(Now);
        limiter.SetRate(0.1, Now);
        Assert.True(limiter.TryTake(Now));
        Assert.False(limiter.TryTake(Now));
        Assert.Equal(TimeSpan.FromSeconds(10), limiter.Wait(Now));
        Assert.False(limiter.TryTake(Now.AddSeconds(9.9)));
        Assert.True(limiter.TryTake(Now.AddSeconds(10)));
        limiter.SetRate(0, Now.AddSeconds(10));
        Assert.Null(limiter.Wait(Now.AddHours(1)));
        Assert.False(limiter.TryTake(Now.AddHours(1)));
    }

    [Fact]
    public void A_pod_stays_as_long_as_it_tolerates_all_taints()
    {
        ValueList<Taint> taints = [new Taint { Key = "a", Effect = "NoExecute" }, new Taint { Key = "b", Effect = "NoExecute" }, new Taint { Key = "c", Effect = "NoSchedule" }];
        Toleration For(string key, long? seconds) => new() { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = seconds };
        Assert.Equal(TimeSpan.Zero, PodEviction.Patience([], taints));
        Assert.Equal(TimeSpan.Zero, PodEviction.Patience([For("a", 300)], taints));
        Assert.Equal(TimeSpan.FromSeconds(20), PodEviction.Patience([For("a", 300), For("b", 20)], taints));
        Assert.Equal(TimeSpan.FromSeconds(300), PodEviction.Patience([For("a", 300), For("b", null)], taints));
        Assert.Null(PodEviction.Patience([For("a", null), For("b", null)], taints));
        Assert.Equal(TimeSpan.Zero, PodEviction.Patience([For("a", -5), For("b", null)], taints));
        Assert.Null(PodEviction.Patience([], [taints[2]]));
    }

    private static Node Node(string? ready, int heartbeat = 0, NodeCondition? condition = null) => new()
    {
        Metadata = new ObjectMeta { Name = "n", Uid = "uid-n", CreationTimestamp = Now },
        Status = new NodeStatus
        {
            Conditions =
            [
                .. ready is null ? [] : new[] { new NodeCondition { Type = "Ready", Status = ready, LastHeartbeatTime = Now.AddSeconds(heartbeat) } },
                .. condition is null ? [] : new[] { condition },
            ],
        },
    };

    private static Lease Renewed(int seconds) => new() { Spec = new LeaseSpec { RenewTime = MicroTimestamp.From(Now.AddSeconds(seconds)) } };

    private static string Text(ValueList<Taint> taints) => string.Join(' ', taints.Select(taint => $"{taint.Key}:{taint.Effect}"));
}
