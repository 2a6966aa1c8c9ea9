using ActorPlane.Api.AdmissionRegistration.V1;
using PolicyRule = ActorPlane.Api.AdmissionRegistration.V1.Validation;

namespace ActorPlane.Api;

/// <summary>
/// Admission policies and their bindings. Source: pkg/apis/admissionregistration/validation/validation.go ValidateValidatingAdmissionPolicy,
/// ValidateValidatingAdmissionPolicyBinding. Expressions are stored and not compiled.
/// </summary>
internal static class AdmissionPolicyValidation
{
    private const int MostAuditAnnotations = 20;
    private const int LongestAuditExpression = 5 * 1024;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
        "return", "var", "void", "while",
    };

    public static void Validate(List<FieldError> errors, ValidatingAdmissionPolicy value)
    {
        var spec = value.Spec;
        if (spec.FailurePolicy is null) errors.Add(FieldError.Required(Path.Child("failurePolicy")));
        AdmissionRuleValidation.FailurePolicy(errors, Path.Child("failurePolicy"), spec.FailurePolicy);
        if (spec.ParamKind is { } kind) Kind(errors, Path.Child("paramKind"), kind);
        var at = Path.Child("matchConstraints");
        if (spec.MatchConstraints is not { } match)
        {
            errors.Add(FieldError.Required(at));
        }
        else
        {
            AdmissionRuleValidation.Resources(errors, at, match);
            if (match.ResourceRules.IsEmpty) errors.Add(FieldError.Required(at.Child("resourceRules")));
        }

        AdmissionRuleValidation.Conditions(errors, Path.Child("matchConditions"), spec.MatchConditions);
        for (var i = 0; i < spec.Variables.Count; i++) Variable(errors, Path.Child("variables").Index(i), spec.Variables[i]);
        if (spec.Validations.IsEmpty && spec.AuditAnnotations.IsEmpty)
        {
            const string Neither = "validations or auditAnnotations must contain at least one item";
            errors.Add(FieldError.Required(Path.Child("validations"), Neither));
            errors.Add(FieldError.Required(Path.Child("auditAnnotations"), Neither));
            return;
        }

        for (var i = 0; i < spec.Validations.Count; i++) Rule(errors, Path.Child("validations").Index(i), spec.Validations[i]);
        Annotations(errors, Path.Child("auditAnnotations"), value.Metadata.Name, spec.AuditAnnotations);
    }

    public static void Validate(List<FieldError> errors, ValidatingAdmissionPolicyBinding value)
    {
        var spec = value.Spec;
        if (spec.PolicyName.IsBlank()) errors.Add(FieldError.Required(Path.Child("policyName")));
        else Checks.All(errors, Path.Child("policyName"), spec.PolicyName, NameRules.DnsSubdomain(spec.PolicyName!));
        if (spec.ParamRef is { } reference) Parameters(errors, Path.Child("paramRef"), reference);

        // The real server misspells this path.
        AdmissionRuleValidation.Resources(errors, Path.Child("matchResouces"), spec.MatchResources);
        Actions(errors, Path.Child("validationActions"), spec.ValidationActions);
    }

    private static void Kind(List<FieldError> errors, FieldPath path, ParamKind kind)
    {
        var (at, version) = (path.Child("apiVersion"), kind.ApiVersion ?? "");
        var parts = version.Split('/');
        if (version.Length == 0) errors.Add(FieldError.Required(at));
        else if (parts.Length > 2) errors.Add(FieldError.Invalid(at, version, "unexpected GroupVersion string: " + version));
        else
        {
            if (parts is [{ Length: > 0 } group, _] && NameRules.DnsSubdomain(group) is { IsEmpty: false } wrong) errors.Add(FieldError.Invalid(at, group, string.Join(',', wrong)));
            if (parts[^1].Length == 0) errors.Add(FieldError.Invalid(at, version, "version must be specified"));
            else if (NameRules.Dns1035Label(parts[^1]) is { IsEmpty: false } bad) errors.Add(FieldError.Invalid(at, parts[^1], string.Join(',', bad)));
        }

        if (kind.Kind.IsBlank()) errors.Add(FieldError.Required(path.Child("kind")));
        else if (NameRules.Dns1035Label(kind.Kind!.ToLowerInvariant()) is { IsEmpty: false } problems)
            errors.Add(FieldError.Invalid(path.Child("kind"), kind.Kind, "may have mixed case, but should otherwise match: " + string.Join(',', problems)));
    }

    private static void Variable(List<FieldError> errors, FieldPath path, Variable variable)
    {
        if (string.IsNullOrWhiteSpace(variable.Name)) errors.Add(FieldError.Required(path.Child("name"), "name is not specified"));
        else if (!IsIdentifier(variable.Name)) errors.Add(FieldError.Invalid(path.Child("name"), variable.Name, "name is not a valid CEL identifier"));
        if (string.IsNullOrWhiteSpace(variable.Expression)) errors.Add(FieldError.Required(path.Child("expression"), "expression is not specified"));
    }

    private static bool IsIdentifier(string name) =>
        (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Reserved.Contains(name);

    private static void Rule(List<FieldError> errors, FieldPath path, PolicyRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Expression)) errors.Add(FieldError.Required(path.Child("expression"), "expression is not specified"));
        if (!rule.MessageExpression.IsBlank() && string.IsNullOrWhiteSpace(rule.MessageExpression))
            errors.Add(FieldError.Invalid(path.Child("messageExpression"), rule.MessageExpression, "must be non-empty if specified"));
        if (rule.Message is { Length: > 0 } message)
        {
            if (string.IsNullOrWhiteSpace(message)) errors.Add(FieldError.Invalid(path.Child("message"), message, "message must be non-empty if specified"));
            else if (message.Trim().AsSpan().ContainsAny('\n', '\r')) errors.Add(FieldError.Invalid(path.Child("message"), message, "message must not contain line breaks"));
        }

        if (rule.Reason is { } reason) Checks.OneOf(errors, path.Child("reason"), reason, "Forbidden", "Invalid", "RequestEntityTooLarge");
    }

    private static void Annotations(List<FieldError> errors, FieldPath path, string? policy, ValueList<AuditAnnotation> annotations)
    {
        if (annotations.Count > MostAuditAnnotations)
        {
            var printed = string.Join(", ", annotations.Select(a => $"admissionregistration.AuditAnnotation{{Key:{GoText.Quote(a.Key ?? "")}, ValueExpression:{GoText.Quote(a.ValueExpression ?? "")}}}"));
            errors.Add(FieldError.InvalidGo(path, $"[]admissionregistration.AuditAnnotation{{{printed}}}", $"must not have more than {MostAuditAnnotations} auditAnnotations"));
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < annotations.Count; i++)
        {
            var (at, annotation) = (path.Index(i), annotations[i]);
            var name = $"{policy}/{annotation.Key}";
            Checks.All(errors, at.Child("key"), name, NameRules.QualifiedName(name));
            var expression = (annotation.ValueExpression ?? "").Trim();
            if (expression.Length == 0) errors.Add(FieldError.Required(at.Child("valueExpression"), "valueExpression is not specified"));
            else if (expression.Length > LongestAuditExpression) errors.Add(FieldError.Required(at.Child("valueExpression"), $"must not exceed {LongestAuditExpression} bytes in length"));
            if (!keys.Add(annotation.Key ?? "")) errors.Add(FieldError.Duplicate(at.Child("key"), annotation.Key));
        }
    }

    private static void Parameters(List<FieldError> errors, FieldPath path, ParamRef reference)
    {
        const string Either = "name and selector are mutually exclusive";
        var named = !reference.Name.IsBlank();
        if (named)
        {
            Checks.All(errors, path.Child("name"), reference.Name, NameRules.PathSegment(reference.Name!));
            if (reference.Selector is not null) errors.Add(FieldError.Forbidden(path.Child("name"), Either));
        }

        if (reference.Selector is { } selector)
        {
            Checks.Selector(errors, path.Child("selector"), selector);
            if (named) errors.Add(FieldError.Forbidden(path.Child("selector"), Either));
        }

        if (!named && reference.Selector is null) errors.Add(FieldError.Required(path, "one of name or selector must be specified"));
        var at = path.Child("parameterNotFoundAction");
        if (reference.ParameterNotFoundAction.IsBlank()) errors.Add(FieldError.Required(at));
        else Checks.OneOf(errors, at, reference.ParameterNotFoundAction, "Deny", "Allow");
    }

    private static void Actions(List<FieldError> errors, FieldPath path, ValueList<string> actions)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            Checks.OneOf(errors, path.Index(i), actions[i], "Audit", "Deny", "Warn");
            if (actions.Take(i).Contains(actions[i])) errors.Add(FieldError.Duplicate(path.Index(i), actions[i]));
        }

        if (actions.Contains("Deny") && actions.Contains("Warn"))
        {
            errors.Add(FieldError.InvalidGo(
                path,
                GoText.List(actions, "admissionregistration.ValidationAction"),
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)"));
        }

        if (actions.IsEmpty) errors.Add(FieldError.Required(path, "at least one validation action is required"));
    }
}
