using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api.Tests;

public sealed class SchedulingSelectorTests
{
    private static readonly Core.V1.Node Worker = new()
    {
        Metadata = new() { Name = "worker-1", Labels = ValueMap.Of(("zone", "a"), ("cores", "8")) },
    };

    [Theory]
    [InlineData("zone", "In", "a,b", true)]
    [InlineData("zone", "NotIn", "a", false)]
    [InlineData("absent", "NotIn", "a", true)]
    [InlineData("zone", "Exists", "", true)]
    [InlineData("zone", "DoesNotExist", "", false)]
    [InlineData("cores", "Gt", "7", true)]
    [InlineData("cores", "Lt", "8", false)]
    [InlineData("zone", "Gt", "7", false)]
    public void A_node_requirement_fits_as_in_Kubernetes(string key, string operation, string values, bool fits)
    {
        ValueList<string> list = values.Length == 0 ? [] : [.. values.Split(',')];
        var term = new NodeSelectorTerm { MatchExpressions = [new NodeSelectorRequirement { Key = key, Operator = operation, Values = list }] };
        Assert.Equal(fits, NodeSelectors.Matches(term, Worker));
    }

    [Fact]
    public void An_empty_term_fits_no_node_and_a_field_can_name_one()
    {
        Assert.False(NodeSelectors.Matches(NodeSelectorTerm.Empty, Worker));
        var byName = new NodeSelectorTerm { MatchFields = [new NodeSelectorRequirement { Key = "metadata.name", Operator = "In", Values = ["worker-1"] }] };
        Assert.True(NodeSelectors.Matches(byName, Worker));
    }

    [Fact]
    public void A_pod_fits_a_node_when_selector_and_one_term_of_the_affinity_do()
    {
        var pod = new PodSpec { NodeSelector = ValueMap.Of(("zone", "a")) };
        Assert.True(NodeSelectors.MatchesRequired(pod, Worker));
        Assert.False(NodeSelectors.MatchesRequired(pod with { NodeSelector = ValueMap.Of(("zone", "b")) }, Worker));
    }

    [Theory]
    [InlineData("k", "Equal", "v", "NoSchedule", true)]
    [InlineData("k", null, "v", "NoSchedule", true)]
    [InlineData("k", "Equal", "w", "NoSchedule", false)]
    [InlineData("k", "Exists", null, "NoSchedule", true)]
    [InlineData(null, "Exists", null, null, true)]
    [InlineData("k", "Exists", null, "NoExecute", false)]
    public void A_toleration_bears_a_taint_as_in_Kubernetes(string? key, string? operation, string? value, string? effect, bool bears)
    {
        var taint = new Taint { Key = "k", Value = "v", Effect = "NoSchedule" };
        Assert.Equal(bears, new Toleration { Key = key, Operator = operation, Value = value, Effect = effect }.Tolerates(taint));
    }

    [Fact]
    public void No_selector_fits_nothing_and_the_empty_one_everything()
    {
        LabelSelector? none = null;
        Assert.False(none.Matches(ValueMap<string>.Empty));
        Assert.True(LabelSelector.Empty.Matches(ValueMap<string>.Empty));
    }
}
