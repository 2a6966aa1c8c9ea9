using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Simulation;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>A disk that fails, and a whole cluster started again on the same one: what was acknowledged is there.</summary>
public sealed class StorageTests
{
    [Fact]
    public void A_cluster_started_again_on_its_disk_has_all_that_was_acknowledged()
    {
        var disk = new SimulatedDisk();
        Dictionary<string, string> acknowledged = [];
        using (var first = SimulatedCluster.Start(new ClusterOptions { Nodes = 2, Disk = disk }))
        {
            first.StartDeployment(Deployment("web", 4));
            for (var i = 0; i < 50; i++)
            {
                var stored = first.Create("configmaps", Settings(i));
                acknowledged.Add(stored.Metadata.Name!, stored.Metadata.Uid!);
            }
        }

        using var second = SimulatedCluster.Start(new ClusterOptions { Nodes = 2, Disk = disk });

        foreach (var (name, uid) in acknowledged)
        {
            var found = second.Get<ConfigMap>("configmaps", "default", name);
            Assert.Equal(uid, found?.Metadata.Uid);
            Assert.Equal("value of " + name, found!.Data["key"]);
        }

        second.WaitForReplicas("web", 4, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_cluster_that_is_switched_off_in_the_middle_of_a_rollout_goes_on_where_it_was()
    {
        var disk = new SimulatedDisk();
        using (var first = SimulatedCluster.Start(new ClusterOptions { Nodes = 3, Disk = disk }))
        {
            first.Create(ClusterSteps.Deployments, Deployment("web", 12));
            first.WaitUntil(() => first.Pods().Count(pod => pod.Spec.NodeName is not null) >= 5, TimeSpan.FromMinutes(1), "five pods are bound");
        }

        using var second = SimulatedCluster.Start(new ClusterOptions { Nodes = 3, Disk = disk, Seed = 43 });

        second.WaitForReplicas("web", 12, TimeSpan.FromMinutes(2));
        second.HoldsFor(() => second.Pods().Count == 12, TimeSpan.FromMinutes(5), "there are exactly twelve");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 3)]
    public void Writes_that_fail_on_the_disk_lose_nothing_that_was_acknowledged(int before, int after)
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 3 });
        cluster.Require(Safety.BoundPodsNeverMove());
        var acknowledged = Enumerable.Range(0, 10).Select(i => cluster.Create("configmaps", Settings(i)).Metadata.Uid).ToArray();
        cluster.Create(ClusterSteps.Deployments, Deployment("web", 12));
        cluster.WaitUntil(() => cluster.Pods().Count(pod => pod.Spec.NodeName is not null) >= 3, TimeSpan.FromMinutes(1), "three pods are bound");

        cluster.Simulation.Disk.FailBeforeStoring = before;
        cluster.Simulation.Disk.FailAfterStoring = after;

        cluster.WaitForReplicas("web", 12, TimeSpan.FromMinutes(5));
        Assert.Equal((0, 0), (cluster.Simulation.Disk.FailBeforeStoring, cluster.Simulation.Disk.FailAfterStoring));

        // A pod whose creation was stored but not acknowledged may be one too many until the controller has listed again.
        cluster.WaitUntil(() => cluster.Pods().Count == 12, TimeSpan.FromMinutes(2), "a pod too many is deleted");
        cluster.HoldsFor(() => cluster.Pods().Count == 12, TimeSpan.FromMinutes(5), "there are exactly twelve");
        Assert.Equal(acknowledged, cluster.List<ConfigMap>("configmaps").Where(item => item.Metadata.Namespace == "default" && item.Metadata.Name!.StartsWith("settings", StringComparison.Ordinal)).Select(item => item.Metadata.Uid));
    }

    [Fact]
    public void A_full_disk_stops_writes_and_an_emptied_one_lets_them_go_on()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 2 });
        cluster.StartDeployment(Deployment("web", 4));
        cluster.Simulation.Disk.IsFull = true;

        var outcome = cluster.Do((client, cause, done) => client.Create("configmaps", Settings(1), cause, done));
        Assert.False(outcome.IsDone);
        cluster.RunFor(TimeSpan.FromSeconds(30));
        Assert.Null(cluster.List<ConfigMap>("configmaps").SingleOrDefault(item => item.Metadata.Name == "settings-01"));
        cluster.Simulation.Disk.IsFull = false;

        // The store is back after its back-off, and the API server after its own.
        cluster.RunFor(TimeSpan.FromSeconds(30));
        cluster.Create("configmaps", Settings(2));
        cluster.WaitForReplicas("web", 4, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void A_slow_disk_makes_writes_slow_and_nothing_else()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 2 });
        cluster.Simulation.Disk.WriteLatency = TimeSpan.FromMilliseconds(50);

        cluster.StartDeployment(Deployment("web", 10));

        var start = cluster.Simulation.Elapsed;
        cluster.Create("configmaps", Settings(1));
        Assert.InRange((cluster.Simulation.Elapsed - start).TotalMilliseconds, 50, 100);
    }

    private static ConfigMap Settings(int i) => new()
    {
        Metadata = new ObjectMeta { Name = $"settings-{i:00}", Namespace = "default" },
        Data = ValueMap<string>.Empty.With("key", $"value of settings-{i:00}"),
    };
}
