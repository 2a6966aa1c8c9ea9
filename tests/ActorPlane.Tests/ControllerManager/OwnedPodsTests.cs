using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager;
using ActorPlane.ControllerManager.ReplicaSets;
using FsCheck;
using FsCheck.Fluent;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class OwnedPodsTests
{
    [Fact]
    public void A_pod_that_is_being_deleted_no_longer_counts()
    {
        var pods = new OwnedPods();
        pods.Set(Pod("p"));
        pods.Set(Pod("q"));
        pods.Set(Pod("p", deleting: true));
        Assert.Equal((1, 1), (pods.Count, pods.Ready));
    }

    [Fact]
    public void Pods_become_available_when_they_have_been_ready_for_long_enough()
    {
        var pods = new OwnedPods();
        pods.Set(Pod("p", readyFor: TimeSpan.FromSeconds(10)));
        pods.Set(Pod("q", readyFor: TimeSpan.FromSeconds(20)));
        pods.Set(Pod("r", ready: false));
        Assert.Equal((2, 2, 2, 1, 0), (
            pods.Ready, pods.Available(TimeSpan.Zero, Now), pods.Available(TimeSpan.FromSeconds(10), Now),
            pods.Available(TimeSpan.FromSeconds(11), Now), pods.Available(TimeSpan.FromSeconds(21), Now)));
    }

    /// <summary>After any history the running counts are what counting anew would give.</summary>
    [Fact]
    public void Running_counts_equal_counts_made_anew()
    {
        var steps = Gen.Choose(0, int.MaxValue).ListOf().ToArbitrary();
        Prop.ForAll(steps, seeds =>
        {
            var pods = new OwnedPods();
            var model = new Dictionary<string, Pod>();
            foreach (var seed in seeds)
            {
                var chance = new Chance((ulong)seed);
                var pod = Pod(
                    $"p{chance.Next(5)}", ready: chance.Next(2) == 0, deleting: chance.Next(5) == 0, phase: chance.Next(5) == 0 ? "Failed" : "Running",
                    labels: chance.Next(2) == 0 ? Web : Labels(("app", "other")));
                if (chance.Next(5) == 0)
                {
                    pods.Remove(pod.Metadata.Uid!);
                    model.Remove(pod.Metadata.Uid!);
                }
                else
                {
                    pods.Set(pod);
                    model[pod.Metadata.Uid!] = pod;
                }

                var labels = chance.Next(3) == 0 ? Labels(("app", "other")) : Web;
                Pod[] active = [.. model.Values.Where(PodConditions.IsActive)];
                if ((pods.Count, pods.Ready, pods.FullyLabeled(labels))
                    != (active.Length, active.Count(PodConditions.IsReady), active.Count(p => p.Metadata.Labels == labels)))
                    return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }
}
