using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager.GarbageCollection;
using ActorPlane.ControllerManager.PodGarbage;
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
        Assert.Equal(GarbageVerdict.Keep, GarbagePlanner.Judge([], _ => false));
        Assert.Equal(GarbageVerdict.Keep, GarbagePlanner.Judge(owners, _ => true));
        Assert.Equal(GarbageVerdict.DropReferences, GarbagePlanner.Judge(owners, owner => owner.Uid == "a"));
        Assert.Equal(GarbageVerdict.Delete, GarbagePlanner.Judge(owners, _ => false));
    }
}
