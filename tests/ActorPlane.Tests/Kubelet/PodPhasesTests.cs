using ActorPlane.Api.Core.V1;
using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class PodPhasesTests
{
    [Theory]
    [InlineData("Always", "a:wait", false, "Pending")]
    [InlineData("Always", "a:run b:wait", false, "Pending")]
    [InlineData("Always", "a:run b:run", false, "Running")]
    [InlineData("Always", "a:run b:end1", false, "Running")]
    [InlineData("Always", "a:back1", false, "Running")]
    [InlineData("Always", "a:end0", false, "Running")]
    [InlineData("OnFailure", "a:end0 b:end0", false, "Succeeded")]
    [InlineData("OnFailure", "a:end0 b:end1", false, "Running")]
    [InlineData("Never", "a:end0 b:end0", false, "Succeeded")]
    [InlineData("Never", "a:end0 b:end1", false, "Failed")]
    [InlineData("Never", "a:end0 b:run", false, "Running")]
    [InlineData("Always", "a:end0", true, "Succeeded")]
    [InlineData("Always", "a:end143", true, "Failed")]
    public void The_phase_follows_from_policy_and_container_states(string policy, string containers, bool hasEnded, string phase) =>
        Assert.Equal(phase, PodPhases.Of(Pods.Spec(policy, "a", "b"), [], Pods.Statuses(containers), hasEnded));

    [Theory]
    [InlineData("Always", "i:wait", "a:wait", "Pending")]
    [InlineData("Always", "i:run", "a:wait", "Pending")]
    [InlineData("Always", "i:back1", "a:wait", "Pending")]
    [InlineData("Never", "i:end1", "a:wait", "Failed")]
    [InlineData("Always", "i:done", "a:run", "Running")]
    public void Init_containers_keep_a_pod_pending_until_they_are_done(string policy, string init, string containers, string phase)
    {
        var spec = Pods.Spec(policy, "a") with { InitContainers = [Pods.Container("i")] };

        Assert.Equal(phase, PodPhases.Of(spec, Pods.Statuses(init), Pods.Statuses(containers), hasEnded: false));
    }

    [Theory]
    [InlineData("s:wait", "a:wait", "Pending")]
    [InlineData("s:run", "a:run", "Running")]
    [InlineData("s:back1", "a:run", "Running")]
    [InlineData("s:run", "a:end0", "Succeeded")]
    public void A_sidecar_does_not_keep_a_pod_running(string sidecar, string containers, string phase)
    {
        var spec = Pods.Spec("Never", "a") with { InitContainers = [Pods.Container("s") with { RestartPolicy = "Always" }] };

        Assert.Equal(phase, PodPhases.Of(spec, Pods.Statuses(sidecar), Pods.Statuses(containers), hasEnded: false));
    }
}
