using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager;
using ActorPlane.ControllerManager.GarbageCollection;
using ActorPlane.ControllerManager.PodGarbage;
using static ActorPlane.ApiServer.ApiServerProtocol;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class GarbageTests
{
    [Fact]
    public void Finished_pods_beyond_the_threshold_go_oldest_first()
    {
        Pod[] pods = [Pod("b", age: TimeSpan.FromHours(1)), Pod("old", age: TimeSpan.FromHours(3)), Pod("a", age: TimeSpan.FromHours(1))];
        Assert.Equal(["old", "a"], PodGarbagePlanner.Terminated(pods, 1).Select(pod => pod.Metadata.Name));
        Assert.Empty(PodGarbagePlanner.Terminated(pods, 3));
        Assert.Empty(PodGarbagePlanner.Terminated(pods, 0));
    }

    [Fact]
    public void A_pod_deleted_before_it_had_a_node_goes()
    {
        Pod[] pods = [Pod("unbound", node: null, deleting: true), Pod("bound", deleting: true)];
        Assert.Equal(["unbound"], PodGarbagePlanner.UnscheduledTerminating(pods).Select(pod => pod.Metadata.Name));
    }

    [Theory]
    [InlineData("True", true, 0)]
    [InlineData("Unknown", false, 0)]
    [InlineData("Unknown", true, 1)]
    public void A_pod_deleted_on_a_machine_that_is_out_of_service_goes(string ready, bool tainted, int count)
    {
        var node = new Node
        {
            Spec = new NodeSpec { Taints = tainted ? [new Taint { Key = "node.kubernetes.io/out-of-service", Effect = "NoExecute" }] : [] },
            Status = new NodeStatus { Conditions = [new NodeCondition { Type = "Ready", Status = ready }] },
        };
        Assert.Equal(count, PodGarbagePlanner.OutOfServiceTerminating([Pod("p", deleting: true)], _ => node).Count);
    }

    [Fact]
    public void A_running_pod_whose_node_is_gone_has_failed()
    {
        var status = PodGarbagePlanner.WithoutNode(Pod("p").Status, Now);
        Assert.Equal("Failed", status.Phase);
        Assert.Equal("DeletionByPodGC", status.Conditions.Find(condition => condition.Type == "DisruptionTarget")!.Reason);
        var ended = Pod("p", phase: "Succeeded").Status;
        Assert.Same(ended, PodGarbagePlanner.WithoutNode(ended, Now));
    }

    [Fact]
    public void An_object_goes_when_its_last_owner_is_gone()
    {
        ValueList<OwnerReference> owners = [new OwnerReference { Uid = "a" }, new OwnerReference { Uid = "b" }];
        Assert.Equal(GarbageVerdict.Keep, GarbagePlanner.Judge([], _ => OwnerState.Absent, false));
        Assert.Equal(GarbageVerdict.Keep, GarbagePlanner.Judge(owners, _ => OwnerState.Solid, true));
        Assert.Equal(GarbageVerdict.DropReferences, GarbagePlanner.Judge(owners, owner => owner.Uid == "a" ? OwnerState.Solid : OwnerState.Absent, true));
        Assert.Equal(GarbageVerdict.DropReferences, GarbagePlanner.Judge(owners, owner => owner.Uid == "a" ? OwnerState.Solid : OwnerState.Waiting, true));
        Assert.Equal(GarbageVerdict.Delete, GarbagePlanner.Judge(owners, _ => OwnerState.Absent, true));
        Assert.Equal(GarbageVerdict.Delete, GarbagePlanner.Judge(owners, _ => OwnerState.Waiting, false));
        Assert.Equal(GarbageVerdict.DeleteInForeground, GarbagePlanner.Judge(owners, owner => owner.Uid == "a" ? OwnerState.Waiting : OwnerState.Absent, true));
    }

    [Fact]
    public void Only_a_dependent_that_says_so_blocks_its_owner()
    {
        var owner = Set("set");
        Assert.True(GarbagePlanner.Blocks(Pod("p", owner: owner), "uid-set"));
        Assert.False(GarbagePlanner.Blocks(GarbagePlanner.Unblocked(Pod("p", owner: owner)), "uid-set"));
        Assert.False(GarbagePlanner.Blocks(Pod("p"), "uid-set"));
    }

    [Fact]
    public void A_foreground_deletion_takes_the_dependents_first()
    {
        using var cluster = Running();
        cluster.Delete("deployments.apps", "web", PropagationPolicy.Foreground);
        Assert.Equal(["foregroundDeletion"], cluster.Get<Deployment>("deployments.apps", "web").Metadata.Finalizers);
        Assert.NotNull(cluster.Get<Deployment>("deployments.apps", "web").Metadata.DeletionTimestamp);
        cluster.RunUntil(() =>
        {
            var (pods, sets, owners) = (cluster.Stored("pods"), cluster.Stored("replicasets.apps"), cluster.Stored("deployments.apps"));
            Assert.True(pods == 0 || sets == 1, "the set went before its pods");
            Assert.True(sets == 0 || owners == 1, "the deployment went before its set");
            return pods + sets + owners == 0;
        });
    }

    [Fact]
    public void Orphans_stay_and_forget_their_owner()
    {
        using var cluster = Running();
        cluster.Delete("deployments.apps", "web", PropagationPolicy.Orphan);
        cluster.RunUntil(() => cluster.Stored("deployments.apps") == 0);
        cluster.RunFor(30);
        Assert.Empty(Assert.Single(cluster.List<ReplicaSet>("replicasets.apps")).Metadata.OwnerReferences);
        Assert.Equal(2, cluster.ActivePods.Count);
    }

    [Fact]
    public void A_dependent_of_any_kind_goes_with_its_owner_but_not_with_one_of_two()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("secrets", new Secret { Metadata = Named("first") });
        cluster.Create("secrets", new Secret { Metadata = Named("second") });
        var first = cluster.Get<Secret>("secrets", "first");
        var second = cluster.Get<Secret>("secrets", "second");
        cluster.Create("configmaps", new ConfigMap { Metadata = Named("of-one") with { OwnerReferences = [Reference(first)] } });
        cluster.Create("services", new Service
        {
            Metadata = Named("of-both") with { OwnerReferences = [Reference(first), Reference(second)] },
            Spec = new ServiceSpec { Ports = [new ServicePort { Port = 80 }] },
        });
        cluster.RunFor(10);
        Assert.Equal(1, cluster.Count("configmaps", "of-one"));
        cluster.Delete("secrets", "first");
        cluster.RunUntil(() => cluster.Count("configmaps", "of-one") == 0);
        cluster.RunFor(5);
        Assert.Equal(["second"], cluster.Get<Service>("services", "of-both").Metadata.OwnerReferences.Select(owner => owner.Name));
    }

    [Fact]
    public void Objects_that_wait_for_each_other_in_a_circle_go_all_the_same()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("secrets", new Secret { Metadata = Named("a") });
        cluster.Create("secrets", new Secret { Metadata = Named("b") with { OwnerReferences = [Reference(cluster.Get<Secret>("secrets", "a"))] } });
        var a = cluster.Get<Secret>("secrets", "a");
        cluster.Update("secrets", a with { Metadata = a.Metadata with { OwnerReferences = [Reference(cluster.Get<Secret>("secrets", "b"))] } });
        cluster.Delete("secrets", "a", PropagationPolicy.Foreground);
        cluster.RunUntil(() => cluster.Count("secrets", "a") + cluster.Count("secrets", "b") == 0);
    }

    private static ClusterUnderTest Running()
    {
        var cluster = new ClusterUnderTest(nodes: 2);
        var deployment = Deployment(2);
        cluster.Create("deployments.apps", deployment with { Metadata = Named("web") });
        cluster.RunUntil(() => cluster.ActivePods.Count(PodConditions.IsReady) == 2);
        return cluster;
    }

    private static ObjectMeta Named(string name) => new() { Name = name, Namespace = "default" };

    private static OwnerReference Reference(IKubeObject owner) => Owners.ControllerReference(owner) with { Controller = null };
}
