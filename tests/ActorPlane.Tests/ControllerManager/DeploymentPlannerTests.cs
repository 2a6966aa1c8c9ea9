using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.ControllerManager;
using ActorPlane.ControllerManager.Deployments;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class DeploymentPlannerTests
{
    [Fact]
    public void The_first_replica_set_has_the_template_the_hash_and_all_replicas()
    {
        var deployment = Deployment(replicas: 3);
        var created = DeploymentPlanner.Plan(deployment, [], true).Create!;
        var hash = created.Metadata.Labels["pod-template-hash"];
        Assert.Equal($"web-{hash}", created.Metadata.Name);
        Assert.Equal(3, created.Spec.Replicas);
        Assert.Equal(Labels(("app", "web"), ("pod-template-hash", hash)), created.Spec.Selector.MatchLabels);
        Assert.Equal(created.Spec.Selector.MatchLabels, created.Spec.Template.Metadata.Labels);
        Assert.Equal("uid-web", Assert.Single(created.Metadata.OwnerReferences).Uid);
        Assert.Equal(
            Labels((DeploymentFacts.DesiredAnnotation, "3"), (DeploymentFacts.MaxAnnotation, "4"), (DeploymentFacts.RevisionAnnotation, "1")),
            created.Metadata.Annotations);
    }

    [Fact]
    public void The_hash_is_that_of_the_template_and_spells_no_words()
    {
        var hash = PodTemplateHash.Of(Template(), null);
        Assert.Equal(hash, PodTemplateHash.Of(Template(), null));
        Assert.NotEqual(hash, PodTemplateHash.Of(Template("nginx:2"), null));
        Assert.NotEqual(hash, PodTemplateHash.Of(Template(), 1));
        Assert.Matches("^[bcdfghjklmnpqrstvwxz2456789]{1,10}$", hash);
    }

    [Fact]
    public void A_replica_set_of_the_same_template_is_kept()
    {
        var deployment = Deployment();
        var plan = DeploymentPlanner.Plan(deployment, [Stored(deployment)], true);
        Assert.Equal((null, 0, 0), (plan.Create, plan.Changes.Count, plan.Deletions.Count));
        Assert.Equal("1", plan.New!.Metadata.Annotations[DeploymentFacts.RevisionAnnotation]);
    }

    [Fact]
    public void Another_size_scales_the_replica_set()
    {
        var set = Stored(Deployment(replicas: 3));
        var change = Assert.Single(DeploymentPlanner.Plan(Deployment(replicas: 5), [set], true).Changes);
        Assert.True(change.IsScaling);
        Assert.Equal((5, "5", "7"), (change.After.Spec.Replicas, change.After.Metadata.Annotations[DeploymentFacts.DesiredAnnotation], change.After.Metadata.Annotations[DeploymentFacts.MaxAnnotation]));
    }

    [Fact]
    public void Counts_that_are_too_large_together_wrap_and_break_nothing()
    {
        List<ReplicaSet> old = [.. Enumerable.Range(1, 3).Select(i => Stored(Deployment(image: $"nginx:{i}")))];
        for (var i = 0; i < old.Count; i++) old[i] = old[i] with { Spec = old[i].Spec with { Replicas = int.MaxValue } };
        Assert.Equal(int.MaxValue - 2, old.Select(set => set.Spec.Replicas ?? 0).Total());
        Assert.NotNull(DeploymentPlanner.Plan(Deployment(image: "nginx:9", replicas: int.MaxValue), old, true));
    }

    [Fact]
    public void A_rolling_update_keeps_within_surge_and_unavailable_and_ends()
    {
        // All pods become available one step after they are ordered; old ones vanish one step after.
        foreach (var (surge, unavailable) in new (IntOrString, IntOrString)[] { ("25%", "25%"), (1, 0), (0, 1), (0, 0), ("100%", 0), (3, "50%") })
        {
            var replicas = 10;
            var before = Deployment(replicas, "nginx:1", surge, unavailable);
            var after = Deployment(replicas, "nginx:2", surge, unavailable);
            var sets = new Dictionary<string, ReplicaSet> { ["old"] = Available(Stored(before), replicas) };
            var steps = 0;
            for (; steps < 100; steps++)
            {
                var plan = DeploymentPlanner.Plan(after, sets.Values, true);
                if (plan.Create is null && plan.Changes.Count == 0 && sets.Values.All(set => set.Spec.Replicas == (set.Status.AvailableReplicas ?? 0))) break;
                if (plan.Create is { } created) sets["new"] = created with { Metadata = created.Metadata with { CreationTimestamp = Now.AddHours(1) } };
                foreach (var change in plan.Changes) sets[sets.Single(entry => ReferenceEquals(entry.Value, change.Before)).Key] = change.After;
                Assert.InRange(sets.Values.Sum(set => set.Spec.Replicas!.Value), 0, replicas + DeploymentFacts.MaxSurge(after));
                foreach (var key in sets.Keys.ToArray()) sets[key] = Available(sets[key], sets[key].Spec.Replicas!.Value);
                Assert.InRange(sets.Values.Sum(set => set.Status.AvailableReplicas ?? 0), replicas - DeploymentFacts.MaxUnavailable(after), int.MaxValue);
            }

            Assert.Equal((0, 10), (sets["old"].Spec.Replicas, sets["new"].Spec.Replicas));
            Assert.Equal("2", sets["new"].Metadata.Annotations[DeploymentFacts.RevisionAnnotation]);
            Assert.InRange(steps, 2, 60);
        }
    }

    [Fact]
    public void New_pods_that_do_not_become_available_stop_the_rollout()
    {
        var old = Available(Stored(Deployment(4, "nginx:1")), 4);
        var after = Deployment(4, "nginx:2");
        var created = DeploymentPlanner.Plan(after, [old], true).Create!;
        Assert.Equal(1, created.Spec.Replicas);
        var change = Assert.Single(DeploymentPlanner.Plan(after, [old, created], true).Changes);
        Assert.Equal(3, change.After.Spec.Replicas);
        var grown = Assert.Single(DeploymentPlanner.Plan(after, [Available(change.After, 3), created], true).Changes).After;
        Assert.Equal(2, grown.Spec.Replicas);
        Assert.Empty(DeploymentPlanner.Plan(after, [Available(change.After, 3), grown], true).Changes);
    }

    [Fact]
    public void A_recreate_stops_the_old_pods_first()
    {
        var old = Available(Stored(Deployment(2, "nginx:1")), 2);
        var after = Deployment(2, "nginx:2");
        after = after with { Spec = after.Spec with { Strategy = new DeploymentStrategy { Type = "Recreate" } } };
        var stopping = DeploymentPlanner.Plan(after, [old], true);
        Assert.Equal((null, 0), (stopping.Create, Assert.Single(stopping.Changes).After.Spec.Replicas));
        var stopped = stopping.Changes[0].After;
        Assert.Null(DeploymentPlanner.Plan(after, [stopped], false).Create);
        Assert.Equal(2, DeploymentPlanner.Plan(after, [stopped], true).Create!.Spec.Replicas);
    }

    [Fact]
    public void A_paused_deployment_scales_but_does_not_roll()
    {
        var old = Available(Stored(Deployment(2, "nginx:1")), 2);
        var after = Deployment(5, "nginx:2");
        after = after with { Spec = after.Spec with { Paused = true } };
        var plan = DeploymentPlanner.Plan(after, [old], true);
        Assert.Equal((null, 5), (plan.Create, Assert.Single(plan.Changes).After.Spec.Replicas));
    }

    [Fact]
    public void Scaling_in_the_middle_of_a_rollout_is_shared_out()
    {
        // Kubernetes' documentation: 10 replicas, surge 3, unavailable 2, stuck at 8 and 5; scaled to 15 it goes to 11 and 7.
        var before = Deployment(10, "nginx:1", 3, 2);
        var stuck = Deployment(10, "nginx:2", 3, 2);
        var old = Available(Resized(Stored(before), 8), 8);
        var current = Resized(Stored(stuck, [old]), 5);
        var plan = DeploymentPlanner.Plan(Deployment(15, "nginx:2", 3, 2), [old, current], true);
        Assert.Equal([11, 7], plan.Changes.OrderByDescending(change => change.Before.Spec.Replicas).Select(change => change.After.Spec.Replicas!.Value));
    }

    [Fact]
    public void Old_replica_sets_beyond_the_history_limit_go()
    {
        var deployment = Deployment(1, "nginx:9");
        deployment = deployment with { Spec = deployment.Spec with { RevisionHistoryLimit = 2 } };
        var old = new List<ReplicaSet>();
        for (var i = 1; i <= 4; i++) old.Add(Resized(Stored(Deployment(1, $"nginx:{i}"), old), 0));
        var current = Available(Stored(deployment, old), 1);
        deployment = deployment with { Status = new DeploymentStatus { Replicas = 1, UpdatedReplicas = 1, AvailableReplicas = 1, ObservedGeneration = 1 } };
        var plan = DeploymentPlanner.Plan(deployment, [.. old, current], true);
        Assert.Equal(old.Take(2).Select(set => set.Metadata.Name), plan.Deletions.Select(set => set.Metadata.Name));
    }

    [Fact]
    public void Going_back_to_an_earlier_template_makes_its_replica_set_the_newest()
    {
        var first = Resized(Stored(Deployment(2, "nginx:1")), 0);
        var second = Available(Stored(Deployment(2, "nginx:2"), [first]), 2);
        var plan = DeploymentPlanner.Plan(Deployment(2, "nginx:1"), [first, second], true);
        Assert.Equal(first.Metadata.Name, plan.New!.Metadata.Name);
        Assert.Equal("3", plan.Changes.Single(change => ReferenceEquals(change.Before, first)).After.Metadata.Annotations[DeploymentFacts.RevisionAnnotation]);
    }

    private static ReplicaSet Stored(Deployment deployment, IReadOnlyList<ReplicaSet>? old = null)
    {
        var set = DeploymentPlanner.NewReplicaSet(deployment, old ?? []);
        return set with { Metadata = set.Metadata with { Uid = "uid-" + set.Metadata.Name, CreationTimestamp = Now.AddMinutes(old?.Count ?? 0) } };
    }

    private static ReplicaSet Available(ReplicaSet set, int count) =>
        set with { Status = new ReplicaSetStatus { Replicas = count, ReadyReplicas = count, AvailableReplicas = count } };

    private static ReplicaSet Resized(ReplicaSet set, int replicas) => set with { Spec = set.Spec with { Replicas = replicas } };
}
