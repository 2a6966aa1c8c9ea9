using ActorPlane.Scheduler;
using ActorPlane.Scheduler.Framework;
using static ActorPlane.Tests.Scheduler.Given;

namespace ActorPlane.Tests.Scheduler;

public class SchedulingAlgorithmTests
{
    [Fact]
    public void Without_nodes_the_message_says_so()
    {
        var decision = Algorithm().Schedule(PodInfo.Of(Pod("p")), []);
        Assert.Equal((null, "no nodes available to schedule pods"), (decision.Node, decision.Message));
        Assert.Equal(ClusterEvents.NodeAdded, decision.HelpedBy);
    }

    [Fact]
    public void The_message_counts_the_reasons_in_the_order_of_their_text()
    {
        NodeInfo[] nodes =
        [
            Info(Node("n1", cpu: "1")), Info(Node("n2", taints: [Taint("key", "value")])), Info(Node("n3", cpu: "1", memory: "1")),
            Info(Node("n4", taints: [Taint("key", "value")])), Info(Node("n5", cpu: "1")),
        ];
        var decision = Algorithm().Schedule(PodInfo.Of(Pod("p", "2", "1Gi")), nodes);
        Assert.Null(decision.Node);
        Assert.Equal("0/5 nodes are available: 1 Insufficient memory, 2 node(s) had untolerated taint {key: value}, 3 Insufficient cpu.", decision.Message);
        Assert.Equal(
            ClusterEvents.NodeAdded | ClusterEvents.NodeAllocatableChanged | ClusterEvents.NodeTaintsChanged | ClusterEvents.PodDeleted,
            decision.HelpedBy);
    }

    [Fact]
    public void The_best_of_the_fitting_nodes_wins()
    {
        NodeInfo[] nodes = [Info(Node("full"), Pod("q", "3", "6Gi")), Info(Node("small", cpu: "100m")), Info(Node("empty"))];
        Assert.Equal("empty", Algorithm().Schedule(PodInfo.Of(Pod("p", "500m", "1Gi")), nodes).Node!.Name);
    }

    [Fact]
    public void Equals_are_chosen_by_the_seed()
    {
        NodeInfo[] nodes = [.. Enumerable.Range(0, 50).Select(i => Info(Node($"n{i}")))];
        string[] Choices(ulong seed)
        {
            var algorithm = Algorithm(seed);
            return [.. Enumerable.Range(0, 20).Select(_ => algorithm.Schedule(PodInfo.Of(Pod("p")), nodes).Node!.Name)];
        }

        Assert.Equal(Choices(1), Choices(1));
        Assert.NotEqual(Choices(1), Choices(2));
    }

    [Fact]
    public void Of_many_equals_each_gets_its_share()
    {
        NodeInfo[] nodes = [.. Enumerable.Range(0, 4).Select(i => Info(Node($"n{i}")))];
        var algorithm = Algorithm();
        var counts = Enumerable.Range(0, 4000).GroupBy(_ => algorithm.Schedule(PodInfo.Of(Pod("p")), nodes).Node!.Name).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150));
        Assert.Equal(4, counts.Count);
    }

    [Fact]
    public void A_large_cluster_is_sampled_from_where_the_last_search_ended()
    {
        NodeInfo[] nodes = [.. Enumerable.Range(0, 1000).Select(i => Info(Node($"n{i:D4}")))];
        var algorithm = Algorithm();
        var first = algorithm.Schedule(PodInfo.Of(Pod("p", "1")), nodes);
        var second = algorithm.Schedule(PodInfo.Of(Pod("q", "1")), nodes);
        Assert.Equal((420, 420), (first.NodesLookedAt, first.FeasibleNodes));
        Assert.InRange(string.CompareOrdinal(first.Node!.Name, "n0420"), int.MinValue, -1);
        Assert.InRange(string.CompareOrdinal(second.Node!.Name, "n0420"), 0, int.MaxValue);
    }

    [Fact]
    public void All_nodes_are_looked_at_when_few_fit()
    {
        NodeInfo[] nodes = [.. Enumerable.Range(0, 1000).Select(i => Info(Node($"n{i:D4}", cpu: i == 777 ? "8" : "1")))];
        var decision = Algorithm().Schedule(PodInfo.Of(Pod("p", "4")), nodes);
        Assert.Equal(("n0777", 1000, 1), (decision.Node!.Name, decision.NodesLookedAt, decision.FeasibleNodes));
    }

    private static SchedulingAlgorithm Algorithm(ulong seed = 7) => new(SchedulingProfile.Default(), new NodeSampling(100, 5), new Chance(seed));
}
