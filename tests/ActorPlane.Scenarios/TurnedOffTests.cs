using ActorPlane.Api.Apps.V1;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>A cluster without some of its processes, which somebody else is to stand in for.</summary>
public sealed class TurnedOffTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_controller_that_is_turned_off_leaves_its_objects_alone()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions
        {
            Nodes = 1, Config = "actorplane.controller-manager.controllers = \"*,-deployment-controller\"",
        });
        cluster.Create("deployments.apps", Deployment("web", 1));
        cluster.RunFor(Minute);
        Assert.Empty(cluster.List<ReplicaSet>("replicasets.apps"));
        Assert.Null(cluster.List<Deployment>("deployments.apps")[0].Status.ObservedGeneration);
    }

    [Fact]
    public void Without_a_scheduler_pods_wait_for_somebody_who_binds_them()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, Config = "actorplane.scheduler.enabled = off" });
        cluster.Create("deployments.apps", Deployment("web", 2));
        cluster.RunFor(Minute);
        Assert.Equal(["", ""], cluster.Pods().Select(pod => pod.Spec.NodeName ?? ""));
    }
}
