using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.ClusterSteps;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>Writing, scaling, deleting: what a person does with a workload.</summary>
public sealed class WorkloadTests
{
    [Fact]
    public void A_stale_update_is_refused_with_409()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        var first = cluster.Create("configmaps", new ConfigMap { Metadata = new ObjectMeta { Name = "web", Namespace = "default" } });
        var second = cluster.Update("configmaps", first with { Data = first.Data.With("who", "mine") });

        var outcome = cluster.Do((client, cause, done) => client.Update("configmaps", first with { Data = first.Data.With("who", "theirs") }, cause, done));

        Assert.Equal((409, "Conflict"), (outcome.Refusal!.Code, outcome.Refusal.Reason));
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"web\": the object has been modified; please apply your changes to the latest version and try again",
            outcome.Refusal.Message);
        Assert.Equal(second, cluster.Get<ConfigMap>("configmaps", "default", "web"));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(1)]
    public void A_deleted_pod_is_asked_to_end_before_it_goes(int graceSeconds)
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        var pod = cluster.StartPod(Pod("web"));

        var ended = EndOf(cluster, pod.Metadata.Uid!, graceSeconds);

        Assert.Equal(143, ended.ExitCode);
        Assert.Equal(1, ended.After.TotalSeconds);
        Assert.Null(cluster.Pod("web"));
    }

    [Fact]
    public void A_pod_that_does_not_end_in_its_grace_period_is_killed()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1, Config = "actorplane.kubelet.container-stop = 60s" });
        var pod = cluster.StartPod(Pod("web"));

        var ended = EndOf(cluster, pod.Metadata.Uid!, 5);

        Assert.Equal(137, ended.ExitCode);
        Assert.Equal(5, ended.After.TotalSeconds);
        Assert.Null(cluster.Pod("web"));
    }

    [Fact]
    public void A_pod_deleted_without_grace_is_gone_at_once()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.StartPod(Pod("web"));

        cluster.Delete("pods", "default", "web", gracePeriodSeconds: 0);

        Assert.Null(cluster.Pod("web"));
    }

    [Fact]
    public void Deleting_a_deployment_deletes_its_replica_set_and_pods()
    {
        using var cluster = SimulatedCluster.Start();
        cluster.StartDeployment(Deployment("web", 5));
        cluster.StartDeployment(Deployment("other", 2));

        cluster.Delete(Deployments, "default", "web");

        cluster.WaitUntil(() => cluster.Pods().All(pod => pod.Metadata.Labels["app"] != "web"), TimeSpan.FromMinutes(2), "its pods are gone");
        Assert.DoesNotContain(cluster.List<ReplicaSet>("replicasets.apps"), set => set.Metadata.Labels["app"] == "web");
        Assert.True(cluster.HasReplicas("other", 2));
    }

    [Fact]
    public void A_deployment_is_scaled_up_and_down()
    {
        using var cluster = SimulatedCluster.Start();
        cluster.StartDeployment(Deployment("web", 3));
        var first = cluster.ActivePods("web").Select(pod => pod.Metadata.Uid).ToHashSet();

        Scale(cluster, 10);
        cluster.WaitForReplicas("web", 10, TimeSpan.FromMinutes(1));
        Assert.Superset(first, cluster.ActivePods("web").Select(pod => pod.Metadata.Uid).ToHashSet());

        cluster.RunFor(TimeSpan.FromMinutes(1));
        Scale(cluster, 2);
        cluster.WaitForReplicas("web", 2, TimeSpan.FromMinutes(1));
        cluster.WaitUntil(() => cluster.Pods().Count == 2, TimeSpan.FromMinutes(1), "the others are gone");

        Scale(cluster, 0);
        cluster.WaitUntil(() => cluster.Pods().Count == 0, TimeSpan.FromMinutes(1), "all are gone");
        Assert.True(cluster.HasReplicas("web", 0));
    }

    [Fact]
    public void A_pod_that_is_deleted_by_hand_is_replaced()
    {
        using var cluster = SimulatedCluster.Start();
        cluster.StartDeployment(Deployment("web", 3));
        var victim = cluster.ActivePods("web")[1].Metadata.Name!;

        cluster.Delete("pods", "default", victim);

        cluster.WaitForReplicas("web", 3, TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(cluster.ActivePods("web"), pod => pod.Metadata.Name == victim);
    }

    [Fact]
    public void A_new_image_rolls_out_within_the_bounds_of_the_strategy()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 4 });
        cluster.StartDeployment(Deployment("web", 8));
        // maxSurge 25 % of 8, rounded up, and maxUnavailable 25 % of 8, rounded down.
        cluster.Require(_ => cluster.ActivePods("web").Length <= 10 ? null : $"{cluster.ActivePods("web").Length} pods are too many");
        cluster.Require(_ => cluster.ActivePods("web").Count(PodConditions.IsReady) >= 6 ? null : "too few pods are ready");

        var stored = cluster.Get<Deployment>(Deployments, "default", "web")!;
        cluster.Update(Deployments, stored with { Spec = stored.Spec with { Template = Deployment("web", 8, image: "nginx:1.28").Spec.Template } });

        cluster.WaitUntil(
            () => cluster.HasReplicas("web", 8) && cluster.ActivePods("web").All(pod => pod.Spec.Containers[0].Image == "nginx:1.28"),
            TimeSpan.FromMinutes(5), "the new image runs everywhere");
    }

    private static void Scale(SimulatedCluster cluster, int replicas)
    {
        var stored = cluster.Get<Deployment>(Deployments, "default", "web")!;
        cluster.Update(Deployments, stored with { Spec = stored.Spec with { Replicas = replicas } });
    }

    /// <summary>Deletes the pod web; how its container ended, and how long after.</summary>
    private static (int? ExitCode, TimeSpan After) EndOf(SimulatedCluster cluster, string uid, int graceSeconds)
    {
        var start = cluster.Now;
        cluster.Delete("pods", "default", "web", gracePeriodSeconds: graceSeconds);
        cluster.WaitUntil(() => cluster.Pod("web")?.Metadata.DeletionTimestamp is not null, TimeSpan.FromSeconds(1), "it is marked");
        ContainerStateTerminated? ended = null;
        cluster.Require(_ =>
        {
            ended ??= cluster.Pod("web") is { } pod && pod.Metadata.Uid == uid ? pod.Status.ContainerStatuses[0].State.Terminated : null;
            return null;
        });
        cluster.WaitUntil(() => cluster.Pod("web") is null, TimeSpan.FromMinutes(1), "it is gone");
        Assert.NotNull(ended);
        return (ended.ExitCode, ended.FinishedAt!.Value.Time - start);
    }
}
