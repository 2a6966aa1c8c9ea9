using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Rbac.V1;
using ActorPlane.ControllerManager.ClusterRoles;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class RoleAggregationTests
{
    private const string Resource = "clusterroles.rbac.authorization.k8s.io";

    private static readonly PolicyRule Read = new() { ApiGroups = [""], Resources = ["pods"], Verbs = ["get"] };
    private static readonly PolicyRule Write = new() { ApiGroups = [""], Resources = ["pods"], Verbs = ["update"] };

    [Fact]
    public void An_aggregated_role_has_each_rule_of_the_roles_that_it_selects_once()
    {
        var role = Role("all", aggregates: "x");
        ClusterRole[] roles = [role with { Metadata = role.Metadata with { Labels = Labels(("to", "x")) }, Rules = [Write] }, Role("b", "x", Write, Read), Role("c", "x", Read), Role("d", "y", Read)];
        Assert.Equal([Write, Read], RoleAggregation.RulesOf(role, roles));
        Assert.Empty(RoleAggregation.RulesOf(role, [Role("d", "y", Read)]));
    }

    [Fact]
    public void The_roles_for_users_gather_their_rules_and_follow_new_ones()
    {
        using var cluster = new ClusterUnderTest();
        cluster.RunUntil(() => cluster.Seen<ClusterRole>(Resource, "admin", "")!.Rules.Count > cluster.Seen<ClusterRole>(Resource, "system:aggregate-to-edit", "")!.Rules.Count);
        Assert.All(cluster.Seen<ClusterRole>(Resource, "view", "")!.Rules, rule => Assert.Contains(rule, cluster.Seen<ClusterRole>(Resource, "edit", "")!.Rules));
        Assert.All(cluster.Seen<ClusterRole>(Resource, "edit", "")!.Rules, rule => Assert.Contains(rule, cluster.Seen<ClusterRole>(Resource, "admin", "")!.Rules));

        var custom = new PolicyRule { ApiGroups = ["example.com"], Resources = ["widgets"], Verbs = ["get"] };
        cluster.Create(Resource, new ClusterRole
        {
            Metadata = new ObjectMeta { Name = "widgets", Labels = Labels(("rbac.authorization.k8s.io/aggregate-to-view", "true")) }, Rules = [custom],
        });
        cluster.RunUntil(() => cluster.Seen<ClusterRole>(Resource, "admin", "")!.Rules.Contains(custom));
        cluster.Delete(Resource, "widgets", @namespace: "");
        cluster.RunUntil(() => !cluster.Seen<ClusterRole>(Resource, "admin", "")!.Rules.Contains(custom));
    }

    private static ClusterRole Role(string name, string label, params PolicyRule[] rules) => new() { Metadata = new ObjectMeta { Name = name, Labels = Labels(("to", label)) }, Rules = [.. rules] };

    private static ClusterRole Role(string name, string aggregates) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        AggregationRule = new AggregationRule { ClusterRoleSelectors = [new LabelSelector { MatchLabels = Labels(("to", aggregates)) }] },
    };
}
