using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateLimitRange.</summary>
internal static class LimitRangeValidation
{
    public static void Validate(List<FieldError> errors, LimitRange value)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Spec.Limits.Count; i++)
        {
            var (path, limit) = (FieldPath.Of("spec", "limits").Index(i), value.Spec.Limits[i]);
            if (limit.Type.IsBlank()) errors.Add(FieldError.Required(path.Child("type")));
            else if (NameRules.QualifiedName(limit.Type!) is { IsEmpty: false } problems) Checks.All(errors, path.Child("type"), limit.Type, problems);
            else if (!limit.Type!.Contains('/', StringComparison.Ordinal) && limit.Type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
                errors.Add(FieldError.Invalid(path.Child("type"), limit.Type, "must be a standard limit type or fully qualified"));
            else if (!types.Add(limit.Type!)) errors.Add(FieldError.Duplicate(path.Child("type"), limit.Type));
            if (limit.Type == "Pod")
            {
                if (!limit.Default.IsEmpty) errors.Add(FieldError.Forbidden(path.Child("default"), "may not be specified when `type` is 'Pod'"));
                if (!limit.DefaultRequest.IsEmpty) errors.Add(FieldError.Forbidden(path.Child("defaultRequest"), "may not be specified when `type` is 'Pod'"));
            }

            if (limit.Type == "PersistentVolumeClaim" && !limit.Min.ContainsKey("storage") && !limit.Max.ContainsKey("storage"))
                errors.Add(FieldError.Required(path.Child("limits"), "either minimum or maximum storage value is required, but neither was provided"));
            Bounds(errors, path, limit);
        }
    }

    private static void Bounds(List<FieldError> errors, FieldPath path, LimitRangeItem limit)
    {
        var names = limit.Max.Concat(limit.Min).Concat(limit.Default).Concat(limit.DefaultRequest).Select(entry => entry.Key).Distinct(StringComparer.Ordinal);
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            Quantity? Of(ValueMap<Quantity> map) => map.TryGetValue(name, out var amount) ? amount : null;
            var (min, max, request, standard) = (Of(limit.Min), Of(limit.Max), Of(limit.DefaultRequest), Of(limit.Default));
            Order("min", min, "min", min, "max", max);
            Order("defaultRequest", request, "min", min, "default request", request);
            Order("defaultRequest", request, "default request", request, "max", max);
            Order("defaultRequest", request, "default request", request, "default", standard);
            Order("default", standard, "min", min, "default", standard);
            Order("default", standard, "default", standard, "max", max);

            void Order(string field, Quantity? shown, string lower, Quantity? low, string higher, Quantity? high)
            {
                if (low is not { } a || high is not { } b || a <= b) return;
                errors.Add(FieldError.Invalid(path.Child(field).Key(name), shown!.Value.ToString(), $"{lower} value {a} is greater than {higher} value {b}"));
            }
        }
    }
}
