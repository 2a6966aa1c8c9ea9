using ActorPlane.Api.Core.V1;
using CoreNode = ActorPlane.Api.Core.V1.Node;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateNode, ValidateNodeUpdate.</summary>
internal static class NodeValidation
{
    public static void Validate(List<FieldError> errors, CoreNode node)
    {
        // The real server looks for taints below the metadata.
        var path = FieldPath.Of("metadata", "taints");
        var seen = new HashSet<(string?, string?)>();
        for (var i = 0; i < node.Spec.Taints.Count; i++)
        {
            var taint = node.Spec.Taints[i];
            var at = path.Index(i);
            Checks.All(errors, at.Child("key"), taint.Key, NameRules.QualifiedName(taint.Key ?? ""));
            if (NameRules.LabelValue(taint.Value ?? "") is { IsEmpty: false } problems) errors.Add(FieldError.Invalid(at.Child("value"), taint.Value, string.Join(';', problems)));
            if (taint.Effect.IsBlank()) errors.Add(FieldError.Required(at.Child("effect")));
            else Checks.OneOf(errors, at.Child("effect"), taint.Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
            if (!seen.Add((taint.Key, taint.Effect)))
            {
                var printed = $"core.Taint{{Key:{GoText.Quote(taint.Key ?? "")}, Value:{GoText.Quote(taint.Value ?? "")}, Effect:{GoText.Quote(taint.Effect ?? "")}, TimeAdded:(*v1.Time)(nil)}}";
                errors.Add(FieldError.InvalidGo(at, printed, "taints must be unique by key and effect pair") with { Type = FieldErrorType.Duplicate });
            }
        }

        ValidateResources(errors, node);
        Networks(errors, FieldPath.Of("spec", "podCIDRs"), node.Spec.PodCIDRs);
    }

    public static void ValidateResources(List<FieldError> errors, CoreNode node)
    {
        Amounts(errors, FieldPath.Of("status", "capacity"), node.Status.Capacity);
        Amounts(errors, FieldPath.Of("status", "allocatable"), node.Status.Allocatable);
    }

    public static void ValidateUpdate(List<FieldError> errors, CoreNode node, CoreNode old)
    {
        if (!old.Spec.PodCIDRs.IsEmpty && node.Spec.PodCIDRs != old.Spec.PodCIDRs)
        {
            errors.Add(FieldError.Forbidden(FieldPath.Of("spec", "podCIDRs"), "node updates may not change podCIDR except from \"\" to valid"));
        }

        if (!old.Spec.ProviderID.IsBlank() && !string.Equals(old.Spec.ProviderID, node.Spec.ProviderID, StringComparison.Ordinal))
        {
            errors.Add(FieldError.Forbidden(FieldPath.Of("spec", "providerID"), "node updates may not change providerID except from \"\" to valid"));
        }

        if ((node.Spec.ExternalID ?? "") != (old.Spec.ExternalID ?? "")) errors.Add(FieldError.Forbidden(FieldPath.Of("spec", "externalID"), "may not be updated"));
    }

    private static void Amounts(List<FieldError> errors, FieldPath path, ValueMap<Quantity> amounts)
    {
        foreach (var (name, quantity) in amounts)
        {
            ResourceValidation.Amount(errors, path.Child(name), name, quantity);
        }
    }

    private static void Networks(List<FieldError> errors, FieldPath path, ValueList<string> networks)
    {
        for (var i = 0; i < networks.Count; i++) Checks.All(errors, path.Index(i), networks[i], NameRules.Cidr(networks[i]));
        if (networks.Count < 2) return;
        if (networks.Count > 2 || networks[0].Contains(':', StringComparison.Ordinal) == networks[1].Contains(':', StringComparison.Ordinal))
            errors.Add(FieldError.InvalidGo(path, GoText.List(networks), "may specify no more than one CIDR for each IP family"));
        for (var i = 0; i < networks.Count; i++)
        {
            if (networks.Take(i).Contains(networks[i])) errors.Add(FieldError.Duplicate(path.Index(i), networks[i]));
        }
    }

    /// <summary>A namespace ends when it is deleted, and only then. Source: ValidateNamespaceStatusUpdate.</summary>
    public static void ValidateStatus(List<FieldError> errors, Core.V1.Namespace value)
    {
        var path = FieldPath.Of("status", "Phase");
        var wanted = value.Metadata.DeletionTimestamp is null ? "Active" : "Terminating";
        if (value.Status.Phase != wanted)
            errors.Add(FieldError.Invalid(path, value.Status.Phase, $"may only be '{wanted}' if `deletionTimestamp` is {(wanted == "Active" ? "empty" : "not empty")}"));
    }
}
