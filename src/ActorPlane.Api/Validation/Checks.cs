using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Checks that several kinds share, and texts that all use.</summary>
internal static class Checks
{
    public const string Immutable = "field is immutable";
    public const string NotNegative = "must be greater than or equal to 0";
    public const string Positive = "must be greater than 0";
    public const string AboveZero = "must be greater than zero";

    public static void AtLeastZero(List<FieldError> errors, FieldPath path, long? value)
    {
        if (value < 0) errors.Add(FieldError.Invalid(path, value.Value, NotNegative));
    }

    public static void OneOf(List<FieldError> errors, FieldPath path, string? value, params ReadOnlySpan<string> supported)
    {
        foreach (var text in supported)
        {
            if (string.Equals(text, value, StringComparison.Ordinal)) return;
        }

        errors.Add(FieldError.NotSupported(path, value, supported));
    }

    public static void All(List<FieldError> errors, FieldPath path, string? value, ValueList<string> problems)
    {
        foreach (var problem in problems) errors.Add(FieldError.Invalid(path, value, problem));
    }

    /// <summary>Source: apimachinery/pkg/apis/meta/v1/validation/validation.go ValidateLabelSelector.</summary>
    public static void Selector(List<FieldError> errors, FieldPath path, LabelSelector? selector)
    {
        if (selector is null) return;
        errors.AddRange(ObjectMetaValidation.Labels(selector.MatchLabels, path.Child("matchLabels")));
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            var expression = selector.MatchExpressions[i];
            var at = path.Child("matchExpressions").Index(i);
            switch (expression.Operator)
            {
                case "In" or "NotIn":
                    if (expression.Values.IsEmpty) errors.Add(FieldError.Required(at.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'"));
                    break;
                case "Exists" or "DoesNotExist":
                    if (!expression.Values.IsEmpty) errors.Add(FieldError.Forbidden(at.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                    break;
                default:
                    errors.Add(FieldError.Invalid(at.Child("operator"), expression.Operator, "not a valid selector operator"));
                    break;
            }

            All(errors, at.Child("key"), expression.Key, NameRules.QualifiedName(expression.Key ?? ""));
            for (var v = 0; v < expression.Values.Count; v++)
            {
                All(errors, at.Child("values").Index(v), expression.Values[v], NameRules.LabelValue(expression.Values[v]));
            }
        }
    }

    /// <summary>A number of at least zero, or a percentage.</summary>
    public static void CountOrPercent(List<FieldError> errors, FieldPath path, IntOrString value)
    {
        if (!value.IsString)
        {
            AtLeastZero(errors, path, value.IntValue);
        }
        else if (value.StringValue.Length < 2 || value.StringValue[^1] != '%' || value.StringValue.AsSpan(0, value.StringValue.Length - 1).ContainsAnyExceptInRange('0', '9'))
        {
            errors.Add(FieldError.InvalidGo(path, Printed(value), "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"));
        }
    }

    public static void NotOver100Percent(List<FieldError> errors, FieldPath path, IntOrString value)
    {
        if (value.IsString && value.TryScale(100, roundUp: true, out var percent) && percent > 100)
        {
            errors.Add(FieldError.InvalidGo(path, Printed(value), "must not be greater than 100%"));
        }
    }

    /// <summary>A number or a text as Go prints it.</summary>
    public static string Printed(IntOrString value) =>
        $"intstr.IntOrString{{Type:{(value.IsString ? 1 : 0)}, IntVal:{(value.IsString ? 0 : value.IntValue)}, StrVal:{GoText.Quote(value.IsString ? value.StringValue : "")}}}";

    /// <summary>The amount that a number or percentage stands for; 0 when it is neither.</summary>
    public static int Percent(IntOrString? value) => value is { } v && v.TryScale(100, roundUp: true, out var amount) ? amount : 0;

    /// <summary>Pods that are replaced for ever have no deadline.</summary>
    public static void NoDeadline(List<FieldError> errors, FieldPath spec, PodTemplateSpec template, string kind)
    {
        if (template.Spec.ActiveDeadlineSeconds is not null)
            errors.Add(FieldError.Forbidden(spec.Child("template").Child("spec").Child("activeDeadlineSeconds"), $"activeDeadlineSeconds in {kind} is not Supported"));
    }

    /// <summary>The checks of a workload that selects its pods: selector and template fit.</summary>
    public static void Workload(
        List<FieldError> errors, FieldPath spec, LabelSelector selector, PodTemplateSpec template, params ReadOnlySpan<string> restartPolicies)
    {
        Selector(errors, spec.Child("selector"), selector);
        var missing = selector.MatchLabels.IsEmpty && selector.MatchExpressions.IsEmpty;
        if (missing) errors.Add(FieldError.Required(spec.Child("selector")));
        if (missing || !selector.Matches(template.Metadata.Labels))
        {
            errors.Add(FieldError.InvalidGo(
                spec.Child("template").Child("metadata").Child("labels"), GoText.Map(template.Metadata.Labels), "`selector` does not match template `labels`"));
        }

        PodValidation.Template(errors, spec.Child("template"), template);
        if (restartPolicies.Length > 0) OneOf(errors, spec.Child("template").Child("spec").Child("restartPolicy"), template.Spec.RestartPolicy, restartPolicies);
    }
}
