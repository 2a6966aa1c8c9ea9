using ActorPlane.Api.FlowControl.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/flowcontrol/validation/validation.go ValidateFlowSchema.</summary>
internal static class FlowSchemaValidation
{
    private const int LastPrecedence = 10000;
    private const string Any = "*";
    private static readonly FieldPath Path = FieldPath.Of("spec");
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

    public static void Validate(List<FieldError> errors, FlowSchema value)
    {
        var spec = value.Spec;
        var (at, precedence) = (Path.Child("matchingPrecedence"), spec.MatchingPrecedence ?? 0);
        if (precedence <= 0) errors.Add(FieldError.Invalid(at, precedence, "must be a positive value"));
        if (precedence > LastPrecedence) errors.Add(FieldError.Invalid(at, precedence, $"must not be greater than {LastPrecedence}"));
        if (precedence == 1 && value.Metadata.Name != "exempt") errors.Add(FieldError.Invalid(at, precedence, "only the schema named 'exempt' may have matchingPrecedence 1"));
        if (spec.DistinguisherMethod is { } method && method.Type is not ("ByNamespace" or "ByUser"))
        {
            // The real server shows the whole method.
            errors.Add(FieldError.NotSupported(Path.Child("distinguisherMethod").Child("type"), method.Type, "ByNamespace", "ByUser") with
            {
                BadValue = $"flowcontrol.FlowDistinguisherMethod{{Type:{GoText.Quote(method.Type ?? "")}}}",
            });
        }

        at = Path.Child("priorityLevelConfiguration").Child("name");
        if (spec.PriorityLevelConfiguration.Name.IsBlank()) errors.Add(FieldError.Required(at, "must reference a priority level"));
        else Checks.All(errors, at, spec.PriorityLevelConfiguration.Name, NameRules.DnsSubdomain(spec.PriorityLevelConfiguration.Name!));
        for (var i = 0; i < spec.Rules.Count; i++) Rule(errors, Path.Child("rules").Index(i), spec.Rules[i]);
        FlowControlValidation.Conditions(errors, [.. value.Status.Conditions.Select(condition => condition.Type)]);
    }

    private static void Rule(List<FieldError> errors, FieldPath path, PolicyRulesWithSubjects rule)
    {
        if (rule.Subjects.IsEmpty) errors.Add(FieldError.Required(path.Child("subjects"), "subjects must contain at least one value"));
        for (var i = 0; i < rule.Subjects.Count; i++) Subject(errors, path.Child("subjects").Index(i), rule.Subjects[i]);
        if (rule.ResourceRules.IsEmpty && rule.NonResourceRules.IsEmpty)
            errors.Add(FieldError.Required(path, "at least one of resourceRules and nonResourceRules has to be non-empty"));
        for (var i = 0; i < rule.ResourceRules.Count; i++) Resources(errors, path.Child("resourceRules").Index(i), rule.ResourceRules[i]);
        for (var i = 0; i < rule.NonResourceRules.Count; i++)
        {
            var at = path.Child("nonResourceRules").Index(i);
            Verb(errors, at.Child("verbs"), rule.NonResourceRules[i].Verbs);
            Urls(errors, at.Child("nonResourceURLs"), rule.NonResourceRules[i].NonResourceURLs);
        }
    }

    private static void Subject(List<FieldError> errors, FieldPath path, Subject subject)
    {
        switch (subject.Kind)
        {
            case "ServiceAccount":
                Account(errors, path.Child("serviceAccount"), subject.ServiceAccount);
                break;
            case "User":
                Named(errors, path.Child("user"), subject.User is not null, subject.User?.Name, "user is required when subject kind is 'User'");
                break;
            case "Group":
                Named(errors, path.Child("group"), subject.Group is not null, subject.Group?.Name, "group is required when subject kind is 'Group'");
                break;
            default:
                errors.Add(FieldError.NotSupported(path.Child("kind"), subject.Kind, "Group", "ServiceAccount", "User"));
                return;
        }

        if (subject is { Kind: not "ServiceAccount", ServiceAccount: not null })
            errors.Add(FieldError.Forbidden(path.Child("serviceAccount"), "serviceAccount is forbidden when subject kind is not 'ServiceAccount'"));
        if (subject is { Kind: not "User", User: not null }) errors.Add(FieldError.Forbidden(path.Child("user"), "user is forbidden when subject kind is not 'User'"));
        if (subject is { Kind: not "Group", Group: not null }) errors.Add(FieldError.Forbidden(path.Child("group"), "group is forbidden when subject kind is not 'Group'"));
    }

