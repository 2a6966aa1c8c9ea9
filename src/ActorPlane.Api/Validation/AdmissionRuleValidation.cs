using ActorPlane.Api.AdmissionRegistration.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// What webhooks and admission policies have in common: which requests they are about.
/// Source: pkg/apis/admissionregistration/validation/validation.go validateRuleWithOperations, validateMatchResources, validateMatchConditions.
/// </summary>
internal static class AdmissionRuleValidation
{
    private const int MostConditions = 64;
    private const string Any = "*";

    public static void FailurePolicy(List<FieldError> errors, FieldPath path, string? value)
    {
        if (value is not null) Checks.OneOf(errors, path, value, "Fail", "Ignore");
    }

    public static void MatchPolicy(List<FieldError> errors, FieldPath path, string? value)
    {
        if (value is not null) Checks.OneOf(errors, path, value, "Equivalent", "Exact");
    }

    public static void Rule(List<FieldError> errors, FieldPath path, RuleWithOperations rule) =>
        Rule(errors, path, rule.Operations, rule.ApiGroups, rule.ApiVersions, rule.Resources, rule.Scope);

    /// <summary>The objects that a policy, or one of its bindings, is about.</summary>
    public static void Resources(List<FieldError> errors, FieldPath path, MatchResources? match)
    {
        if (match is null) return;
        if (match.MatchPolicy is null) errors.Add(FieldError.Required(path.Child("matchPolicy")));
        MatchPolicy(errors, path.Child("matchPolicy"), match.MatchPolicy);
        Selector(errors, path.Child("namespaceSelector"), match.NamespaceSelector);
        Selector(errors, path.Child("objectSelector"), match.ObjectSelector);
        for (var i = 0; i < match.ResourceRules.Count; i++) Named(errors, path.Child("resourceRules").Index(i), match.ResourceRules[i]);
        for (var i = 0; i < match.ExcludeResourceRules.Count; i++) Named(errors, path.Child("excludeResourceRules").Index(i), match.ExcludeResourceRules[i]);
    }

    public static void Conditions(List<FieldError> errors, FieldPath path, ValueList<MatchCondition> conditions)
    {
        if (conditions.Count > MostConditions) errors.Add(FieldError.TooMany(path, conditions.Count, MostConditions));
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            var (at, condition) = (path.Index(i), conditions[i]);
            if (string.IsNullOrWhiteSpace(condition.Expression)) errors.Add(FieldError.Required(at.Child("expression")));
            if (condition.Name.IsBlank())
            {
                errors.Add(FieldError.Required(at.Child("name")));
                continue;
            }

            Checks.All(errors, at.Child("name"), condition.Name, NameRules.QualifiedName(condition.Name!));
            if (!names.Add(condition.Name!)) errors.Add(FieldError.Duplicate(at.Child("name"), condition.Name));
        }
    }

    private static void Selector(List<FieldError> errors, FieldPath path, LabelSelector? selector)
    {
        if (selector is null) errors.Add(FieldError.Required(path));
        else Checks.Selector(errors, path, selector);
    }

    private static void Named(List<FieldError> errors, FieldPath path, NamedRuleWithOperations rule)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rule.ResourceNames.Count; i++)
        {
            var at = path.Child("resourceNames").Index(i);
            Checks.All(errors, at, rule.ResourceNames[i], NameRules.PathSegment(rule.ResourceNames[i]));
            if (!names.Add(rule.ResourceNames[i])) errors.Add(FieldError.Duplicate(at, rule.ResourceNames[i]));
        }

        Rule(errors, path, rule.Operations, rule.ApiGroups, rule.ApiVersions, rule.Resources, rule.Scope);
    }

    private static void Rule(
        List<FieldError> errors, FieldPath path, ValueList<string> operations, ValueList<string> groups, ValueList<string> versions, ValueList<string> resources, string? scope)
    {
        var at = path.Child("operations");
        if (operations.IsEmpty) errors.Add(FieldError.Required(at));
        Alone(errors, at, operations, "operations", "admissionregistration.OperationType");
        for (var i = 0; i < operations.Count; i++) Checks.OneOf(errors, at.Index(i), operations[i], Any, "CONNECT", "CREATE", "DELETE", "UPDATE");
        if (groups.IsEmpty) errors.Add(FieldError.Required(path.Child("apiGroups")));
        Alone(errors, path.Child("apiGroups"), groups, "API groups");
        at = path.Child("apiVersions");
        if (versions.IsEmpty) errors.Add(FieldError.Required(at));
        Alone(errors, at, versions, "API versions");
        for (var i = 0; i < versions.Count; i++)
        {
            if (versions[i].Length == 0) errors.Add(FieldError.Required(at.Index(i)));
        }

        Resources(errors, path.Child("resources"), resources);
        if (scope is not null) Checks.OneOf(errors, path.Child("scope"), scope, Any, "Cluster", "Namespaced");
    }

    private static void Alone(List<FieldError> errors, FieldPath path, ValueList<string> values, string what, string type = "string")
    {
        if (values.Count > 1 && values.Contains(Any)) errors.Add(FieldError.InvalidGo(path, GoText.List(values, type), $"if '*' is present, must not specify other {what}"));
    }

    private static void Resources(List<FieldError> errors, FieldPath path, ValueList<string> resources)
    {
        if (resources.IsEmpty) errors.Add(FieldError.Required(path));
        var (allSubresources, allResources) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var plain = false;
        for (var i = 0; i < resources.Count; i++)
        {
            if (resources[i].Length == 0)
            {
                errors.Add(FieldError.Required(path.Index(i)));
                continue;
            }

            var parts = resources[i].Split('/', 2);
            if (parts.Length == 1)
            {
                plain = resources[i] != Any;
                continue;
            }

            if (allSubresources.Contains(parts[0])) errors.Add(FieldError.Invalid(path.Index(i), resources[i], $"if '{parts[0]}/*' is present, must not specify {resources[i]}"));
            if (allResources.Contains(parts[1])) errors.Add(FieldError.Invalid(path.Index(i), resources[i], $"if '*/{parts[1]}' is present, must not specify {resources[i]}"));
            if (parts[1] == Any) allSubresources.Add(parts[0]);
            if (parts[0] == Any) allResources.Add(parts[1]);
        }

        if (resources.Count > 1 && resources.Contains("*/*")) errors.Add(FieldError.InvalidGo(path, GoText.List(resources), "if '*/*' is present, must not specify other resources"));
        if (plain && resources.Contains(Any)) errors.Add(FieldError.InvalidGo(path, GoText.List(resources), "if '*' is present, must not specify other resources without subresources"));
    }
}
