using ActorPlane.Api.Apps.V1;
using ActorPlane.ControllerManager.ReplicaSets;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class ReplicaSetStatusTests
{
    [Fact]
    public void The_status_counts_the_pods()
    {
        var set = Set("web") with { Metadata = Set("web").Metadata with { Generation = 7 } };
        var pods = new OwnedPods();
        pods.Set(Pod("p", owner: set));
        pods.Set(Pod("q", owner: set, ready: false));
        pods.Set(Pod("r", owner: set, labels: Labels(("app", "other"))));
        var expected = new ReplicaSetStatus { Replicas = 3, FullyLabeledReplicas = 2, ReadyReplicas = 2, AvailableReplicas = 2, ObservedGeneration = 7 };
        Assert.Equal(expected, Calculate(set, pods, null, false, Now));
    }

    [Fact]
    public void A_failure_to_create_is_a_condition_until_it_is_over()
    {
        var set = Set("web");
        var failed = Calculate(set, new OwnedPods(), "quota exceeded", true, Now);
        var condition = Assert.Single(failed.Conditions);
        Assert.Equal(("ReplicaFailure", "True", "FailedCreate", "quota exceeded"), (condition.Type, condition.Status, condition.Reason, condition.Message));
        Assert.Equal(failed, Calculate(set with { Status = failed }, new OwnedPods(), "again", true, Now.AddHours(1)));
        Assert.Empty(Calculate(set with { Status = failed }, new OwnedPods(), null, true, Now).Conditions);
    }

    [Fact]
    public void A_set_without_pods_has_nothing_to_tell() =>
        Assert.Equal(new ReplicaSetStatus(), Calculate(Set("web"), new OwnedPods(), null, false, Now));

    private static ReplicaSetStatus Calculate(ReplicaSet set, OwnedPods pods, string? failure, bool wasCreating, DateTimeOffset now) =>
        ReplicaSetStatusCalculator.Calculate(set.Spec, set.Status, set.Metadata.Generation ?? 0, pods, failure, wasCreating, now);
}
