using ActorPlane.Api.Core.V1;
using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class ContainerStatesTests
{
    private static readonly ContainerStatus Fresh = ContainerStates.Initial(Pods.Container("nginx"), hasInit: false);

    [Fact]
    public void A_container_waits_runs_ends_and_runs_again()
    {
        var running = ContainerStates.Run(Fresh, "uid-1", "image-id", Pods.Now);
        var ended = ContainerStates.End(running, 137, "OOMKilled", Pods.Now + TimeSpan.FromSeconds(4));
        var again = ContainerStates.Run(ended, "uid-1", "image-id", Pods.Now + TimeSpan.FromSeconds(5));

        Assert.Equal("ContainerCreating", Fresh.State.Waiting!.Reason);
        Assert.Equal((0, Pods.Now), (running.RestartCount!.Value, running.State.Running!.StartedAt!.Value.Time));
        Assert.Equal(
            new ContainerStateTerminated
            {
                ExitCode = 137,
                Reason = "OOMKilled",
                StartedAt = Pods.Now,
                FinishedAt = Pods.Now + TimeSpan.FromSeconds(4),
                ContainerID = running.ContainerID,
            },
            ended.State.Terminated);
        Assert.Equal((1, ended.State), (again.RestartCount!.Value, again.LastState));
        Assert.NotEqual(running.ContainerID, again.ContainerID);
    }

    [Fact]
    public void A_container_in_back_off_says_how_long_and_keeps_what_ended()
    {
        var ended = ContainerStates.End(ContainerStates.Run(Fresh, "uid-1", "image-id", Pods.Now), 1, "Error", Pods.Now);

        var waiting = ContainerStates.BackOff(ended, TimeSpan.FromSeconds(80), "web_default(uid-1)");

        Assert.Equal("CrashLoopBackOff", waiting.State.Waiting!.Reason);
        Assert.Equal("back-off 1m20s restarting failed container=nginx pod=web_default(uid-1)", waiting.State.Waiting.Message);
        Assert.Equal(ended.State, waiting.LastState);
    }

    [Fact]
    public void A_container_that_ran_when_its_machine_lost_power_ended_with_255()
    {
        var running = ContainerStates.Run(Fresh, "uid-1", "image-id", Pods.Now) with { RestartCount = 2 };

        var lost = ContainerStates.Lost(Fresh, running, Pods.Now + TimeSpan.FromMinutes(1));
        var again = ContainerStates.Run(lost, "uid-1", "image-id", Pods.Now + TimeSpan.FromMinutes(1));

        Assert.Equal((255, "Unknown"), (lost.LastState.Terminated!.ExitCode, lost.LastState.Terminated.Reason));
        Assert.Equal(3, again.RestartCount);
    }

    [Fact]
    public void A_container_that_never_ran_goes_on_as_if_nothing_had_happened() => Assert.Equal(Fresh, ContainerStates.Lost(Fresh, Fresh, Pods.Now));
}
