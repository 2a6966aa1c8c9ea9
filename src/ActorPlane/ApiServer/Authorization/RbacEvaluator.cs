using ActorPlane.Api;
using ActorPlane.Api.Rbac.V1;

namespace ActorPlane.ApiServer.Authorization;

/// <summary>
/// Role based access control: what the roles that are bound to a user allow. A pure function of a snapshot
/// (<c>plugin/pkg/auth/authorizer/rbac/rbac.go</c>, <c>pkg/registry/rbac/validation/rule.go</c>).
/// </summary>
public static class RbacEvaluator
{
    private const string ClusterRoles = "clusterroles.rbac.authorization.k8s.io";
    private const string ClusterRoleBindings = "clusterrolebindings.rbac.authorization.k8s.io";
    private const string Roles = "roles.rbac.authorization.k8s.io";
    private const string RoleBindings = "rolebindings.rbac.authorization.k8s.io";
    private const string All = "*";

    /// <summary>Whether some role allows the request.</summary>
    public static AccessDecision Decide(ApiServerSnapshot snapshot, AccessRequest request)
    {
        var errors = new List<string>();
        foreach (var grant in Grants(snapshot, request.User, request.Groups, request.Namespace, errors))
        {
            if (grant.Rules.Any(rule => Allows(rule, request))) return new AccessDecision(true, "RBAC: allowed by " + grant.Description);
        }

        return new AccessDecision(false, errors.Count switch { 0 => "", 1 => "RBAC: " + errors[0], _ => $"RBAC: [{string.Join(", ", errors)}]" });
    }

    /// <summary>All rules that hold for a user in a namespace, and what is wrong with the bindings.</summary>
    public static IReadOnlyList<PolicyRule> RulesFor(ApiServerSnapshot snapshot, string user, IReadOnlyList<string> groups, string @namespace, out IReadOnlyList<string> errors)
    {
        var problems = new List<string>();
        var rules = Grants(snapshot, user, groups, @namespace, problems).SelectMany(static grant => grant.Rules).ToList();
        errors = problems;
        return rules;
    }

    /// <summary>Whether a rule allows a request.</summary>
    public static bool Allows(PolicyRule rule, AccessRequest request)
    {
        if (!Has(rule.Verbs, request.Verb)) return false;
        if (request.Path is { } path) return rule.NonResourceURLs.Any(url => url == All || url == path || (url.EndsWith('*') && path.StartsWith(url[..^1], StringComparison.Ordinal)));
        return Has(rule.ApiGroups, request.Group)
            && HasResource(rule.Resources, request)
            && (rule.ResourceNames.IsEmpty || rule.ResourceNames.Contains(request.Name));
    }

    private static bool Has(ValueList<string> list, string wanted) => list.Contains(All) || list.Contains(wanted);

    private static bool HasResource(ValueList<string> resources, AccessRequest request)
    {
        var whole = request.Subresource.Length == 0 ? request.Resource : $"{request.Resource}/{request.Subresource}";
        return Has(resources, whole) || (request.Subresource.Length > 0 && resources.Contains($"*/{request.Subresource}"));
    }

    private static IEnumerable<Grant> Grants(ApiServerSnapshot snapshot, string user, IReadOnlyList<string> groups, string @namespace, List<string> errors)
    {
        foreach (var binding in snapshot[ClusterRoleBindings].Items.Values.Cast<ClusterRoleBinding>())
        {
            if (binding.Subjects.Find(subject => Is(subject, user, groups, "")) is not { } subject) continue;
            if (RulesOf(snapshot, binding.RoleRef, "", errors) is not { } rules) continue;
            yield return new Grant(rules, $"ClusterRoleBinding {GoText.Quote(binding.Metadata.Name!)} of {binding.RoleRef.Kind} {GoText.Quote(binding.RoleRef.Name!)} to {Describe(subject, "")}");
        }

        if (@namespace.Length == 0) yield break;
        foreach (var (name, item) in snapshot[RoleBindings].Items)
        {
            if (name.Namespace != @namespace) continue;
            var binding = (RoleBinding)item;
            if (binding.Subjects.Find(subject => Is(subject, user, groups, @namespace)) is not { } subject) continue;
            if (RulesOf(snapshot, binding.RoleRef, @namespace, errors) is not { } rules) continue;
            yield return new Grant(
                rules, $"RoleBinding {GoText.Quote($"{name.Name}/{@namespace}")} of {binding.RoleRef.Kind} {GoText.Quote(binding.RoleRef.Name!)} to {Describe(subject, @namespace)}");
        }
    }

    private static ValueList<PolicyRule>? RulesOf(ApiServerSnapshot snapshot, RoleRef role, string @namespace, List<string> errors)
    {
        var (resource, scope) = role.Kind == "Role" ? (Roles, @namespace) : (ClusterRoles, "");
        switch (snapshot[resource].Items.GetValueOrDefault(new NamespacedName(scope, role.Name ?? "")))
        {
            case ClusterRole found: return found.Rules;
            case Role found: return found.Rules;
            default:
                errors.Add($"{(role.Kind == "Role" ? "role" : "clusterrole")}.rbac.authorization.k8s.io {GoText.Quote(role.Name ?? "")} not found");
                return null;
        }
    }

    private static bool Is(Subject subject, string user, IReadOnlyList<string> groups, string @namespace) => subject.Kind switch
    {
        "User" => subject.Name == user,
        "Group" => groups.Contains(subject.Name, StringComparer.Ordinal),
        "ServiceAccount" => NamespaceOf(subject, @namespace) is { Length: > 0 } scope && user == $"system:serviceaccount:{scope}:{subject.Name}",
        _ => false,
    };

    private static string NamespaceOf(Subject subject, string @namespace) => string.IsNullOrEmpty(subject.Namespace) ? @namespace : subject.Namespace;

    private static string Describe(Subject subject, string @namespace) => subject.Kind == "ServiceAccount"
        ? $"ServiceAccount {GoText.Quote($"{subject.Name}/{NamespaceOf(subject, @namespace)}")}"
        : $"{subject.Kind} {GoText.Quote(subject.Name ?? "")}";

    private sealed record Grant(ValueList<PolicyRule> Rules, string Description);
}
