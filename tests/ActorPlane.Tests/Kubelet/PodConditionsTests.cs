using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class PodConditionsTests
{
    private static readonly PodCondition Scheduled = new() { Type = "PodScheduled", Status = "True", LastTransitionTime = Pods.Now };

    [Fact]
    public void A_pod_whose_containers_are_being_created_is_initialized_but_not_ready() =>
        Assert.Equal(
            """
            PodReadyToStartContainers=False
            Initialized=True
            Ready=False ContainersNotReady containers with unready status: [a b]
            ContainersReady=False ContainersNotReady containers with unready status: [a b]
            PodScheduled=True
            """,
            Text(PodConditions.Of(Pods.Spec("Always", "a", "b"), "Pending", false, [], Pods.Statuses("a:wait b:wait"), [Scheduled], Pods.Now)));

    [Fact]
    public void A_pod_whose_containers_run_is_ready() =>
        Assert.Equal(
            """
            PodReadyToStartContainers=True
            Initialized=True
            Ready=True
            ContainersReady=True
            PodScheduled=True
            """,
            Text(PodConditions.Of(Pods.Spec("Always", "a"), "Running", true, [], Pods.Statuses("a:run"), [Scheduled], Pods.Now)));

    [Fact]
    public void An_init_container_that_is_not_done_is_named()
    {
        var spec = Pods.Spec("Always", "a") with { InitContainers = [Pods.Container("i"), Pods.Container("j")] };

        Assert.Equal(
            """
            PodReadyToStartContainers=True
            Initialized=False ContainersNotInitialized containers with incomplete status: [j]
            Ready=False ContainersNotReady containers with unready status: [a]
            ContainersReady=False ContainersNotReady containers with unready status: [a]
            """,
            Text(PodConditions.Of(spec, "Pending", true, Pods.Statuses("i:done j:unready"), Pods.Statuses("a:wait"), [], Pods.Now)));
    }

    [Theory]
    [InlineData("Succeeded", "a:end0", "PodCompleted")]
    [InlineData("Failed", "a:end1", "PodFailed")]
    public void A_pod_that_has_ended_says_so(string phase, string containers, string reason)
    {
        var conditions = PodConditions.Of(Pods.Spec("Never", "a"), phase, false, [], Pods.Statuses(containers), [], Pods.Now);

        Assert.Equal(reason, conditions.Find(condition => condition.Type == "Ready")!.Reason);
        Assert.Equal("True", conditions.Find(condition => condition.Type == "Initialized")!.Status);
    }

    [Theory]
    [InlineData(null, "False", "corresponding condition of pod readiness gate \"example.org/gate\" does not exist.")]
    [InlineData("False", "False", "the status of pod readiness gate \"example.org/gate\" is not \"True\", but False")]
    [InlineData("True", "True", null)]
    public void A_readiness_gate_holds_the_pod_back(string? gate, string ready, string? message)
    {
        var spec = Pods.Spec("Always", "a") with { ReadinessGates = [new PodReadinessGate { ConditionType = "example.org/gate" }] };
        ValueList<PodCondition> before = gate is null ? [] : [new PodCondition { Type = "example.org/gate", Status = gate }];

        var condition = PodConditions.Of(spec, "Running", true, [], Pods.Statuses("a:run"), before, Pods.Now).Find(c => c.Type == "Ready")!;

        Assert.Equal((ready, message), (condition.Status, condition.Message));
    }

    [Fact]
    public void A_condition_keeps_its_transition_time_while_its_status_stays()
    {
        var spec = Pods.Spec("Always", "a", "b");
        var first = PodConditions.Of(spec, "Pending", true, [], Pods.Statuses("a:wait b:wait"), [], Pods.Now);
        var later = Pods.Now + TimeSpan.FromSeconds(5);
        var second = PodConditions.Of(spec, "Running", true, [], Pods.Statuses("a:run b:unready"), first, later);
        var third = PodConditions.Of(spec, "Running", true, [], Pods.Statuses("a:run b:run"), second, later);

        Assert.Equal("containers with unready status: [b]", Ready(second).Message);
        Assert.Equal(Pods.Now, Ready(second).LastTransitionTime!.Value.Time);
        Assert.Equal(later, Ready(third).LastTransitionTime!.Value.Time);

        static PodCondition Ready(ValueList<PodCondition> conditions) => conditions.Find(condition => condition.Type == "Ready")!;
    }

    private static string Text(ValueList<PodCondition> conditions) =>
        string.Join('\n', conditions.Select(condition => $"{condition.Type}={condition.Status} {condition.Reason} {condition.Message}".TrimEnd()));
}
