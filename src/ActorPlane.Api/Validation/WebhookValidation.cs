using ActorPlane.Api.AdmissionRegistration.V1;

namespace ActorPlane.Api;

/// <summary>
/// Webhook configurations. Source: pkg/apis/admissionregistration/validation/validation.go ValidateMutatingWebhookConfiguration,
/// ValidateValidatingWebhookConfiguration. Expressions of match conditions are stored and not compiled.
/// </summary>
internal static class WebhookValidation
{
    private const int LongestTimeoutSeconds = 30;
    private static readonly FieldPath Path = FieldPath.Of("webhooks");

    public static void Validate(List<FieldError> errors, MutatingWebhookConfiguration value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Webhooks.Count; i++)
        {
            var (at, hook) = (Path.Index(i), value.Webhooks[i]);
            Hook(errors, at, AsValidating(hook), hook.ReinvocationPolicy, names);
        }
    }

    public static void Validate(List<FieldError> errors, ValidatingWebhookConfiguration value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Webhooks.Count; i++) Hook(errors, Path.Index(i), value.Webhooks[i], null, names);
    }

    private static void Hook(List<FieldError> errors, FieldPath path, ValidatingWebhook hook, string? reinvocation, HashSet<string> names)
    {
        QualifiedName(errors, path.Child("name"), hook.Name);
        for (var i = 0; i < hook.Rules.Count; i++) AdmissionRuleValidation.Rule(errors, path.Child("rules").Index(i), hook.Rules[i]);
        AdmissionRuleValidation.FailurePolicy(errors, path.Child("failurePolicy"), hook.FailurePolicy);
        AdmissionRuleValidation.MatchPolicy(errors, path.Child("matchPolicy"), hook.MatchPolicy);
        if (hook.SideEffects.IsBlank()) errors.Add(FieldError.Required(path.Child("sideEffects"), "must specify one of None, NoneOnDryRun"));
        else Checks.OneOf(errors, path.Child("sideEffects"), hook.SideEffects, "None", "NoneOnDryRun");
        if (hook.TimeoutSeconds is < 1 or > LongestTimeoutSeconds)
            errors.Add(FieldError.Invalid(path.Child("timeoutSeconds"), hook.TimeoutSeconds.Value, "the timeout value must be between 1 and 30 seconds"));
        Checks.Selector(errors, path.Child("namespaceSelector"), hook.NamespaceSelector);
        Checks.Selector(errors, path.Child("objectSelector"), hook.ObjectSelector);
        if (reinvocation is not null) Checks.OneOf(errors, path.Child("reinvocationPolicy"), reinvocation, "IfNeeded", "Never");
        WebhookClientValidation.Validate(errors, path.Child("clientConfig"), hook.ClientConfig);
        AdmissionRuleValidation.Conditions(errors, path.Child("matchConditions"), hook.MatchConditions);
        ReviewVersions(errors, path.Child("admissionReviewVersions"), hook.AdmissionReviewVersions);
        if (!hook.Name.IsBlank() && !names.Add(hook.Name!)) errors.Add(FieldError.Duplicate(path.Child("name"), hook.Name));
    }

    private static ValidatingWebhook AsValidating(MutatingWebhook hook) => new()
    {
        Name = hook.Name, ClientConfig = hook.ClientConfig, Rules = hook.Rules, FailurePolicy = hook.FailurePolicy, MatchPolicy = hook.MatchPolicy,
        NamespaceSelector = hook.NamespaceSelector, ObjectSelector = hook.ObjectSelector, SideEffects = hook.SideEffects, TimeoutSeconds = hook.TimeoutSeconds,
        AdmissionReviewVersions = hook.AdmissionReviewVersions, MatchConditions = hook.MatchConditions,
    };

    // Source: apimachinery/pkg/util/validation/validation.go IsFullyQualifiedName.
    private static void QualifiedName(List<FieldError> errors, FieldPath path, string? name)
    {
        if (name.IsBlank()) errors.Add(FieldError.Required(path));
        else if (NameRules.DnsSubdomain(name!) is { IsEmpty: false } problems) errors.Add(FieldError.Invalid(path, name, string.Join(',', problems)));
        else if (name!.Split('.').Length < 3) errors.Add(FieldError.Invalid(path, name, "should be a domain with at least three segments separated by dots"));
    }

    private static void ReviewVersions(List<FieldError> errors, FieldPath path, ValueList<string> versions)
    {
        const string Known = "v1, v1beta1";
        if (versions.IsEmpty)
        {
            errors.Add(FieldError.Required(path, "must specify one of " + Known));
            return;
        }

        for (var i = 0; i < versions.Count; i++)
        {
            if (versions.Take(i).Contains(versions[i])) errors.Add(FieldError.Invalid(path.Index(i), versions[i], "duplicate version"));
            else Checks.All(errors, path.Index(i), versions[i], NameRules.Dns1035Label(versions[i]));
        }

        if (!versions.Contains("v1") && !versions.Contains("v1beta1"))
            errors.Add(FieldError.InvalidGo(path, GoText.List(versions), "must include at least one of " + Known));
    }
}
