using System.Globalization;
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
            Type(errors, path.Child("type"), limit.Type ?? "");
            if (!types.Add(limit.Type ?? "")) errors.Add(FieldError.Duplicate(path.Child("type"), limit.Type));
            Names(errors, path.Child("max"), limit, limit.Max);
            Names(errors, path.Child("min"), limit, limit.Min);
            if (limit.Type == "Pod")
            {
                if (!limit.Default.IsEmpty) errors.Add(FieldError.Forbidden(path.Child("default"), "may not be specified when `type` is 'Pod'"));
                if (!limit.DefaultRequest.IsEmpty) errors.Add(FieldError.Forbidden(path.Child("defaultRequest"), "may not be specified when `type` is 'Pod'"));
            }
            else
            {
                Names(errors, path.Child("default"), limit, limit.Default);
                Names(errors, path.Child("defaultRequest"), limit, limit.DefaultRequest);
            }

            if (limit.Type == "PersistentVolumeClaim" && !limit.Min.ContainsKey("storage") && !limit.Max.ContainsKey("storage"))
                errors.Add(FieldError.Required(path.Child("limits"), "either minimum or maximum storage value is required, but neither was provided"));
            Names(errors, path.Child("maxLimitRequestRatio"), limit, limit.MaxLimitRequestRatio);
            Bounds(errors, path, limit);
        }
    }

    private static void Type(List<FieldError> errors, FieldPath path, string type)
    {
        if (NameRules.QualifiedName(type) is { IsEmpty: false } problems) Checks.All(errors, path, type, problems);
        else if (!type.Contains('/', StringComparison.Ordinal) && type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
            errors.Add(FieldError.Invalid(path, type, "must be a standard limit type or fully qualified"));
    }

    private static void Names(List<FieldError> errors, FieldPath path, LimitRangeItem limit, ValueMap<Quantity> amounts)
    {
        foreach (var name in amounts.Keys)
        {
            if (limit.Type is "Pod" or "Container") ResourceValidation.ContainerName(errors, path.Key(name), name);
            else ResourceValidation.Name(errors, path.Key(name), name);
        }
    }

    private static void Bounds(List<FieldError> errors, FieldPath path, LimitRangeItem limit)
    {
        var ofPod = limit.Type == "Pod";
        var names = limit.Max.Concat(limit.Min).Concat(limit.Default).Concat(limit.DefaultRequest).Concat(limit.MaxLimitRequestRatio).Select(entry => entry.Key).Distinct(StringComparer.Ordinal);
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            Quantity? Of(ValueMap<Quantity> map) => map.TryGetValue(name, out var amount) ? amount : null;
            var (min, max, request, standard) = (Of(limit.Min), Of(limit.Max), ofPod ? null : Of(limit.DefaultRequest), ofPod ? null : Of(limit.Default));
            Order("min", min, "min", min, "max", max);
            Order("defaultRequest", request, "min", min, "default request", request);
            Order("defaultRequest", request, "default request", request, "max", max);
            Order("defaultRequest", request, "default request", request, "default limit", standard);
            Order("default", min, "min", min, "default", standard);
            Order("default", max, "default", standard, "max", max);
            if (Of(limit.MaxLimitRequestRatio) is { } ratio) Ratio(errors, path.Child("maxLimitRequestRatio").Key(name), ratio, min, max);
            if (!ResourceValidation.Overcommits(name) && request is { } asked && standard is { } given && asked != given)
                errors.Add(FieldError.InvalidGo(path.Child("defaultRequest").Key(name), GoText.Quantity(asked), $"default value {given} must equal to defaultRequest value {asked} in {name}"));

            void Order(string field, Quantity? shown, string lower, Quantity? low, string higher, Quantity? high)
            {
                if (low is not { } a || high is not { } b || a <= b) return;
                errors.Add(FieldError.InvalidGo(path.Child(field).Key(name), GoText.Quantity(shown!.Value), $"{lower} value {a} is greater than {higher} value {b}"));
            }
        }
    }

    private static void Ratio(List<FieldError> errors, FieldPath path, Quantity ratio, Quantity? min, Quantity? max)
    {
        if (ratio < Quantity.FromInt64(1)) errors.Add(FieldError.InvalidGo(path, GoText.Quantity(ratio), $"ratio {ratio} is less than 1"));
        if (min is not { } low || max is not { } high) return;
        var most = high.AsDouble / low.AsDouble;
        if (ratio.AsDouble > most) errors.Add(FieldError.InvalidGo(path, GoText.Quantity(ratio), $"ratio {ratio} is greater than max/min = {most.ToString("F6", CultureInfo.InvariantCulture)}"));
    }
}
