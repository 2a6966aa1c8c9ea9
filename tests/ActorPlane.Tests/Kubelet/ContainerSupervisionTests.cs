namespace ActorPlane.Tests.Kubelet;

public sealed class ContainerSupervisionTests
{
    [Fact]
    public void The_first_crash_is_followed_by_a_restart_at_once()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));

        world.Crash(137);

        var container = world.Container();
        Assert.NotNull(container.State.Running);
        Assert.Equal((1, 137, "OOMKilled"), (container.RestartCount, container.LastState.Terminated!.ExitCode, container.LastState.Terminated.Reason));
        Assert.Equal("Running", world.Pod().Status.Phase);
    }

    [Fact]
    public void A_crashed_container_waits_ten_seconds_before_its_second_restart()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));
        world.Crash();
        world.Crash();

        Assert.Equal(
            ("CrashLoopBackOff", "back-off 10s restarting failed container=a pod=web_default(uid-of-web)"),
            (world.Container().State.Waiting!.Reason, world.Container().State.Waiting!.Message));
        Assert.Equal("Running", world.Pod().Status.Phase);
        world.RunFor(9.9);
        Assert.Equal(1, world.Container().RestartCount);
        world.RunFor(0.2);

        Assert.Equal(2, world.Container().RestartCount);
        Assert.NotNull(world.Container().State.Running);
    }

    [Fact]
    public void The_waits_double_up_to_five_minutes_and_are_forgotten_after_ten()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));
        var waits = new List<double>();
        for (var crash = 0; crash < 8; crash++)
        {
            world.RunFor(1);
            waits.Add(SecondsUntilRestart(world));
        }

        world.RunFor(600.1);
        waits.Add(SecondsUntilRestart(world));

        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300, 0], waits);
    }

    [Theory]
    [InlineData("Never", 1, "Failed")]
    [InlineData("Never", 0, "Succeeded")]
    [InlineData("OnFailure", 0, "Succeeded")]
    public void A_container_that_may_not_restart_ends_its_pod(string policy, int exitCode, string phase)
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec(policy, "a"));

        world.Crash(exitCode);
        world.RunFor(60);

        Assert.Equal((phase, exitCode), (world.Pod().Status.Phase, world.Container().State.Terminated!.ExitCode));
        Assert.Equal(0, world.Container().RestartCount);
    }

    [Theory]
    [InlineData("OnFailure", 3)]
    [InlineData("Always", 0)]
    public void A_container_that_may_restart_does(string policy, int exitCode)
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec(policy, "a"));

        world.Crash(exitCode);

        Assert.NotNull(world.Container().State.Running);
        Assert.Equal((1, exitCode), (world.Container().RestartCount, world.Container().LastState.Terminated!.ExitCode));
    }

    [Fact]
    public void A_clean_exit_counts_for_the_back_off_too()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));
        world.Crash(0);
        world.Crash(0);

        Assert.Equal("CrashLoopBackOff", world.Container().State.Waiting!.Reason);
        world.RunFor(10.1);

        Assert.Equal(2, world.Container().RestartCount);
    }

    [Fact]
    public void Containers_of_one_pod_fail_each_for_itself()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("OnFailure", "a", "b"));

        world.Crash(1, container: "a");
        world.Crash(0, container: "b");

        Assert.Equal("Running", world.Pod().Status.Phase);
        Assert.NotNull(world.Container(index: 0).State.Running);
        Assert.Equal(0, world.Container(index: 1).State.Terminated!.ExitCode);
        world.Crash(0, container: "a");
        Assert.Equal("Succeeded", world.Pod().Status.Phase);
    }

    [Fact]
    public void A_command_that_fails_by_itself_ends_in_CrashLoopBackOff()
    {
        using var world = new NodeWorld();

        world.Bind(Pods.Spec("Always", "a") with { Containers = [Pods.Container("a") with { Command = ["sh", "-c", "sleep 1; exit 3"] }] });
        world.RunFor(60);

        // Ends after 1, 2, 13, 34 s; the next start is at 74 s.
        Assert.Equal((3, "CrashLoopBackOff"), (world.Container().RestartCount, world.Container().State.Waiting!.Reason));
    }

    private static double SecondsUntilRestart(NodeWorld world)
    {
        var restarts = world.Container().RestartCount;
        var crashedAt = world.Simulation.Elapsed;
        world.Crash();
        Assert.True(world.Simulation.RunUntil(() => world.Container().RestartCount > restarts, TimeSpan.FromMinutes(6)));
        return (world.Simulation.Elapsed - crashedAt).TotalSeconds;
    }
}
