using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateResourceQuota, pkg/apis/core/helper/helpers.go.</summary>
internal static class QuotaValidation
{
    private const string Unsupported = "unsupported scope applied to resource";
    private static readonly FieldPath Path = FieldPath.Of("spec");

    private static readonly HashSet<string> OfPods = new(StringComparer.Ordinal)
    {
        "pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory",
    };

    public static void Validate(List<FieldError> errors, ResourceQuota value)
    {
        Amounts(errors, Path.Child("hard"), value.Spec.Hard);
        Scopes(errors, value);
        if (value.Spec.ScopeSelector is { } selector) Selector(errors, Path.Child("scopeSelector").Child("matchExpressions"), value.Spec, selector);
        ValidateStatus(errors, value);
    }

    public static void ValidateStatus(List<FieldError> errors, ResourceQuota value)
    {
        Amounts(errors, FieldPath.Of("status", "hard"), value.Status.Hard);
        Amounts(errors, FieldPath.Of("status", "used"), value.Status.Used);
    }

    public static void ValidateUpdate(List<FieldError> errors, ResourceQuota value, ResourceQuota old)
    {
        if (!value.Spec.Scopes.ToHashSet(StringComparer.Ordinal).SetEquals(old.Spec.Scopes)) errors.Add(FieldError.InvalidGo(Path.Child("scopes"), Printed(value.Spec), Checks.Immutable));
    }

    private static void Amounts(List<FieldError> errors, FieldPath path, ValueMap<Quantity> amounts)
    {
        foreach (var (name, quantity) in amounts)
        {
            var at = path.Key(name);
            ResourceValidation.Name(errors, at, name);
            if (!name.Contains('/', StringComparison.Ordinal) && !ResourceValidation.IsOfQuota(name)) errors.Add(FieldError.Invalid(at, name, "must be a standard resource for quota"));
            ResourceValidation.Amount(errors, at, name, quantity);
        }
    }

    private static void Scopes(List<FieldError> errors, ResourceQuota value)
    {
        var path = Path.Child("scopes");
        foreach (var scope in value.Spec.Scopes)
        {
            if (!IsScope(scope)) errors.Add(FieldError.InvalidGo(path, Printed(value.Spec), "unsupported scope"));
            foreach (var _ in value.Spec.Hard.Keys.Where(name => !Fits(scope, name))) errors.Add(FieldError.InvalidGo(path, Printed(value.Spec), Unsupported));
        }

        Conflicts(errors, path, value.Spec, value.Spec.Scopes);
    }

    private static void Selector(List<FieldError> errors, FieldPath path, ResourceQuotaSpec spec, ScopeSelector selector)
    {
        foreach (var expression in selector.MatchExpressions)
        {
            var scope = expression.ScopeName ?? "";
            if (!IsScope(scope)) errors.Add(FieldError.Invalid(path.Child("scopeName"), scope, "unsupported scope"));
            foreach (var _ in spec.Hard.Keys.Where(name => !Fits(scope, name))) errors.Add(FieldError.InvalidGo(path, Printed(selector), Unsupported));
            if (scope is "BestEffort" or "NotBestEffort" or "Terminating" or "NotTerminating" or "CrossNamespacePodAffinity" && expression.Operator != "Exists")
            {
                errors.Add(FieldError.Invalid(
                    path.Child("operator"),
                    expression.Operator,
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                    + "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity"));
            }

            switch (expression.Operator)
            {
                case "In" or "NotIn":
                    if (expression.Values.IsEmpty) errors.Add(FieldError.Required(path.Child("values"), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
                    break;
                case "Exists" or "DoesNotExist":
                    if (!expression.Values.IsEmpty)
                        errors.Add(FieldError.InvalidGo(path.Child("values"), GoText.List(expression.Values), "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"));
                    break;
                default:
                    errors.Add(FieldError.Invalid(path.Child("operator"), expression.Operator, "not a valid selector operator"));
                    break;
            }
        }

        Conflicts(errors, path, spec, [.. selector.MatchExpressions.Select(expression => expression.ScopeName ?? "")]);
    }

    private static void Conflicts(List<FieldError> errors, FieldPath path, ResourceQuotaSpec spec, ValueList<string> scopes)
    {
        if (scopes.Contains("BestEffort") && scopes.Contains("NotBestEffort")) errors.Add(FieldError.InvalidGo(path, Printed(spec), "conflicting scopes"));
        if (scopes.Contains("Terminating") && scopes.Contains("NotTerminating")) errors.Add(FieldError.InvalidGo(path, Printed(spec), "conflicting scopes"));
    }

    private static bool IsScope(string scope) => scope is "Terminating" or "NotTerminating" or "BestEffort" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity";

    private static bool Fits(string scope, string name) =>
        !IsScope(scope) || !ResourceValidation.IsOfQuota(name) || (scope == "BestEffort" ? name == "pods" : OfPods.Contains(name));

    private static string Printed(ResourceQuotaSpec spec) => GoText.List(spec.Scopes, "core.ResourceQuotaScope");

    private static string Printed(ScopeSelector selector) => "core.ScopeSelector{MatchExpressions:[]core.ScopedResourceSelectorRequirement{"
        + string.Join(", ", selector.MatchExpressions.Select(expression =>
            $"core.ScopedResourceSelectorRequirement{{ScopeName:{GoText.Quote(expression.ScopeName ?? "")}, Operator:{GoText.Quote(expression.Operator ?? "")}, Values:{GoText.List(expression.Values)}}}"))
        + "}}";
}
