using ActorPlane.Api.Core.V1;
using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class PodWorkerTests
{
    private static readonly Pod Pod = Pods.Of(Pods.Spec("Always", "a"));

    [Theory]
    [InlineData(PodStage.Unknown, PodAction.Admit)]
    [InlineData(PodStage.Checking, PodAction.None)]
    [InlineData(PodStage.Running, PodAction.None)]
    [InlineData(PodStage.Ended, PodAction.None)]
    public void A_pod_is_admitted_once(PodStage stage, PodAction action) => Assert.Equal(action, PodWorker.Decide(stage, Pod, TimeSpan.Zero));

    [Theory]
    [InlineData(PodStage.Unknown, PodAction.Stop)]
    [InlineData(PodStage.Checking, PodAction.Stop)]
    [InlineData(PodStage.Running, PodAction.Stop)]
    [InlineData(PodStage.Stopping, PodAction.None)]
    [InlineData(PodStage.Ended, PodAction.Delete)]
    [InlineData(PodStage.Deleting, PodAction.None)]
    public void A_deleted_pod_is_stopped_or_removed(PodStage stage, PodAction action) =>
        Assert.Equal(action, PodWorker.Decide(stage, Deleted(30), TimeSpan.FromSeconds(30)));

    [Fact]
    public void A_shorter_grace_period_counts() =>
        Assert.Equal(PodAction.Stop, PodWorker.Decide(PodStage.Stopping, Deleted(5), TimeSpan.FromSeconds(30)));

    [Fact]
    public void A_pod_that_ended_long_ago_is_left_alone() =>
        Assert.Equal(
            PodAction.Ignore,
            PodWorker.Decide(PodStage.Unknown, Pod with { Status = new PodStatus { Phase = "Succeeded" } }, TimeSpan.Zero));

    [Fact]
    public void Containers_get_a_second_at_least() => Assert.Equal(TimeSpan.FromSeconds(1), PodWorker.GraceOf(Deleted(0)));

    [Fact]
    public void Any_number_is_a_grace_period() => Assert.Equal(TimeSpan.FromSeconds(9_223_372_036), PodWorker.GraceOf(Deleted(long.MaxValue)));

    private static Pod Deleted(long grace) =>
        Pod with { Metadata = Pod.Metadata with { DeletionTimestamp = Pods.Now, DeletionGracePeriodSeconds = grace } };
}
