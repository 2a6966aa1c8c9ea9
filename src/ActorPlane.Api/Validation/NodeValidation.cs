using ActorPlane.Api.Core.V1;
using CoreNode = ActorPlane.Api.Core.V1.Node;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateNode, ValidateNodeUpdate.</summary>
internal static class NodeValidation
{
    public static void Validate(List<FieldError> errors, CoreNode node)
    {
        var path = FieldPath.Of("spec", "taints");
        var seen = new HashSet<(string?, string?)>();
        for (var i = 0; i < node.Spec.Taints.Count; i++)
        {
            var taint = node.Spec.Taints[i];
            var at = path.Index(i);
            Checks.All(errors, at.Child("key"), taint.Key, NameRules.QualifiedName(taint.Key ?? ""));
            if (NameRules.LabelValue(taint.Value ?? "") is [var problem, ..]) errors.Add(FieldError.Invalid(at.Child("value"), taint.Value, problem));
            if (taint.Effect.IsBlank()) errors.Add(FieldError.Required(at.Child("effect")));
            else Checks.OneOf(errors, at.Child("effect"), taint.Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
            if (!seen.Add((taint.Key, taint.Effect)))
            {
                errors.Add(FieldError.Duplicate(at, $"{taint.Key}={taint.Value}:{taint.Effect}") with { Detail = "taints must be unique by key and effect pair" });
            }
        }

        for (var i = 0; i < node.Spec.PodCIDRs.Count; i++)
            Checks.All(errors, FieldPath.Of("spec", "podCIDRs").Index(i), node.Spec.PodCIDRs[i], NameRules.Cidr(node.Spec.PodCIDRs[i]));
        ValidateResources(errors, node);
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
    }

    private static void Amounts(List<FieldError> errors, FieldPath path, ValueMap<Quantity> amounts)
    {
        foreach (var (name, quantity) in amounts)
        {
            if (quantity.Sign < 0) errors.Add(FieldError.Invalid(path.Key(name), quantity.ToString(), Checks.NotNegative));
        }
    }
}
