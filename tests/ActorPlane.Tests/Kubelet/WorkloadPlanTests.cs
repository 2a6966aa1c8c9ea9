using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class WorkloadPlanTests
{
    [Theory]
    [InlineData("true", 0, 0)]
    [InlineData("false", 0, 1)]
    [InlineData("/bin/false", 0, 1)]
    [InlineData("sleep|5", 5, 0)]
    [InlineData("sleep|1.5m", 90, 0)]
    [InlineData("sh|-c|exit 3", 0, 3)]
    [InlineData("/bin/sh|-c|sleep 2; exit 1", 2, 1)]
    [InlineData("sh|-c|echo hello && sleep 3 && true", 3, 0)]
    [InlineData("sh|-c|false && sleep 3", 0, 1)]
    [InlineData("/bin/date|-u", 0, 0)]
    [InlineData("sh|-ec|sleep 1\nsleep 2", 3, 0)]
    public void A_plain_command_ends_as_on_a_real_machine(string command, double seconds, int exitCode) =>
        Assert.Equal(new WorkloadPlan(TimeSpan.FromSeconds(seconds), exitCode), WorkloadPlan.Parse(command.Split('|'), []));

    [Theory]
    [InlineData("nginx|-g|daemon off;")]
    [InlineData("sleep|infinity")]
    [InlineData("sleep|$DURATION")]
    [InlineData("sh|-c|while true; do sleep 5; done")]
    [InlineData("sh|-c|curl example.org || exit 1")]
    [InlineData("sh|-c|exit $CODE")]
    [InlineData("sh|script.sh")]
    public void Any_other_command_runs_for_ever(string command) => Assert.Null(WorkloadPlan.Parse(command.Split('|'), []));

    [Fact]
    public void Arguments_belong_to_the_command() =>
        Assert.Equal(new WorkloadPlan(TimeSpan.FromSeconds(7), 0), WorkloadPlan.Parse(["sleep"], ["7"]));

    [Fact]
    public void Arguments_that_are_a_command_run_in_an_image_without_one() =>
        Assert.Equal(new WorkloadPlan(TimeSpan.FromSeconds(7), 0), WorkloadPlan.Parse([], ["sleep", "7"]));

    [Theory]
    [InlineData]
    [InlineData("--port=80")]
    public void Without_a_command_the_image_runs_for_ever(params string[] args) => Assert.Null(WorkloadPlan.Parse([], args));
}
