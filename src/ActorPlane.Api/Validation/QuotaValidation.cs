using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateResourceQuota.</summary>
internal static class QuotaValidation
{
    public static void Validate(List<FieldError> errors, ResourceQuota value)
    {
        var path = FieldPath.Of("spec", "hard");
        foreach (var (name, quantity) in value.Spec.Hard)
        {
            Checks.All(errors, path.Key(name), name, NameRules.QualifiedName(name));
            if (quantity.Sign < 0) errors.Add(FieldError.Invalid(path.Key(name), quantity.ToString(), Checks.NotNegative));
        }
    }
}
