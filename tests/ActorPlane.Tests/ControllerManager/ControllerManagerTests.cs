using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager;
using ActorPlane.ControllerManager.Nodes;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class ControllerManagerTests
{
    [Fact]
    public void A_deployment_becomes_running_pods()
    {
        using var cluster = new ClusterUnderTest(nodes: 2);
        cluster.Create("deployments.apps", Unstored(Deployment(replicas: 5)));
        cluster.RunUntil(() => cluster.Pods.Count(PodConditions.IsReady) == 5);
        cluster.RunFor(1);
        var set = Assert.Single(cluster.List<ReplicaSet>("replicasets.apps"));
        Assert.All(cluster.Pods, pod => Assert.Matches($"^{set.Metadata.Name}-[a-z0-9]{{5}}$", pod.Metadata.Name));
        Assert.Equal((5, 5, 5, 5), (set.Status.Replicas, set.Status.ReadyReplicas, set.Status.AvailableReplicas, set.Status.FullyLabeledReplicas));
        var deployment = cluster.Get<Deployment>("deployments.apps", "web");
        Assert.Equal((5, 5, 5), (deployment.Status.Replicas, deployment.Status.UpdatedReplicas, deployment.Status.AvailableReplicas));
        Assert.Equal("NewReplicaSetAvailable", deployment.Status.Conditions.Find(condition => condition.Type == "Progressing")!.Reason);
        Assert.Equal("1", deployment.Metadata.Annotations["deployment.kubernetes.io/revision"]);
        Assert.Equal((1, 1), (deployment.Metadata.Generation, deployment.Status.ObservedGeneration));
        Assert.Contains(cluster.List<Event>("events"), e => e is { Reason: "ScalingReplicaSet" } && e.Message == $"Scaled up replica set {set.Metadata.Name} from 0 to 5");
    }

    [Fact]
    public void A_deleted_pod_is_replaced()
    {
        using var cluster = Running(3);
        var lost = cluster.Pods[0].Metadata.Name!;
        cluster.Delete("pods", lost);
        cluster.RunUntil(() => cluster.Pod(lost) is null && cluster.ActivePods.Count(PodConditions.IsReady) == 3);
        cluster.RunFor(60);
        Assert.Equal(3, cluster.Pods.Count);
    }

    [Fact]
    public void A_deployment_that_is_scaled_down_keeps_the_pods_that_are_ready()
    {
        using var cluster = Running(2);
        cluster.Do(nodes => nodes.NeverReady = true);
        var ready = cluster.Pods.Select(pod => pod.Metadata.Name).ToHashSet();
        Scale(cluster, 6);
        cluster.RunUntil(() => cluster.Pods.Count == 6);
        Scale(cluster, 2);
        cluster.RunUntil(() => cluster.Pods.Count == 2);
        Assert.Equal(ready, cluster.Pods.Select(pod => pod.Metadata.Name).ToHashSet());
    }

    [Fact]
    public void More_pods_than_one_burst_are_all_created_once()
    {
        using var cluster = new ClusterUnderTest(nodes: 12, cpu: "100");
        cluster.Create("deployments.apps", Unstored(Deployment(replicas: 1200)));
        cluster.RunUntil(() => cluster.Pods.Count(PodConditions.IsReady) == 1200, 120);
        cluster.RunFor(10);
        Assert.Equal(1200, cluster.Pods.Count);
    }

    [Fact]
    public void A_new_template_is_rolled_out_without_losing_availability()
    {
        using var cluster = Running(4);
        var fewest = int.MaxValue;
        var deployment = cluster.Get<Deployment>("deployments.apps", "web");
        cluster.Update("deployments.apps", deployment with { Spec = deployment.Spec with { Template = Template("nginx:2") } });
        cluster.RunUntil(() =>
        {
            fewest = Math.Min(fewest, cluster.ActivePods.Count(PodConditions.IsReady));
            return cluster.Pods.Count == 4 && cluster.Pods.All(pod => PodConditions.IsReady(pod) && pod.Spec.Containers[0].Image == "nginx:2");
        });
        Assert.InRange(fewest, 3, 4);
        cluster.RunFor(5);
        Assert.Equal("2", cluster.Get<Deployment>("deployments.apps", "web").Metadata.Annotations["deployment.kubernetes.io/revision"]);
        Assert.Equal([0, 4], cluster.List<ReplicaSet>("replicasets.apps").Select(set => set.Spec.Replicas!.Value).Order());
    }

    [Fact]
    public void Pods_of_a_lost_node_are_replaced_after_five_minutes_and_stay_terminating()
    {
        using var cluster = Running(6, nodes: 3);
        var lost = cluster.Pods.Where(pod => pod.Spec.NodeName == "node-1").Select(pod => pod.Metadata.Name!).ToList();
        Assert.NotEmpty(lost);
        cluster.Do(nodes => nodes.PowerOff("node-1"));
        cluster.RunUntil(() => NodeTaints.ReadyStatus(cluster.Node("node-1")) == "Unknown");
        Assert.InRange(cluster.Simulation.Elapsed.TotalSeconds, 50, 70);
        cluster.RunFor(2);
        Assert.Equal(2, cluster.Node("node-1").Spec.Taints.Count(taint => taint.Key == NodeTaints.Unreachable));
        Assert.All(lost, name => Assert.False(PodConditions.IsReady(cluster.Pod(name)!)));

        cluster.RunFor(295);
        Assert.Equal(6, cluster.Pods.Count);
        cluster.RunUntil(() => cluster.ActivePods.Count(pod => PodConditions.IsReady(pod) && pod.Spec.NodeName != "node-1") == 6, 10);
        cluster.RunFor(600);
        Assert.All(lost, name => Assert.NotNull(cluster.Pod(name)!.Metadata.DeletionTimestamp));
        Assert.Equal(6 + lost.Count, cluster.Pods.Count);
    }

    [Fact]
    public void A_node_that_comes_back_in_time_keeps_its_pods()
    {
        using var cluster = Running(6, nodes: 3);
        var before = cluster.Pods.Select(pod => pod.Metadata.Name).ToList();
        cluster.Do(nodes => nodes.PowerOff("node-1"));
        cluster.RunUntil(() => NodeTaints.IsEvicting(cluster.Node("node-1")), 120);
        cluster.RunFor(200);
        cluster.Do(nodes => nodes.PowerOn("node-1"));
        cluster.RunUntil(() => cluster.Node("node-1").Spec.Taints.IsEmpty);
        cluster.RunFor(600);
        Assert.Equal(before, cluster.Pods.Select(pod => pod.Metadata.Name));
    }

    [Fact]
    public void Pods_of_a_deleted_node_go()
    {
        using var cluster = Running(4, nodes: 2);
        cluster.Do(nodes => nodes.PowerOff("node-1"));
        cluster.Do(nodes => nodes.Api.Delete("nodes", "", "node-1", nodes.Api.NewCause()));
        cluster.RunUntil(() => cluster.Pods.All(pod => pod.Spec.NodeName == "node-2") && cluster.Pods.Count(PodConditions.IsReady) == 4, 90);
    }

    [Fact]
    public void A_deleted_deployment_takes_everything_with_it()
    {
        using var cluster = Running(3);
        cluster.Delete("deployments.apps", "web");
        cluster.RunUntil(() => cluster.Pods.Count == 0);
        Assert.Empty(cluster.List<ReplicaSet>("replicasets.apps"));
    }

    [Theory]
    [InlineData("/user/kube-controller-manager/deployment")]
    [InlineData("/user/kube-controller-manager/replicaset")]
    [InlineData("/user/kube-controller-manager")]
    [InlineData("/user/kube-scheduler")]
    [InlineData("/user/kube-apiserver")]
    public void A_crash_in_the_middle_of_a_rollout_loses_and_doubles_nothing(string path)
    {
        using var cluster = new ClusterUnderTest(nodes: 4, cpu: "100");
        cluster.Create("deployments.apps", Unstored(Deployment(replicas: 100)));
        cluster.RunUntil(() => cluster.Pods.Count >= 20);
        cluster.Crash(path);
        cluster.RunUntil(() => cluster.ActivePods.Count(PodConditions.IsReady) == 100, 120);
        cluster.RunFor(400);
        Assert.Equal(100, cluster.Pods.Count);
        Assert.Single(cluster.List<ReplicaSet>("replicasets.apps"));
    }

    [Fact]
    public void A_pod_that_is_relabelled_is_released_and_replaced_and_adopted_again()
    {
        using var cluster = Running(2);
        var pod = cluster.Pods[0];
        var strayed = pod with { Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With("app", "debug") } };
        cluster.Update("pods", strayed);
        cluster.RunUntil(() => cluster.Pods.Count == 3 && cluster.Pod(pod.Metadata.Name!)!.Metadata.OwnerReferences.IsEmpty);
        var released = cluster.Pod(pod.Metadata.Name!)!;
        cluster.Update("pods", released with { Metadata = released.Metadata with { Labels = pod.Metadata.Labels } });
        cluster.RunUntil(() => cluster.Pods.Count == 2);
        Assert.All(cluster.Pods, left => Assert.Single(left.Metadata.OwnerReferences));
    }

    private static ClusterUnderTest Running(int replicas, int nodes = 2)
    {
        var cluster = new ClusterUnderTest(nodes);
        cluster.Create("deployments.apps", Unstored(Deployment(replicas)));
        cluster.RunUntil(() => cluster.Pods.Count(PodConditions.IsReady) == replicas);
        return cluster;
    }

    private static void Scale(ClusterUnderTest cluster, int replicas)
    {
        var deployment = cluster.Get<Deployment>("deployments.apps", "web");
        cluster.Update("deployments.apps", deployment with { Spec = deployment.Spec with { Replicas = replicas } });
    }

    // As a user writes it: what the server sets is absent.
    private static Deployment Unstored(Deployment deployment) =>
        deployment with { Metadata = deployment.Metadata with { Uid = null, Generation = null } };
}
