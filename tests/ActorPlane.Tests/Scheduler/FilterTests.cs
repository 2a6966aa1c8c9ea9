using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;
using ActorPlane.Scheduler.Plugins;
using static ActorPlane.Tests.Scheduler.Given;

namespace ActorPlane.Tests.Scheduler;

public class FilterTests
{
    private static readonly ValueList<Toleration> ToleratesAll = [new Toleration { Operator = "Exists" }];

    [Fact]
    public void A_cordoned_node_takes_no_pod() =>
        Assert.Equal(["node(s) were unschedulable"], Reasons(new NodeUnschedulable(), Pod("p"), Info(Node("n", unschedulable: true))));

    [Fact]
    public void A_pod_that_tolerates_everything_goes_to_a_cordoned_node() =>
        Assert.Empty(Reasons(new NodeUnschedulable(), Pod("p", spec: new PodSpec { Tolerations = ToleratesAll }), Info(Node("n", unschedulable: true))));

    [Theory]
    [InlineData("n1", 0)]
    [InlineData("n2", 1)]
    public void A_pod_that_names_its_node_fits_there_only(string node, int rejections)
    {
        var pod = PodInfo.Of(Pod("p", node: "n1"));
        Assert.True(new NodeName().AppliesTo(pod));
        Assert.Equal(rejections, Reasons(new NodeName(), pod.Pod, Info(Node(node))).Count(reason => reason == "node(s) didn't match the requested node name"));
    }

    [Fact]
    public void The_first_taint_that_is_not_tolerated_is_named()
    {
        var node = Info(Node("n", taints: [Taint("soft", effect: "PreferNoSchedule"), Taint("a", "1"), Taint("b", "2", "NoExecute")]));
        var pod = Pod("p", spec: new PodSpec { Tolerations = [new Toleration { Key = "a", Operator = "Equal", Value = "1" }] });
        Assert.Equal(["node(s) had untolerated taint {b: 2}"], Reasons(new TaintToleration(), pod, node));
        Assert.Equal(["node(s) had untolerated taint {a: 1}"], Reasons(new TaintToleration(), Pod("q"), node));
        Assert.Equal(["node(s) had untolerated taint {b: }"], Reasons(new TaintToleration(), Pod("q"), Info(Node("m", taints: [Taint("b")]))));
    }

    [Fact]
    public void A_node_selector_and_required_affinity_must_both_match()
    {
        var affinity = new Affinity
        {
            NodeAffinity = new ActorPlane.Api.Core.V1.NodeAffinity
            {
                RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelector
                {
                    NodeSelectorTerms =
                    [
                        new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = "zone", Operator = "In", Values = ["a", "b"] }] },
                        new NodeSelectorTerm { MatchFields = [new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = ["n9"] }] },
                    ],
                },
            },
        };
        var pod = Pod("p", spec: new PodSpec { NodeSelector = Labels(("disk", "ssd")), Affinity = affinity });
        var plugin = new ActorPlane.Scheduler.Plugins.NodeAffinity();
        Assert.Empty(Reasons(plugin, pod, Info(Node("n1", labels: Labels(("disk", "ssd"), ("zone", "b"))))));
        Assert.Empty(Reasons(plugin, pod, Info(Node("n9", labels: Labels(("disk", "ssd"))))));
        foreach (var labels in new[] { Labels(("disk", "ssd")), Labels(("zone", "a")), Labels(("disk", "hdd"), ("zone", "a")) })
            Assert.Equal(["node(s) didn't match Pod's node affinity/selector"], Reasons(plugin, pod, Info(Node("n1", labels: labels))));
    }

    [Theory]
    [InlineData("TCP", null, 80, true)]
    [InlineData("TCP", "10.0.0.1", 80, true)]
    [InlineData("UDP", null, 80, false)]
    [InlineData("TCP", null, 81, false)]
    public void A_port_of_the_node_is_given_once(string protocol, string? ip, int port, bool conflicts)
    {
        var node = Info(Node("n"), WithPort("first", "TCP", null, 80));
        var reasons = Reasons(new NodePorts(), WithPort("second", protocol, ip, port), node);
        Assert.Equal(conflicts ? ["node(s) didn't have free ports for the requested pod ports"] : [], reasons);
    }

    [Fact]
    public void Two_addresses_of_a_node_have_ports_of_their_own()
    {
        var node = Info(Node("n"), WithPort("first", "TCP", "10.0.0.1", 80));
        Assert.Empty(Reasons(new NodePorts(), WithPort("second", "TCP", "10.0.0.2", 80), node));
    }

    [Fact]
    public void A_port_is_free_again_when_its_pod_is_gone()
    {
        var first = WithPort("first", "TCP", null, 80);
        var node = Info(Node("n"), first);
        node.Remove(PodDemand.Of(first.Spec));
        Assert.Empty(Reasons(new NodePorts(), WithPort("second", "TCP", null, 80), node));
    }

    [Fact]
    public void Everything_that_is_missing_is_named()
    {
        var node = Info(Node("n", cpu: "1", memory: "1Gi", pods: 1), Pod("first", "600m", "600Mi"));
        var spec = new PodSpec { Containers = [Container("500m", "500Mi", ("ephemeral-storage", "1Gi"), ("example.com/gpu", "1"))] };
        Assert.Equal(
            ["Too many pods", "Insufficient cpu", "Insufficient memory", "Insufficient ephemeral-storage", "Insufficient example.com/gpu"],
            Reasons(new NodeResourcesFit(), Pod("second", spec: spec), node));
    }

    [Fact]
    public void What_fits_exactly_fits()
    {
        var node = Info(Node("n", cpu: "1", memory: "1Gi", more: ("example.com/gpu", "2")), Pod("first", "600m", "600Mi"));
        var spec = new PodSpec { Containers = [Container("400m", "424Mi", ("example.com/gpu", "2"))] };
        Assert.Empty(Reasons(new NodeResourcesFit(), Pod("second", spec: spec), node));
    }

    [Fact]
    public void A_pod_that_asks_for_nothing_fits_on_an_overcommitted_node() =>
        Assert.Empty(Reasons(new NodeResourcesFit(), Pod("second"), Info(Node("n", cpu: "1"), Pod("first", "2"))));

    private static IReadOnlyList<string> Reasons(IFilterPlugin plugin, Pod pod, NodeInfo node) =>
        plugin.Filter(PodInfo.Of(pod), node)?.Reasons ?? [];

    private static Pod WithPort(string name, string protocol, string? ip, int port) => Pod(name, spec: new PodSpec
    {
        Containers = [new Container { Ports = [new ContainerPort { Protocol = protocol, HostIP = ip, HostPort = port, ContainerPort_ = 8080 }] }],
    });
}
