using ActorPlane.Api.AdmissionRegistration.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/admissionregistration/validation/validation.go.</summary>
internal static class WebhookValidation
{
    private const int LongestTimeoutSeconds = 30;

    public static void Validate(List<FieldError> errors, ValidatingWebhookConfiguration value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Webhooks.Count; i++)
        {
            var (path, hook) = (FieldPath.Of("webhooks").Index(i), value.Webhooks[i]);
            Hook(errors, path, hook.Name, names, hook.Rules, hook.FailurePolicy, hook.MatchPolicy, hook.SideEffects, hook.TimeoutSeconds, hook.AdmissionReviewVersions, hook.ClientConfig);
            Checks.Selector(errors, path.Child("namespaceSelector"), hook.NamespaceSelector);
            Checks.Selector(errors, path.Child("objectSelector"), hook.ObjectSelector);
        }
    }

    public static void Validate(List<FieldError> errors, MutatingWebhookConfiguration value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Webhooks.Count; i++)
        {
            var (path, hook) = (FieldPath.Of("webhooks").Index(i), value.Webhooks[i]);
            Hook(errors, path, hook.Name, names, hook.Rules, hook.FailurePolicy, hook.MatchPolicy, hook.SideEffects, hook.TimeoutSeconds, hook.AdmissionReviewVersions, hook.ClientConfig);
            Checks.Selector(errors, path.Child("namespaceSelector"), hook.NamespaceSelector);
            Checks.Selector(errors, path.Child("objectSelector"), hook.ObjectSelector);
            if (hook.ReinvocationPolicy is { } policy) Checks.OneOf(errors, path.Child("reinvocationPolicy"), policy, "IfNeeded", "Never");
        }
    }

    public static void Validate(List<FieldError> errors, ValidatingAdmissionPolicy value)
    {
        var (path, spec) = (FieldPath.Of("spec"), value.Spec);
        if (spec.FailurePolicy is { } failure) Checks.OneOf(errors, path.Child("failurePolicy"), failure, "Fail", "Ignore");
        if (spec.MatchConstraints is not { } match) errors.Add(FieldError.Required(path.Child("matchConstraints")));
        else if (match.ResourceRules.IsEmpty) errors.Add(FieldError.Required(path.Child("matchConstraints").Child("resourceRules")));
        for (var i = 0; i < spec.Validations.Count; i++)
        {
            if (spec.Validations[i].Expression.IsBlank()) errors.Add(FieldError.Required(path.Child("validations").Index(i).Child("expression"), "expression is not specified"));
        }

        if (spec.Validations.IsEmpty && spec.AuditAnnotations.IsEmpty)
        {
            errors.Add(FieldError.Required(path.Child("validations"), "validations or auditAnnotations must contain at least one item"));
            errors.Add(FieldError.Required(path.Child("auditAnnotations"), "validations or auditAnnotations must contain at least one item"));
        }
    }

    public static void Validate(List<FieldError> errors, ValidatingAdmissionPolicyBinding value)
    {
        var (path, spec) = (FieldPath.Of("spec"), value.Spec);
        if (spec.PolicyName.IsBlank()) errors.Add(FieldError.Required(path.Child("policyName")));
        else Checks.All(errors, path.Child("policyName"), spec.PolicyName, NameRules.DnsSubdomain(spec.PolicyName!));
        if (spec.ValidationActions.IsEmpty) errors.Add(FieldError.Required(path.Child("validationActions"), "at least one validation action is required"));
        for (var i = 0; i < spec.ValidationActions.Count; i++)
        {
            var (at, action) = (path.Child("validationActions").Index(i), spec.ValidationActions[i]);
            Checks.OneOf(errors, at, action, "Audit", "Deny", "Warn");
            if (spec.ValidationActions.Take(i).Contains(action)) errors.Add(FieldError.Duplicate(at, action));
        }

        if (spec.ValidationActions.Contains("Deny") && spec.ValidationActions.Contains("Warn"))
            errors.Add(FieldError.InvalidGo(path.Child("validationActions"), GoText.List(spec.ValidationActions).Replace("[]string", "[]admissionregistration.ValidationAction", StringComparison.Ordinal), "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)"));
    }

    private static void Hook(
        List<FieldError> errors, FieldPath path, string? name, HashSet<string> names, ValueList<RuleWithOperations> rules, string? failure, string? match,
        string? effects, int? timeoutSeconds, ValueList<string> versions, WebhookClientConfig client)
    {
        if (!names.Add(name ?? "")) errors.Add(FieldError.Duplicate(path.Child("name"), name));
        if (name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
        else if (NameRules.DnsSubdomain(name!) is { IsEmpty: false } problems) Checks.All(errors, path.Child("name"), name, problems);
        else if (name!.Split('.').Length < 3) errors.Add(FieldError.Invalid(path.Child("name"), name, "should be a domain with at least three segments separated by dots"));
        for (var i = 0; i < rules.Count; i++) Rule(errors, path.Child("rules").Index(i), rules[i]);
        if (failure is not null) Checks.OneOf(errors, path.Child("failurePolicy"), failure, "Fail", "Ignore");
        if (match is not null) Checks.OneOf(errors, path.Child("matchPolicy"), match, "Equivalent", "Exact");
        if (effects.IsBlank()) errors.Add(FieldError.Required(path.Child("sideEffects"), "must specify one of None, NoneOnDryRun"));
        else Checks.OneOf(errors, path.Child("sideEffects"), effects, "None", "NoneOnDryRun");
        if (timeoutSeconds is < 1 or > LongestTimeoutSeconds) errors.Add(FieldError.Invalid(path.Child("timeoutSeconds"), timeoutSeconds.Value, "the timeout value must be between 1 and 30 seconds"));
        Versions(errors, path.Child("admissionReviewVersions"), versions);
        Client(errors, path.Child("clientConfig"), client);
    }

    private static void Versions(List<FieldError> errors, FieldPath path, ValueList<string> versions)
    {
        const string Known = "v1, v1beta1";
        if (versions.IsEmpty)
        {
            errors.Add(FieldError.Required(path, $"must specify one of {Known}"));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < versions.Count; i++)
        {
            if (!seen.Add(versions[i])) errors.Add(FieldError.Invalid(path.Index(i), versions[i], "duplicate version"));
            Checks.All(errors, path.Index(i), versions[i], NameRules.Dns1035Label(versions[i]));
        }

        if (!seen.Contains("v1") && !seen.Contains("v1beta1")) errors.Add(FieldError.InvalidGo(path, GoText.List(versions), $"must include at least one of {Known}"));
    }

    private static void Client(List<FieldError> errors, FieldPath path, WebhookClientConfig client)
    {
        if (client.Url is null == client.Service is null)
        {
            errors.Add(FieldError.Required(path, "exactly one of url or service is required"));
        }
        else if (client.Url is { } url)
        {
            var at = path.Child("url");
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed))
            {
                errors.Add(FieldError.Invalid(at, "", "'https' is the only allowed URL scheme; desired format: https://host[/path]"));
                return;
            }

            if (parsed.Scheme != Uri.UriSchemeHttps) errors.Add(FieldError.Invalid(at, parsed.Scheme, "'https' is the only allowed URL scheme; desired format: https://host[/path]"));
            if (parsed.Host.Length == 0) errors.Add(FieldError.Invalid(at, parsed.Host, "host must be specified; desired format: https://host[/path]"));
            if (parsed.UserInfo.Length > 0) errors.Add(FieldError.Invalid(at, parsed.UserInfo, "user information is not permitted in the URL"));
            if (parsed.Fragment.Length > 1) errors.Add(FieldError.Invalid(at, parsed.Fragment[1..], "fragments are not permitted in the URL"));
            if (parsed.Query.Length > 1) errors.Add(FieldError.Invalid(at, parsed.Query[1..], "query parameters are not permitted in the URL"));
        }
        else if (client.Service is { } service)
        {
            var at = path.Child("service");
            if (service.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name"), "service name is required"));
            if (service.Namespace.IsBlank()) errors.Add(FieldError.Required(at.Child("namespace"), "service namespace is required"));
            foreach (var problem in NameRules.PortNumber(service.Port ?? 443)) errors.Add(FieldError.Invalid(at.Child("port"), service.Port!.Value, "port is not valid: " + problem));
            if (service.Path is { Length: > 0 } route && route[0] != '/') errors.Add(FieldError.Invalid(at.Child("path"), route, "must start with a '/'"));
        }
    }

    private static void Rule(List<FieldError> errors, FieldPath path, RuleWithOperations rule)
    {
        if (rule.Operations.IsEmpty) errors.Add(FieldError.Required(path.Child("operations")));
        for (var i = 0; i < rule.Operations.Count; i++) Checks.OneOf(errors, path.Child("operations").Index(i), rule.Operations[i], "*", "CONNECT", "CREATE", "DELETE", "UPDATE");
        Alone(errors, path.Child("operations"), rule.Operations);
        if (rule.ApiGroups.IsEmpty) errors.Add(FieldError.Required(path.Child("apiGroups")));
        Alone(errors, path.Child("apiGroups"), rule.ApiGroups);
        if (rule.ApiVersions.IsEmpty) errors.Add(FieldError.Required(path.Child("apiVersions")));
        Alone(errors, path.Child("apiVersions"), rule.ApiVersions);
        for (var i = 0; i < rule.ApiVersions.Count; i++)
        {
            if (rule.ApiVersions[i].Length == 0) errors.Add(FieldError.Required(path.Child("apiVersions").Index(i)));
        }

        if (rule.Resources.IsEmpty) errors.Add(FieldError.Required(path.Child("resources")));
        if (rule.Scope is { } scope) Checks.OneOf(errors, path.Child("scope"), scope, "*", "Cluster", "Namespaced");
    }

    private static void Alone(List<FieldError> errors, FieldPath path, ValueList<string> values)
    {
        if (values.Count > 1 && values.Contains("*")) errors.Add(FieldError.InvalidGo(path, GoText.List(values), "if '*' is present, must not specify other values"));
    }
}
