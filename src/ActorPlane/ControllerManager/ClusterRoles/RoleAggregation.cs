using ActorPlane.Api;
using ActorPlane.Api.Rbac.V1;

namespace ActorPlane.ControllerManager.ClusterRoles;

/// <summary>What an aggregated role says. (<c>C/clusterroleaggregation/clusterroleaggregation_controller.go</c>.)</summary>
public static class RoleAggregation
{
    /// <summary>The rules of all roles that a role selects, in the order of its selectors and of the roles' names, each once.</summary>
    /// <param name="roles">All roles, by name.</param>
    public static ValueList<PolicyRule> RulesOf(ClusterRole role, IReadOnlyList<ClusterRole> roles)
    {
        var rules = new List<PolicyRule>();
        foreach (var selector in role.AggregationRule?.ClusterRoleSelectors ?? [])
        {
            foreach (var other in roles)
            {
                if (other.Metadata.Name == role.Metadata.Name || !selector.Matches(other.Metadata.Labels)) continue;
                foreach (var rule in other.Rules)
                {
                    if (!rules.Contains(rule)) rules.Add(rule);
                }
            }
        }

        return [.. rules];
    }
}
