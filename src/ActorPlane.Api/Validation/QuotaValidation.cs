using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateResourceQuota, pkg/apis/core/helper/helpers.go.</summary>
internal static class QuotaValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    private static readonly HashSet<string> OfPods = new(StringComparer.Ordinal)
    {
        "pods", "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory",
    };

    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "ephemeral-storage", "requests.ephemeral-storage", "limits.ephemeral-storage", "requests.storage", "resourcequotas", "services",
        "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
    };

    public static void Validate(List<FieldError> errors, ResourceQuota value)
    {
        var path = Path.Child("hard");
        foreach (var (name, quantity) in value.Spec.Hard)
        {
            var at = path.Key(name);
            Checks.All(errors, at, name, NameRules.QualifiedName(name));
            if (!name.Contains('/', StringComparison.Ordinal) && !IsStandard(name))
            {
                errors.Add(FieldError.Invalid(at, name, "must be a standard resource type or fully qualified"));
                errors.Add(FieldError.Invalid(at, name, "must be a standard resource for quota"));
            }

            if (quantity.Sign < 0) errors.Add(FieldError.Invalid(at, quantity.ToString(), Checks.NotNegative));
            else if (IsCounted(name) && quantity.MilliValue % 1000 != 0) errors.Add(FieldError.Invalid(at, quantity.ToString(), "must be an integer"));
        }

        Scopes(errors, value);
    }

    public static void ValidateUpdate(List<FieldError> errors, ResourceQuota value, ResourceQuota old)
    {
        if (!value.Spec.Scopes.ToHashSet(StringComparer.Ordinal).SetEquals(old.Spec.Scopes))
            errors.Add(FieldError.InvalidGo(Path.Child("scopes"), Printed(value), Checks.Immutable));
    }

    private static void Scopes(List<FieldError> errors, ResourceQuota value)
    {
        var path = Path.Child("scopes");
        var scopes = value.Spec.Scopes;
        foreach (var scope in scopes)
        {
            if (scope is not ("Terminating" or "NotTerminating" or "BestEffort" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity"))
            {
                errors.Add(FieldError.InvalidGo(path, Printed(value), "unsupported scope"));
                continue;
            }

            foreach (var (name, _) in value.Spec.Hard)
            {
                if (IsStandard(name) && !(scope == "BestEffort" ? name == "pods" : OfPods.Contains(name)))
                    errors.Add(FieldError.InvalidGo(path, Printed(value), "unsupported scope applied to resource"));
            }
        }

        if ((scopes.Contains("BestEffort") && scopes.Contains("NotBestEffort")) || (scopes.Contains("Terminating") && scopes.Contains("NotTerminating")))
            errors.Add(FieldError.InvalidGo(path, Printed(value), "conflicting scopes"));
    }

    private static bool IsStandard(string name) => OfPods.Contains(name) || Others.Contains(name)
        || name.StartsWith("hugepages-", StringComparison.Ordinal) || name.StartsWith("requests.hugepages-", StringComparison.Ordinal);

    private static bool IsCounted(string name) => name is "pods" or "resourcequotas" or "services" or "replicationcontrollers" or "secrets" or "configmaps"
        or "persistentvolumeclaims" or "services.nodeports" or "services.loadbalancers" || name.StartsWith("count/", StringComparison.Ordinal);

    private static string Printed(ResourceQuota value) => GoText.List(value.Spec.Scopes).Replace("[]string", "[]core.ResourceQuotaScope", StringComparison.Ordinal);
}
