using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// What containers ask for and may use. Source: pkg/apis/core/validation/validation.go validateResourceRequirements, ValidateResourceQuantityValue,
/// validateResourceName; pkg/apis/core/helper/helpers.go.
/// </summary>
internal static class ResourceValidation
{
    private const string Pages = "hugepages-";

    private static readonly HashSet<string> Counted = new(StringComparer.Ordinal)
    {
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
    };

    private static readonly HashSet<string> Compute = new(StringComparer.Ordinal)
    {
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage",
    };

    public static bool IsNative(string name) => !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    public static bool IsHugePages(string name) => name.StartsWith(Pages, StringComparison.Ordinal);

    /// <summary>Whether more of it may be promised than there is.</summary>
    public static bool Overcommits(string name) => IsNative(name) && !IsHugePages(name);

    /// <summary>One that a quota without a prefix can be about.</summary>
    public static bool IsOfQuota(string name) =>
        Compute.Contains(name) || Counted.Contains(name) || name == "requests.storage" || IsHugePages(name) || name.StartsWith("requests." + Pages, StringComparison.Ordinal);

    /// <summary>The name of any resource.</summary>
    public static void Name(List<FieldError> errors, FieldPath path, string name)
    {
        if (NameRules.QualifiedName(name) is { IsEmpty: false } problems) Checks.All(errors, path, name, problems);
        else if (!name.Contains('/', StringComparison.Ordinal) && !IsOfQuota(name) && name != "storage")
            errors.Add(FieldError.Invalid(path, name, "must be a standard resource type or fully qualified"));
    }

    /// <summary>The name of a resource that containers have. Source: validateContainerResourceName.</summary>
    public static void ContainerName(List<FieldError> errors, FieldPath path, string name)
    {
        Name(errors, path, name);
        if (!name.Contains('/', StringComparison.Ordinal))
        {
            if (name is not ("cpu" or "memory" or "ephemeral-storage") && !IsHugePages(name)) errors.Add(FieldError.Invalid(path, name, "must be a standard resource for containers"));
        }
        else if (!IsNative(name) && !IsExtended(name))
        {
            errors.Add(FieldError.Invalid(path, name, "doesn't follow extended resource name standard"));
        }
    }

    /// <summary>An amount is not negative, and whole of what comes whole.</summary>
    public static void Amount(List<FieldError> errors, FieldPath path, string name, Quantity amount)
    {
        if (amount.Sign < 0) errors.Add(FieldError.Invalid(path, amount.ToString(), Checks.NotNegative));
        if ((Counted.Contains(name) || IsExtended(name)) && amount.MilliValue % 1000 != 0) errors.Add(FieldError.InvalidGo(path, GoText.Quantity(amount), "must be an integer"));
    }

    /// <summary>Amounts are not negative; requests do not exceed limits; what cannot be overcommitted has both alike.</summary>
    /// <param name="claims">The claims of the pod, by name.</param>
    public static void Requirements(List<FieldError> errors, FieldPath path, ResourceRequirements resources, IReadOnlySet<string> claims)
    {
        foreach (var (name, quantity) in resources.Limits) Of(errors, path.Child("limits").Key(name), name, quantity);
        foreach (var (name, quantity) in resources.Requests)
        {
            Of(errors, path.Child("requests").Key(name), name, quantity);
            if (resources.Limits.TryGetValue(name, out var limit))
            {
                if (quantity != limit && !Overcommits(name)) errors.Add(FieldError.Invalid(path.Child("requests"), quantity.ToString(), $"must be equal to {name} limit of {limit}"));
                else if (quantity > limit) errors.Add(FieldError.Invalid(path.Child("requests"), quantity.ToString(), $"must be less than or equal to {name} limit of {limit}"));
            }
            else if (!Overcommits(name))
            {
                errors.Add(FieldError.Required(path.Child("limits"), "Limit must be set for non overcommitable resources"));
            }
        }

        var names = resources.Limits.Keys.Concat(resources.Requests.Keys).ToList();
        if (names.Exists(IsHugePages) && !names.Exists(name => name is "cpu" or "memory")) errors.Add(FieldError.Forbidden(path, "HugePages require cpu or memory"));
        Claims(errors, path.Child("claims"), resources.Claims, claims);
    }

    private static bool IsExtended(string name) => !IsNative(name) && !name.StartsWith("requests.", StringComparison.Ordinal) && NameRules.QualifiedName("requests." + name).IsEmpty;

    private static void Of(List<FieldError> errors, FieldPath path, string name, Quantity quantity)
    {
        ContainerName(errors, path, name);
        Amount(errors, path, name, quantity);
        if (IsHugePages(name) && !(Quantity.TryParse(name[Pages.Length..], out var size) && size.Sign > 0 && size.MilliValue % 1000 == 0 && quantity.Value % size.Value == 0))
            errors.Add(FieldError.Invalid(path, quantity.ToString(), $"{quantity} is not positive integer multiple of {name}"));
    }

    // Source: validateResourceClaimNames.
    private static void Claims(List<FieldError> errors, FieldPath path, ValueList<ResourceClaim> claims, IReadOnlySet<string> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < claims.Count; i++)
        {
            var (at, name) = (path.Index(i), claims[i].Name ?? "");
            if (name.Length == 0)
            {
                errors.Add(FieldError.Required(at));
                continue;
            }

            var request = claims[i].Request ?? "";
            var key = request.Length == 0 ? name : $"{name}/{request}";
            if (request.Length > 0 && !seen.Contains(name)) Checks.All(errors, at.Child("request"), request, NameRules.DnsLabel(request));
            if (seen.Contains(name)) errors.Add(FieldError.Duplicate(at, name));
            else if (seen.Contains(key)) errors.Add(FieldError.Duplicate(at, key));
            else if (request.Length == 0 && seen.Any(other => other.StartsWith(name + "/", StringComparison.Ordinal))) errors.Add(FieldError.Duplicate(at, name));
            seen.Add(key);
            if (known.Contains(name)) continue;
            errors.Add(FieldError.NotFound(at, name) with
            {
                Detail = "must be one of the names in pod.spec.resourceClaims" + (known.Count == 0 ? " which is empty" : ": " + string.Join(", ", known.Order(StringComparer.Ordinal))),
            });
        }
    }
}
