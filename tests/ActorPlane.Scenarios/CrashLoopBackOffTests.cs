using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>The waits between restarts, as a reader of the API sees them.</summary>
public sealed class CrashLoopBackOffTests
{
    // From the crash to the next start: the back-off, and the half second that every start of a container takes.
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(0.5);

    [Fact]
    public void Restarts_come_at_once_then_after_10_s_doubling_to_300_s()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.StartPod(Script("loop", "sleep 3; exit 1"));

        var waits = new List<double>();
        for (var restart = 1; restart <= 8; restart++)
        {
            cluster.WaitUntil(() => cluster.Container("loop")!.State.Running is null, TimeSpan.FromMinutes(1), "it ends");
            var wait = cluster.TimeUntil(() => cluster.Restarts("loop") == restart, TimeSpan.FromMinutes(6), $"restart {restart}");
            waits.Add((wait - StartTime).TotalSeconds);
        }

        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300], waits);
    }

    [Fact]
    public void A_waiting_container_says_how_long_and_how_it_ended()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        var pod = cluster.StartPod(Script("loop", "sleep 3; exit 7"));

        cluster.WaitUntil(() => cluster.Container("loop")!.State.Waiting is { Reason: "CrashLoopBackOff" }, TimeSpan.FromMinutes(1), "it waits");

        var status = cluster.Container("loop")!;
        Assert.Equal($"back-off 10s restarting failed container=server pod=loop_default({pod.Metadata.Uid})", status.State.Waiting!.Message);
        Assert.Equal((7, "Error"), (status.LastState.Terminated!.ExitCode, status.LastState.Terminated.Reason));
        Assert.Equal(3, (status.LastState.Terminated.FinishedAt!.Value.Time - status.LastState.Terminated.StartedAt!.Value.Time).TotalSeconds);
        Assert.Equal(1, status.RestartCount);
        Assert.False(status.Ready);
        // The phase stays Running: the pod will go on.
        Assert.Equal("Running", cluster.Pod("loop")!.Status.Phase);
        Assert.Equal("ContainersNotReady", cluster.Pod("loop")!.Status.Conditions.Single(condition => condition.Type == "Ready").Reason);
        cluster.RunFor(TimeSpan.FromSeconds(1));
        Assert.NotEmpty(cluster.EventsOf("loop", "BackOff"));
    }

    [Fact]
    public void Ten_minutes_without_a_crash_are_forgiven()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, RecordTrace = false });
        cluster.StartPod(Pod("web"));
        Assert.Equal(0, Restart(cluster, 1));
        Assert.Equal(10, Restart(cluster, 2));
        Assert.Equal(20, Restart(cluster, 3));

        cluster.RunFor(TimeSpan.FromMinutes(9));
        Assert.Equal(40, Restart(cluster, 4));

        cluster.RunFor(TimeSpan.FromMinutes(11));
        Assert.Equal(0, Restart(cluster, 5));
        Assert.Equal(10, Restart(cluster, 6));
    }

    [Fact]
    public void Each_container_has_a_back_off_of_its_own()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.StartPod(Pod("one"));
        cluster.StartPod(Pod("two"));
        Assert.Equal(0, Restart(cluster, 1, "one"));
        Assert.Equal(10, Restart(cluster, 2, "one"));

        Assert.Equal(0, Restart(cluster, 1, "two"));
    }

    [Fact]
    public void A_container_that_ran_out_of_memory_says_so()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.StartPod(Pod("web"));

        cluster.CrashContainer("web", 137, "OOMKilled");
        cluster.WaitUntil(() => cluster.Restarts("web") == 1, TimeSpan.FromMinutes(1), "it is started again");

        var last = cluster.Container("web")!.LastState.Terminated!;
        Assert.Equal((137, "OOMKilled"), (last.ExitCode, last.Reason));
    }

    private static double Restart(SimulatedCluster cluster, int number, string pod = "web")
    {
        cluster.CrashContainer(pod);
        return (cluster.TimeUntil(() => cluster.Restarts(pod) == number, TimeSpan.FromMinutes(6), $"restart {number}") - StartTime).TotalSeconds;
    }
}
