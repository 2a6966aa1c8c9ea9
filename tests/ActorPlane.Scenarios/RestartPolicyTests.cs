using ActorPlane.Api.Core.V1;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>What becomes of a pod whose container ends.</summary>
public sealed class RestartPolicyTests
{
    [Theory]
    [InlineData("Never", 0, "Succeeded")]
    [InlineData("Never", 1, "Failed")]
    [InlineData("OnFailure", 0, "Succeeded")]
    public void A_pod_that_is_not_to_go_on_ends(string policy, int exitCode, string phase)
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.StartPod(Script("job", $"sleep 5; exit {exitCode}", policy));

        cluster.WaitUntil(() => cluster.Pod("job")!.Status.Phase == phase, TimeSpan.FromSeconds(10), $"it has {phase}");

        cluster.HoldsFor(() => cluster.Pod("job")!.Status.Phase == phase && cluster.Restarts("job") == 0, TimeSpan.FromMinutes(20), "it stays so");
        var ended = cluster.Container("job")!.State.Terminated!;
        Assert.Equal((exitCode, exitCode == 0 ? "Completed" : "Error"), (ended.ExitCode, ended.Reason));
        var ready = cluster.Pod("job")!.Status.Conditions.Single(condition => condition.Type == "Ready");
        Assert.Equal(("False", exitCode == 0 ? "PodCompleted" : "PodFailed"), (ready.Status, ready.Reason));
    }

    [Theory]
    [InlineData("OnFailure", 1)]
    [InlineData("Always", 0)]
    [InlineData("Always", 1)]
    [InlineData(null, 0)]
    public void A_pod_that_is_to_go_on_is_started_again_and_again(string? policy, int exitCode)
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.StartPod(Script("server", $"sleep 5; exit {exitCode}", policy));

        cluster.WaitUntil(() => cluster.Restarts("server") == 4, TimeSpan.FromMinutes(3), "it is started four times more");

        Assert.Equal("Running", cluster.Pod("server")!.Status.Phase);
        Assert.Equal(exitCode, cluster.Container("server")!.LastState.Terminated!.ExitCode);
    }

    [Fact]
    public void A_pod_that_failed_once_and_then_succeeds_under_OnFailure_has_succeeded()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.StartPod(Script("job", "sleep 60; exit 0", "OnFailure"));

        cluster.CrashContainer("job");
        cluster.WaitUntil(() => cluster.Pod("job")!.Status.Phase == "Succeeded", TimeSpan.FromMinutes(3), "it has succeeded");

        Assert.Equal(1, cluster.Restarts("job"));
    }

    [Fact]
    public void Room_of_a_finished_pod_is_free_for_others()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, Cpu = "1" });
        var large = Script("first", "sleep 30", "Never");
        large = large with { Spec = large.Spec with { Containers = [large.Spec.Containers[0] with { Resources = Workloads.Pod("800m", "64Mi").Containers[0].Resources }] } };
        cluster.StartPod(large);
        cluster.Create("pods", Pod("second", Workloads.Pod("800m", "64Mi")));
        cluster.HoldsFor(() => cluster.Pod("second")!.Spec.NodeName is null, TimeSpan.FromSeconds(20), "there is no room");

        cluster.WaitUntil(() => cluster.Pod("second")!.Status.Phase == "Running", TimeSpan.FromMinutes(1), "the second runs");

        Assert.Equal("Succeeded", cluster.Pod("first")!.Status.Phase);
    }

    [Fact]
    public void Init_containers_run_one_after_the_other_before_the_rest()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        var pod = Pod("web");
        Container Init(string name) => new() { Name = name, Image = "busybox:1.36", Command = ["sleep", "5"] };
        cluster.Create("pods", pod with { Spec = pod.Spec with { InitContainers = [Init("one"), Init("two")] } });

        cluster.WaitUntil(() => cluster.Pod("web")!.Status.Phase == "Running", TimeSpan.FromMinutes(2), "it runs");

        var init = cluster.Pod("web")!.Status.InitContainerStatuses.Select(status => status.State.Terminated!).ToArray();
        Assert.Equal([0, 0], init.Select(ended => ended.ExitCode));
        Assert.True(init[0].FinishedAt!.Value.Time <= init[1].StartedAt!.Value.Time);
        Assert.True(init[1].FinishedAt!.Value.Time <= cluster.Container("web")!.State.Running!.StartedAt!.Value.Time);
    }
}
