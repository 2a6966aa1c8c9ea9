using ActorPlane.Api.Networking.V1beta1;

namespace ActorPlane.Api;

/// <summary>Ranges of service addresses, and addresses. Source: pkg/apis/networking/validation/validation.go.</summary>
internal static class AddressValidation
{
    private static readonly FieldPath Cidrs = FieldPath.Of("spec", "cidrs");
    private static readonly FieldPath Parent = FieldPath.Of("spec", "parentRef");

    public static void Validate(List<FieldError> errors, ServiceCIDR value)
    {
        var cidrs = value.Spec.Cidrs;
        if (cidrs.IsEmpty) errors.Add(FieldError.Required(Cidrs, "at least one CIDR required"));
        if (cidrs.Count > 2) errors.Add(FieldError.InvalidGo(Cidrs, GoText.List(cidrs), "may only hold up to 2 values"));
        for (var i = 0; i < cidrs.Count; i++) Checks.All(errors, Cidrs.Index(i), cidrs[i], NameRules.Cidr(cidrs[i]));
        if (cidrs.Count == 2 && IsV6(cidrs[0]) == IsV6(cidrs[1]))
            errors.Add(FieldError.InvalidGo(Cidrs, GoText.List(cidrs), "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/96"));
    }

    public static void ValidateUpdate(List<FieldError> errors, ServiceCIDR value, ServiceCIDR old)
    {
        if (value.Spec.Cidrs != old.Spec.Cidrs) errors.Add(FieldError.InvalidGo(Cidrs, GoText.List(value.Spec.Cidrs), Checks.Immutable));
    }

    public static void Validate(List<FieldError> errors, IPAddress value)
    {
        if (value.Spec.ParentRef is not { } parent)
        {
            errors.Add(FieldError.Required(Parent));
            return;
        }

        if (parent.Group is { Length: > 0 } group) Checks.All(errors, Parent.Child("group"), group, NameRules.DnsSubdomain(group));
        Segment(errors, Parent.Child("resource"), parent.Resource, isRequired: true);
        Segment(errors, Parent.Child("name"), parent.Name, isRequired: true);
        Segment(errors, Parent.Child("namespace"), parent.Namespace, isRequired: false);
    }

    public static void ValidateUpdate(List<FieldError> errors, IPAddress value, IPAddress old)
    {
        if (value.Spec.ParentRef != old.Spec.ParentRef) errors.Add(FieldError.InvalidGo(Parent, value.Spec.ParentRef?.ToString() ?? "null", Checks.Immutable));
    }

    private static bool IsV6(string cidr) => cidr.Contains(':', StringComparison.Ordinal);

    private static void Segment(List<FieldError> errors, FieldPath at, string? text, bool isRequired)
    {
        if (!text.IsBlank()) Checks.All(errors, at, text, NameRules.PathSegment(text!));
        else if (isRequired) errors.Add(FieldError.Required(at));
    }
}
