using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Policy.V1;
using ActorPlane.ControllerManager;
using ActorPlane.ControllerManager.Disruption;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

/// <summary>PodDisruptionBudgets: how many pods may go.</summary>
public class DisruptionTests
{
    private const string Resource = "poddisruptionbudgets.policy";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("min 2", 3, 0, 3, 2, 1)]
    [InlineData("min 3", 3, 0, 3, 3, 0)]
    [InlineData("min 5", 3, 0, 3, 5, 0)]
    [InlineData("min 50%", 3, 5, 5, 3, 0)]
    [InlineData("min 0%", 3, 3, 3, 0, 3)]
    [InlineData("max 1", 3, 3, 3, 2, 1)]
    [InlineData("max 30%", 3, 4, 4, 2, 1)]
    [InlineData("max 10", 3, 3, 3, 0, 3)]
    [InlineData("max 1", 0, 0, 0, 0, 0)]
    [InlineData("", 3, 0, 0, 0, 0)]
    public void It_allows_what_is_healthy_beyond_what_is_wanted(string rule, int ready, int scale, int expected, int desired, int allowed)
    {
        var pods = Enumerable.Range(0, ready).Select(i => Pod($"p{i}")).ToList();
        var status = DisruptionPlanner.Plan(Budget(rule), pods, scale, Timeout, Now).Status;
        Assert.Equal((expected, desired, ready, allowed), (status.ExpectedPods, status.DesiredHealthy, status.CurrentHealthy, status.DisruptionsAllowed));
        Assert.Equal(allowed > 0 ? ("True", "SufficientPods") : ("False", "InsufficientPods"), (status.Conditions[0].Status, status.Conditions[0].Reason));
        Assert.Equal(7, status.ObservedGeneration);
    }

    [Fact]
    public void Only_ready_pods_that_are_not_going_are_healthy()
    {
        Pod[] pods = [Pod("a"), Pod("b", ready: false), Pod("c", deleting: true)];
        var status = DisruptionPlanner.Plan(Budget("min 1"), pods, 0, Timeout, Now).Status;
        Assert.Equal((3, 1, 0), (status.ExpectedPods, status.CurrentHealthy, status.DisruptionsAllowed));
    }

    [Fact]
    public void A_pod_that_is_about_to_be_evicted_does_not_count_until_the_time_is_over()
    {
        var budget = Budget("min 1");
        var (early, late) = (Now - TimeSpan.FromSeconds(119), Now - TimeSpan.FromSeconds(121));
        budget = budget with { Status = budget.Status with { DisruptedPods = ValueMap<Timestamp>.Empty.With("a", early).With("b", late).With("gone", early) } };
        var plan = DisruptionPlanner.Plan(budget, [Pod("a"), Pod("b"), Pod("c")], 0, Timeout, Now);
        Assert.Equal((2, 1), (plan.Status.CurrentHealthy, plan.Status.DisruptionsAllowed));
        Assert.Equal(["a"], plan.Status.DisruptedPods.Keys);
        Assert.Equal(Now + TimeSpan.FromSeconds(1), plan.RecheckAt);
        Assert.Equal("b", Assert.Single(plan.NotDeleted).Metadata.Name);
    }

    [Fact]
    public void The_condition_keeps_its_time_while_it_says_the_same()
    {
        var first = DisruptionPlanner.Plan(Budget("min 1"), [Pod("a"), Pod("b")], 0, Timeout, Now).Status;
        var budget = Budget("min 1") with { Status = first };
        Assert.Equal(first, DisruptionPlanner.Plan(budget, [Pod("a"), Pod("b")], 0, Timeout, Now.AddHours(1)).Status);
        var closed = DisruptionPlanner.Plan(budget, [Pod("a")], 0, Timeout, Now.AddHours(1)).Status;
        Assert.Equal(Now.AddHours(1), closed.Conditions[0].LastTransitionTime!.Value.Time);
    }

    [Fact]
    public void Shares_are_shares_of_what_the_deployment_asks_for()
    {
        using var cluster = new ClusterUnderTest(nodes: 2);
        cluster.Create("deployments.apps", Deployment(4) with { Metadata = new ObjectMeta { Namespace = "default", Name = "web" } });
        cluster.Create(Resource, Budget("max 50%") with { Metadata = new ObjectMeta { Namespace = "default", Name = "budget" }, Status = PodDisruptionBudgetStatus.Empty });
        cluster.RunUntil(() => Status(cluster) is { ExpectedPods: 4, DesiredHealthy: 2, CurrentHealthy: 4, DisruptionsAllowed: 2, ObservedGeneration: 1 });
        var stored = cluster.Get<Api.Apps.V1.Deployment>("deployments.apps", "web");
        cluster.Update("deployments.apps", stored with { Spec = stored.Spec with { Replicas = 2 } });
        cluster.RunUntil(() => Status(cluster) is { ExpectedPods: 2, DesiredHealthy: 1, CurrentHealthy: 2, DisruptionsAllowed: 1 });
    }

    [Fact]
    public void Replication_controllers_and_replica_sets_of_their_own_speak_for_themselves()
    {
        using var cluster = new ClusterUnderTest(nodes: 2);
        cluster.Create("replicationcontrollers", new ReplicationController
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "one" }, Spec = new ReplicationControllerSpec { Replicas = 2, Template = Template() },
        });
        cluster.RunUntil(() => cluster.Pods.Count == 2);
        var set = Set("two", 3, Labels(("app", "web"), ("set", "two")), template: Template() with { Metadata = new ObjectMeta { Labels = Labels(("app", "web"), ("set", "two")) } });
        cluster.Create("replicasets.apps", set with { Metadata = new ObjectMeta { Namespace = "default", Name = "two" } });
        cluster.Create(Resource, Budget("min 100%") with { Metadata = new ObjectMeta { Namespace = "default", Name = "budget" }, Status = PodDisruptionBudgetStatus.Empty });
        cluster.RunUntil(() => Status(cluster) is { ExpectedPods: 5, DesiredHealthy: 5, CurrentHealthy: 5, DisruptionsAllowed: 0 });
    }

    [Fact]
    public void A_share_of_pods_whose_owner_has_no_scale_cannot_be_told()
    {
        using var cluster = new ClusterUnderTest(nodes: 1);
        cluster.Create("daemonsets.apps", new Api.Apps.V1.DaemonSet
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "web" },
            Spec = new Api.Apps.V1.DaemonSetSpec { Selector = new LabelSelector { MatchLabels = Web }, Template = Template() },
        });
        var owner = cluster.Get<Api.Apps.V1.DaemonSet>("daemonsets.apps", "web");
        cluster.Create("pods", new Pod
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "p", Labels = Web, OwnerReferences = [Owners.ControllerReference(owner)] }, Spec = Template().Spec,
        });
        cluster.Create(Resource, Budget("max 1") with { Metadata = new ObjectMeta { Namespace = "default", Name = "budget" }, Status = PodDisruptionBudgetStatus.Empty });
        cluster.RunUntil(() => Status(cluster)?.Conditions.Count == 1);
        var condition = Status(cluster)!.Conditions[0];
        Assert.Equal(("False", "SyncFailed", "daemonsets.apps does not implement the scale subresource"), (condition.Status, condition.Reason, condition.Message));
        cluster.RunUntil(() => cluster.Stored("events") > 0);
        cluster.RunFor(5);
        Assert.Contains(cluster.List<Event>("events"), e => e is { Reason: "CalculateExpectedPodCountFailed", Source.Component: "controllermanager" });
    }

    private static PodDisruptionBudgetStatus? Status(ClusterUnderTest cluster) => cluster.Seen<PodDisruptionBudget>(Resource, "budget")?.Status;

    private static PodDisruptionBudget Budget(string rule)
    {
        var words = rule.Split(' ');
        IntOrString? amount = words.Length < 2 ? null : int.TryParse(words[1], out var number) ? number : words[1];
        return new PodDisruptionBudget
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "budget", Generation = 7 },
            Spec = new PodDisruptionBudgetSpec
            {
                Selector = new LabelSelector { MatchLabels = Web },
                MinAvailable = words[0] == "min" ? amount : null,
                MaxUnavailable = words[0] == "max" ? amount : null,
            },
        };
    }
}
