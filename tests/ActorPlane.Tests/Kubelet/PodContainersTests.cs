using ActorPlane.Api.Core.V1;
using ActorPlane.Kubelet;
using ActorPlane.Tracing;

namespace ActorPlane.Tests.Kubelet;

public sealed class PodContainersTests
{
    private static readonly CrashLoopSettings CrashLoop = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(300), TimeSpan.FromMinutes(10));

    [Fact]
    public void Init_containers_end_one_after_the_other_before_the_first_container_starts()
    {
        var containers = Ready(Pods.Of(Pods.Spec("Always", "a", "b") with { InitContainers = [Pods.Container("i"), Pods.Container("j")] }));

        var order = new List<string>();
        for (var index = containers.NextToStart(); index != PodContainers.None; index = containers.NextToStart())
        {
            order.Add(containers.At(index).Name!);
            if (Start(containers, index)) continue;
            Assert.Equal(index, containers.NextToStart());
            Exit(containers, index, 0);
            Assert.True(containers.TryAdvance(index));
        }

        Assert.Equal(["i", "j", "a", "b"], order);
        Assert.Equal(PodRuntimePhase.Running, containers.Phase);
        Assert.Equal([true, true], containers.InitStatuses().Select(status => status.Ready!.Value));
    }

    [Fact]
    public void A_sidecar_does_not_hold_up_the_containers_and_does_not_keep_the_pod()
    {
        var sidecar = Pods.Container("proxy") with { RestartPolicy = "Always" };
        var containers = Running(Pods.Of(Pods.Spec("Never", "a") with { InitContainers = [sidecar] }));

        Exit(containers, 1, 0);

        Assert.True(containers.IsComplete());
        containers.Stop();
        Assert.False(containers.TryEnd());
        Exit(containers, 0, 143);
        Assert.True(containers.TryEnd());
        Assert.Equal(PodRuntimePhase.Ended, containers.Phase);
    }

    [Fact]
    public void An_init_container_that_fails_for_good_ends_the_pod()
    {
        var containers = Ready(Pods.Of(Pods.Spec("Never", "a") with { InitContainers = [Pods.Container("i")] }));
        Start(containers, containers.NextToStart());

        Exit(containers, 0, 1);

        Assert.False(containers.TryAdvance(0));
        Assert.True(containers.IsComplete());
        Assert.Equal("PodInitializing", containers.MainStatuses()[0].State.Waiting!.Reason);
    }

    [Fact]
    public void What_is_asked_before_a_container_ends_is_what_follows_when_it_has()
    {
        var containers = Running(Pods.Of(Pods.Spec("Always", "a")));

        var verdicts = new List<RestartVerdict>();
        for (var crash = 0; crash < 2; crash++)
        {
            var asked = containers.WhenExited(0, 1, Pods.Now, CrashLoop);
            Assert.Equal(asked, Exit(containers, 0, 1));
            verdicts.Add(asked.Verdict);
            Start(containers, 0);
        }

        Assert.Equal([RestartVerdict.AtOnce, RestartVerdict.Later], verdicts);
        Assert.Equal(2, containers.StatusOf(0).RestartCount);
    }

    [Fact]
    public void Nothing_starts_again_while_the_pod_is_being_stopped()
    {
        var containers = Running(Pods.Of(Pods.Spec("Always", "a")));
        containers.Stop();

        Assert.Equal(RestartVerdict.Never, Exit(containers, 0, 143).Verdict);
        Assert.True(containers.TryEnd());
    }

    [Fact]
    public void After_a_power_failure_only_what_it_ended_runs_again()
    {
        var pod = Pods.Of(Pods.Spec("OnFailure", "done", "lost")) with
        {
            Status = new PodStatus { ContainerStatuses = [Pods.Ended("done", 0), Pods.Running("lost")] },
        };
        var containers = Ready(pod);

        Assert.Equal(1, containers.NextToStart());

        var statuses = containers.MainStatuses();
        Assert.Equal((0, 255), (statuses[0].State.Terminated!.ExitCode, statuses[1].LastState.Terminated!.ExitCode));
    }

    [Fact]
    public void An_ephemeral_container_is_asked_for_once_and_never_started_again()
    {
        var pod = Pods.Of(Pods.Spec("Always", "a"));
        var containers = Running(pod);
        Assert.Equal(PodContainers.None, containers.NextEphemeral());

        var debugged = pod with { Spec = pod.Spec with { EphemeralContainers = [new EphemeralContainer { Name = "debug", Image = "busybox" }] } };
        containers.AddEphemeral(debugged, Pods.Now);
        containers.AddEphemeral(debugged, Pods.Now);

        Assert.Equal(1, containers.NextEphemeral());
        Assert.Equal(PodContainers.None, containers.NextEphemeral());
        Assert.Equal(PodContainers.None, containers.ImageReady("nginx", "id"));
        Assert.Equal(1, containers.ImageReady("busybox", "id"));
        Start(containers, 1);
        Assert.Equal(RestartVerdict.Never, Exit(containers, 1, 1).Verdict);
        Assert.False(containers.IsComplete());
    }

    [Fact]
    public void Probes_count_for_the_process_that_they_asked()
    {
        var slow = Pods.Container("a") with { ReadinessProbe = new Probe { InitialDelaySeconds = 5 } };
        var containers = Running(Pods.Of(Pods.Spec("Always") with { Containers = [slow] }));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(5)), containers.ProbesOf(0));
        Assert.False(containers.StatusOf(0).Ready);

        Exit(containers, 0, 1);
        Start(containers, 0);

        Assert.False(containers.ProbesPass(0, restartCount: 0, isReady: true));
        Assert.True(containers.ProbesPass(0, restartCount: 1, isReady: true));
        Assert.True(containers.StatusOf(0).Ready);
    }

    private static PodContainers Ready(Pod pod)
    {
        var containers = PodContainers.Of(pod, Pods.Now);
        containers.SandboxReady();
        return containers;
    }

    private static PodContainers Running(Pod pod)
    {
        var containers = Ready(pod);
        for (var index = containers.NextToStart(); index != PodContainers.None; index = containers.NextToStart()) Assert.True(Start(containers, index));
        return containers;
    }

    private static bool Start(PodContainers containers, int index)
    {
        containers.Launched(index, Pods.Now, CrashLoop);
        return containers.Started(index, Pods.Now);
    }

    private static RestartDecision Exit(PodContainers containers, int index, int exitCode)
    {
        var exited = new ContainerProtocol.ContainerExited(containers.At(index).Name!, exitCode, "Error", Crashed: exitCode != 0, Pods.Now, Cause.None);
        return containers.Exited(index, exited, CrashLoop, "web_default(uid-1)");
    }
}
