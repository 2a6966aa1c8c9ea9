using ActorPlane.Api.Rbac.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/rbac/validation/validation.go.</summary>
internal static class RbacValidation
{
    public static void Validate(List<FieldError> errors, ValueList<PolicyRule> rules, bool cluster)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var at = FieldPath.Of("rules").Index(i);
            var rule = rules[i];
            if (rule.Verbs.IsEmpty) errors.Add(FieldError.Required(at.Child("verbs"), "verbs must contain at least one value"));
            if (!rule.NonResourceURLs.IsEmpty)
            {
                if (!cluster) errors.Add(FieldError.InvalidGo(at.Child("nonResourceURLs"), GoText.List(rule.NonResourceURLs), "namespaced rules cannot apply to non-resource URLs"));
                if (!rule.ApiGroups.IsEmpty || !rule.Resources.IsEmpty || !rule.ResourceNames.IsEmpty)
                {
                    errors.Add(FieldError.InvalidGo(at.Child("nonResourceURLs"), GoText.List(rule.NonResourceURLs), "rules cannot apply to both regular resources and non-resource URLs"));
                }

                continue;
            }

            if (rule.ApiGroups.IsEmpty) errors.Add(FieldError.Required(at.Child("apiGroups"), "resource rules must supply at least one api group"));
            if (rule.Resources.IsEmpty) errors.Add(FieldError.Required(at.Child("resources"), "resource rules must supply at least one resource"));
        }
    }

    public static void Validate(List<FieldError> errors, ClusterRole value)
    {
        Validate(errors, value.Rules, cluster: true);
        if (value.AggregationRule is not { } aggregation) return;
        var path = FieldPath.Of("aggregationRule", "clusterRoleSelectors");
        if (aggregation.ClusterRoleSelectors.IsEmpty) errors.Add(FieldError.Required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil"));
        for (var i = 0; i < aggregation.ClusterRoleSelectors.Count; i++) Checks.Selector(errors, path.Index(i), aggregation.ClusterRoleSelectors[i]);
    }

    public static void Validate(List<FieldError> errors, RoleRef role, ValueList<Subject> subjects, bool cluster)
    {
        var path = FieldPath.Of("roleRef");
        if (role.ApiGroup != "rbac.authorization.k8s.io") errors.Add(FieldError.NotSupported(path.Child("apiGroup"), role.ApiGroup, "rbac.authorization.k8s.io"));
        if (cluster) Checks.OneOf(errors, path.Child("kind"), role.Kind, "ClusterRole");
        else Checks.OneOf(errors, path.Child("kind"), role.Kind, "Role", "ClusterRole");
        if (role.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
        else Checks.All(errors, path.Child("name"), role.Name, NameRules.PathSegment(role.Name!));
        for (var i = 0; i < subjects.Count; i++)
        {
            var at = FieldPath.Of("subjects").Index(i);
            var subject = subjects[i];
            if (subject.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name")));
            switch (subject.Kind)
            {
                case "ServiceAccount":
                    if (!subject.Name.IsBlank()) Checks.All(errors, at.Child("name"), subject.Name, NameRules.DnsSubdomain(subject.Name!));
                    if (!subject.ApiGroup.IsBlank()) errors.Add(FieldError.NotSupported(at.Child("apiGroup"), subject.ApiGroup, ""));
                    if (cluster && subject.Namespace.IsBlank()) errors.Add(FieldError.Required(at.Child("namespace")));
                    break;
                case "User" or "Group":
                    if (subject.ApiGroup != "rbac.authorization.k8s.io") errors.Add(FieldError.NotSupported(at.Child("apiGroup"), subject.ApiGroup, "rbac.authorization.k8s.io"));
                    break;
                default:
                    errors.Add(FieldError.NotSupported(at.Child("kind"), subject.Kind, "ServiceAccount", "User", "Group"));
                    break;
            }
        }
    }

    public static void ValidateUpdate(List<FieldError> errors, RoleRef role, RoleRef old)
    {
        if (role != old) errors.Add(FieldError.InvalidGo(FieldPath.Of("roleRef"), $"rbac.RoleRef{{APIGroup:{GoText.Quote(role.ApiGroup ?? "")}, Kind:{GoText.Quote(role.Kind ?? "")}, Name:{GoText.Quote(role.Name ?? "")}}}", "cannot change roleRef"));
    }
}