    private static void Account(List<FieldError> errors, FieldPath path, ServiceAccountSubject? account)
    {
        if (account is null)
        {
            errors.Add(FieldError.Required(path, "serviceAccount is required when subject kind is 'ServiceAccount'"));
            return;
        }

        if (account.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
        else if (account.Name != Any) Checks.All(errors, path.Child("name"), account.Name, NameRules.DnsSubdomain(account.Name!));
        if (account.Namespace.IsBlank()) errors.Add(FieldError.Required(path.Child("namespace"), "must specify namespace for service account"));
        else Checks.All(errors, path.Child("namespace"), account.Namespace, NameRules.DnsLabel(account.Namespace!));
    }

    private static void Named(List<FieldError> errors, FieldPath path, bool given, string? name, string missing)
    {
        if (!given) errors.Add(FieldError.Required(path, missing));
        else if (name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
    }

    private static void Resources(List<FieldError> errors, FieldPath path, ResourcePolicyRule rule)
    {
        Verb(errors, path.Child("verbs"), rule.Verbs);
        if (rule.ApiGroups.IsEmpty) errors.Add(FieldError.Required(path.Child("apiGroups"), "resource rules must supply at least one api group"));
        Alone(errors, path.Child("apiGroups"), rule.ApiGroups, "api groups");
        if (rule.Resources.IsEmpty) errors.Add(FieldError.Required(path.Child("resources"), "resource rules must supply at least one resource"));
        Alone(errors, path.Child("resources"), rule.Resources, "resources");
        var at = path.Child("namespaces");
        if (rule.Namespaces.IsEmpty && rule.ClusterScope != true)
        {
            errors.Add(FieldError.Required(at, "resource rules that are not cluster scoped must supply at least one namespace"));
        }
        else if (!Alone(errors, at, rule.Namespaces, "namespaces"))
        {
            for (var i = 0; i < rule.Namespaces.Count; i++)
            {
                foreach (var problem in NameRules.DnsLabel(rule.Namespaces[i]))
                    errors.Add(FieldError.Invalid(at.Index(i), rule.Namespaces[i], "each member of this list must be '*' or a DNS-1123 label; " + problem));
            }
        }
    }

    private static void Verb(List<FieldError> errors, FieldPath path, ValueList<string> verbs)
    {
        if (verbs.IsEmpty) errors.Add(FieldError.Required(path, "verbs must contain at least one value"));
        else if (!Alone(errors, path, verbs, "verbs") && verbs.Any(verb => !Verbs.Contains(verb)))
            errors.Add(FieldError.NotSupported(path, "", Verbs) with { BadValue = GoText.List(verbs) });
    }

    // Whether everything is meant, and then said alone.
    private static bool Alone(List<FieldError> errors, FieldPath path, ValueList<string> values, string what)
    {
        if (!values.Contains(Any)) return false;
        if (values.Count > 1) errors.Add(FieldError.InvalidGo(path, GoText.List(values), $"if '*' is present, must not specify other {what}"));
        return true;
    }

    private static void Urls(List<FieldError> errors, FieldPath path, ValueList<string> urls)
    {
        if (urls.IsEmpty) errors.Add(FieldError.Required(path, "nonResourceURLs must contain at least one value"));
        if (Alone(errors, path, urls, "non-resource URLs")) return;
        for (var i = 0; i < urls.Count; i++)
        {
            if (Problem(urls[i]) is { } problem) errors.Add(FieldError.Invalid(path.Index(i), urls[i], problem));
        }
    }

    private static string? Problem(string url)
    {
        if (url.Length == 0) return "must not be empty";
        if (url == "/") return null;
        if (url[0] != '/') return "must start with slash";
        if (url.Contains(' ', StringComparison.Ordinal)) return "must not contain white-space";
        if (url.Contains("//", StringComparison.Ordinal)) return "must not contain double slash";
        var stars = url.Count(c => c == '*');
        return stars > 1 || (stars == 1 && !url.EndsWith("/*", StringComparison.Ordinal)) ? "wildcard can only do suffix matching" : null;
    }
}
