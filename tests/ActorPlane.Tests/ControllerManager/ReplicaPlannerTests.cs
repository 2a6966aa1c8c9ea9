using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager.ReplicaSets;
using FsCheck;
using FsCheck.Fluent;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class ReplicaPlannerTests
{
    private static readonly Dictionary<string, int> NoRanks = [];

    [Theory]
    [InlineData(3, 3, 0, 0)]
    [InlineData(5, 3, 2, 0)]
    [InlineData(0, 3, 0, 3)]
    [InlineData(1000, 3, 500, 0)]
    [InlineData(0, 700, 0, 500)]
    public void The_difference_is_made_up_in_bursts(int desired, int active, int creations, int deletions)
    {
        Pod[] pods = [.. Enumerable.Range(0, active).Select(i => Pod($"p{i}"))];
        var plan = ReplicaPlanner.Plan(desired, pods, 500, () => NoRanks, Now);
        Assert.Equal((creations, deletions), (plan.Creations, plan.Deletions.Count));
    }

    [Fact]
    public void Pods_go_in_the_order_in_which_their_loss_hurts()
    {
        Pod[] inOrder =
        [
            Pod("unassigned", node: null, phase: "Pending", ready: false),
            Pod("pending", phase: "Pending", ready: false),
            Pod("unknown", phase: "Unknown", ready: false),
            Pod("not-ready", ready: false),
            Pod("cheap", cost: -10),
            Pod("crowded", node: "crowded"),
            Pod("just-ready", readyFor: TimeSpan.FromSeconds(10)),
            Pod("restarting", restarts: 5),
            Pod("young", age: TimeSpan.FromMinutes(11)),
            Pod("a-old", age: TimeSpan.FromHours(5)),
            Pod("b-old", age: TimeSpan.FromHours(5.1)),
            Pod("dear", cost: 10),
        ];
        var ranks = new Dictionary<string, int> { ["n"] = 1, ["crowded"] = 3 };
        for (var shift = 0; shift < inOrder.Length; shift++)
        {
            Pod[] shuffled = [.. inOrder[shift..].Reverse(), .. inOrder[..shift]];
            Assert.Equal(Names(inOrder), Names(PodDeletionOrder.Select(shuffled, shuffled.Length, ranks, Now)));
        }
    }

    [Fact]
    public void Pods_ready_for_about_as_long_are_told_apart_by_other_things()
    {
        // 600 s and 700 s have the same binary magnitude in nanoseconds.
        Pod[] pods = [Pod("b", readyFor: TimeSpan.FromSeconds(600)), Pod("a", readyFor: TimeSpan.FromSeconds(700)), Pod("c", readyFor: TimeSpan.FromSeconds(650), restarts: 1)];
        Assert.Equal(["c", "a", "b"], Names(PodDeletionOrder.Select(pods, 3, NoRanks, Now)));
    }

    /// <summary>The order never depends on the order in which pods are given, so it is total.</summary>
    [Fact]
    public void The_order_is_total()
    {
        var pods = Gen.Choose(0, int.MaxValue).Select(Random).ListOf().ToArbitrary();
        Prop.ForAll(pods, drawn =>
        {
            Pod[] distinct = [.. drawn.Select((pod, i) => pod with { Metadata = pod.Metadata with { Uid = $"uid-{i}", Name = $"p{i}" } })];
            var order = Names(PodDeletionOrder.Select(distinct, distinct.Length, NoRanks, Now));
            return Names(PodDeletionOrder.Select([.. distinct.Reverse()], distinct.Length, NoRanks, Now)).SequenceEqual(order)
                && Names(PodDeletionOrder.Select([.. distinct.OrderBy(pod => pod.Metadata.Uid!.GetHashCode(StringComparison.Ordinal))], distinct.Length, NoRanks, Now)).SequenceEqual(order);
        }).QuickCheckThrowOnFailure();
    }

    private static Pod Random(int seed)
    {
        var chance = new Chance((ulong)seed);
        return Pod(
            "p", chance.Next(3) == 0 ? null : $"n{chance.Next(2)}", chance.Next(2) == 0 ? "Pending" : "Running", chance.Next(2) == 0,
            TimeSpan.FromSeconds(chance.Next(1000)), TimeSpan.FromSeconds(chance.Next(1000)), chance.Next(2), chance.Next(4) == 0 ? chance.Next(3) : null);
    }

    private static List<string> Names(IEnumerable<Pod> pods) => [.. pods.Select(pod => pod.Metadata.Name!)];
}
