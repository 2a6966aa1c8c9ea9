using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;
using ActorPlane.Scheduler.Plugins;
using static ActorPlane.Tests.Scheduler.Given;

namespace ActorPlane.Tests.Scheduler;

public class ScoreTests
{
    [Fact]
    public void The_emptier_node_scores_higher()
    {
        // What stays free of cpu and of memory: 25 % and 50 %, then 50 % and 40 %.
        Assert.Equal(37, Fit(Pod("p", "3000m", "5000"), Info(Node("n", "4", "10000"))));
        Assert.Equal(45, Fit(Pod("p", "3000m", "5000"), Info(Node("n", "6", "10000"), Pod("q", "0", "1000"))));
    }

    [Fact]
    public void A_container_without_requests_counts_as_100_millicores_and_200_mebibytes()
    {
        Assert.Equal((90 + 80) / 2, Fit(Pod("p"), Info(Node("n", "1", "1000Mi"))));
        Assert.Equal((80 + 60) / 2, Fit(Pod("p"), Info(Node("n", "1", "1000Mi"), Pod("q"))));
    }

    [Fact]
    public void A_request_of_zero_counts_as_zero() => Assert.Equal(100, Fit(Pod("p", "0", "0"), Info(Node("n", "1", "1000Mi"))));

    [Fact]
    public void A_resource_that_the_node_does_not_offer_does_not_count() => Assert.Equal(50, Fit(Pod("p", "500m", "0"), Info(Node("n", "1", "0"))));

    [Fact]
    public void An_overcommitted_resource_scores_zero() => Assert.Equal(50, Fit(Pod("p", "500m", "0"), Info(Node("n", "1", "1Gi"), Pod("q", "800m", "0"))));

    [Theory]
    [InlineData("500m", "500", 100)]
    [InlineData("500m", "0", 75)]
    [InlineData("1000m", "0", 50)]
    [InlineData("2000m", "500", 75)]
    public void A_node_whose_cpu_and_memory_are_used_alike_is_balanced(string cpu, string memory, long score) =>
        Assert.Equal(score, new NodeResourcesBalancedAllocation().Score(PodInfo.Of(Pod("p", cpu, memory)), Info(Node("n", "1", "1000"))));

    [Fact]
    public void Fewer_untolerated_soft_taints_score_higher()
    {
        var plugin = new TaintToleration();
        var pod = PodInfo.Of(Pod("p", spec: new PodSpec { Tolerations = [new Toleration { Key = "c", Operator = "Exists", Effect = "NoSchedule" }, new Toleration { Key = "d", Operator = "Exists" }] }));
        long[] scores =
        [
            plugin.Score(pod, Info(Node("n1"))),
            plugin.Score(pod, Info(Node("n2", taints: [Taint("a", effect: "PreferNoSchedule"), Taint("c", effect: "PreferNoSchedule"), Taint("d", effect: "PreferNoSchedule")]))),
            plugin.Score(pod, Info(Node("n3", taints: [Taint("a", effect: "PreferNoSchedule")]))),
        ];
        Assert.Equal([0, 2, 1], scores);
        plugin.Normalize(scores);
        Assert.Equal([100, 0, 50], scores);
    }

    [Fact]
    public void Without_soft_taints_all_nodes_score_alike()
    {
        long[] scores = [0, 0];
        new TaintToleration().Normalize(scores);
        Assert.Equal([100, 100], scores);
    }

    [Fact]
    public void Preferred_terms_add_their_weights()
    {
        var spec = new PodSpec
        {
            Affinity = new Affinity
            {
                NodeAffinity = new ActorPlane.Api.Core.V1.NodeAffinity
                {
                    PreferredDuringSchedulingIgnoredDuringExecution = [Prefers(30, "disk", "ssd"), Prefers(10, "zone", "a")],
                },
            },
        };
        var pod = PodInfo.Of(Pod("p", spec: spec));
        var plugin = new ActorPlane.Scheduler.Plugins.NodeAffinity();
        Assert.True(plugin.HasPreference(pod));
        Assert.False(plugin.AppliesTo(pod));
        long[] scores =
        [
            plugin.Score(pod, Info(Node("n1", labels: Labels(("disk", "ssd"), ("zone", "a"))))),
            plugin.Score(pod, Info(Node("n2", labels: Labels(("zone", "a"))))),
            plugin.Score(pod, Info(Node("n3"))),
        ];
        plugin.Normalize(scores);
        Assert.Equal([100, 25, 0], scores);
    }

    private static long Fit(Pod pod, NodeInfo node) => new NodeResourcesFit().Score(PodInfo.Of(pod), node);

    private static PreferredSchedulingTerm Prefers(int weight, string key, string value) => new()
    {
        Weight = weight,
        Preference = new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = key, Operator = "In", Values = [value] }] },
    };
}
