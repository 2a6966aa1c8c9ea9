using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

/// <summary>ReplicationControllers: the same controller as that of ReplicaSets.</summary>
public class ReplicationControllerTests
{
    private const string Resource = "replicationcontrollers";

    [Fact]
    public void It_keeps_as_many_pods_as_are_asked_for_and_owns_them()
    {
        using var cluster = new ClusterUnderTest(nodes: 2);
        cluster.Create(Resource, Controller(3));
        cluster.RunUntil(() => cluster.Pods.Count(PodConditions.IsReady) == 3);
        cluster.RunFor(1);
        var controller = cluster.Get<ReplicationController>(Resource, "web");
        Assert.All(cluster.Pods, pod =>
        {
            Assert.StartsWith("web-", pod.Metadata.Name);
            Assert.Equal(Owners.ControllerReference(controller), Assert.Single(pod.Metadata.OwnerReferences));
        });
        Assert.Equal(
            new ReplicationControllerStatus { Replicas = 3, FullyLabeledReplicas = 3, ReadyReplicas = 3, AvailableReplicas = 3, ObservedGeneration = 1 }, controller.Status);
        Assert.Contains(cluster.List<Event>("events"), e => e is { Reason: "SuccessfulCreate", Source.Component: "replication-controller" });
    }

    [Fact]
    public void It_scales_and_replaces_what_is_lost()
    {
        using var cluster = new ClusterUnderTest(nodes: 2);
        cluster.Create(Resource, Controller(3));
        cluster.RunUntil(() => cluster.Pods.Count(PodConditions.IsReady) == 3);
        cluster.Delete("pods", cluster.Pods[0].Metadata.Name!);
        cluster.RunUntil(() => cluster.ActivePods.Count(PodConditions.IsReady) == 3);
        var stored = cluster.Get<ReplicationController>(Resource, "web");
        cluster.Update(Resource, stored with { Spec = stored.Spec with { Replicas = 1 } });
        cluster.RunUntil(() => cluster.ActivePods.Count == 1);
        cluster.RunUntil(() => cluster.Seen<ReplicationController>(Resource, "web")?.Status is { Replicas: 1, ObservedGeneration: 2 });
    }

    [Fact]
    public void It_adopts_what_it_selects_and_leaves_its_pods_behind_when_it_is_deleted_without_a_word()
    {
        using var cluster = new ClusterUnderTest(nodes: 1);
        cluster.Create("pods", new Pod { Metadata = new ObjectMeta { Namespace = "default", Name = "mine", Labels = Web }, Spec = Template().Spec });
        cluster.Create(Resource, Controller(2));
        cluster.RunUntil(() => cluster.Pods.Count(PodConditions.IsReady) == 2);
        Assert.All(cluster.Pods, pod => Assert.Equal("web", Owners.ControllerOf(pod)?.Name));
        cluster.Delete(Resource, "web");
        cluster.RunUntil(() => cluster.Stored(Resource) == 0);
        Assert.Equal(2, cluster.ActivePods.Count);
        Assert.All(cluster.Pods, pod => Assert.Empty(pod.Metadata.OwnerReferences));
    }

    [Fact]
    public void It_says_why_pods_cannot_be_created()
    {
        using var cluster = new ClusterUnderTest(nodes: 1);
        cluster.Create("resourcequotas", new ResourceQuota
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "few" },
            Spec = new ResourceQuotaSpec { Hard = ValueMap<Quantity>.Empty.With("pods", Quantity.Parse("1")) },
        });
        cluster.Create(Resource, Controller(2));
        cluster.RunUntil(() => cluster.Seen<ReplicationController>(Resource, "web")?.Status is { Replicas: 1, Conditions.Count: 1 });
        var condition = Assert.Single(cluster.Get<ReplicationController>(Resource, "web").Status.Conditions);
        Assert.Equal(("ReplicaFailure", "True", "FailedCreate"), (condition.Type, condition.Status, condition.Reason));
        Assert.EndsWith("is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1", condition.Message);
    }

    private static ReplicationController Controller(int replicas) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
        Spec = new ReplicationControllerSpec { Replicas = replicas, Template = Template() },
    };
}
