using ActorPlane.ControllerManager;
using ActorPlane.Settings;

namespace ActorPlane.Tests.ControllerManager;

public class ControllerSelectionTests
{
    [Theory]
    [InlineData("*", true, true)]
    [InlineData("*,-deployment-controller", false, true)]
    [InlineData("*,-deployment", false, true)]
    [InlineData("deployment-controller", true, false)]
    [InlineData("deployment,-deployment,*", true, true)]
    [InlineData("-deployment, deployment, *", false, true)]
    [InlineData("-replicaset", false, false)]
    [InlineData("", false, false)]
    public void The_first_entry_of_a_name_counts_and_the_star_stands_for_the_rest(string text, bool deployments, bool namespaces)
    {
        var selection = ControllerSelection.Parse(text);
        Assert.Equal(deployments, selection.IsEnabled("deployment-controller"));
        Assert.Equal(namespaces, selection.IsEnabled("namespace-controller"));
    }

    [Fact]
    public void All_run_unless_one_is_named()
    {
        Assert.True(ControllerSelection.Parse("*").IsAll);
        Assert.True(ControllerSelection.Parse("*,-statefulset-controller").IsAll);
        Assert.False(ControllerSelection.Parse("*,-podgc").IsAll);
    }

    [Theory]
    [InlineData("*,-colour", "\"colour\", which is not in the list of known controllers")]
    [InlineData("statefulset", "asks for statefulset-controller, which this control plane does not have")]
    public void What_is_not_there_is_refused(string text, string problem)
    {
        var error = Assert.Throws<SettingsException>(() => ControllerSelection.Parse(text, "--controllers"));
        Assert.Equal("--controllers", error.Key);
        Assert.Contains(problem, error.Problem);
    }
}
