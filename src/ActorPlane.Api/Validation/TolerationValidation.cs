using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateTolerations.</summary>
internal static class TolerationValidation
{
    public static void Validate(List<FieldError> errors, FieldPath path, ValueList<Toleration> tolerations)
    {
        for (var i = 0; i < tolerations.Count; i++) Validate(errors, path.Index(i), tolerations[i]);
    }

    private static void Validate(List<FieldError> errors, FieldPath path, Toleration toleration)
    {
        if (!toleration.Key.IsBlank()) Checks.All(errors, path.Child("key"), toleration.Key, NameRules.QualifiedName(toleration.Key!));
        if (toleration.Key.IsBlank() && toleration.Operator != "Exists")
            errors.Add(FieldError.Invalid(path.Child("operator"), toleration.Operator, "operator must be Exists when `key` is empty, which means \"match all values and all keys\""));
        if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
            errors.Add(FieldError.Invalid(path.Child("effect"), toleration.Effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
        switch (toleration.Operator)
        {
            case null or "" or "Equal":
                if (NameRules.LabelValue(toleration.Value ?? "") is { IsEmpty: false } problems) errors.Add(FieldError.Invalid(path.Child("operator"), toleration.Value, string.Join(';', problems)));
                break;
            case "Exists":
                if (!toleration.Value.IsBlank()) errors.Add(FieldError.Invalid(path.Child("operator"), toleration.Value, "value must be empty when `operator` is 'Exists'"));
                break;
            default:
                errors.Add(FieldError.NotSupported(path.Child("operator"), toleration.Operator, "Equal", "Exists"));
                break;
        }

        if (!toleration.Effect.IsBlank()) Checks.OneOf(errors, path.Child("effect"), toleration.Effect, "NoSchedule", "PreferNoSchedule", "NoExecute");
    }
}
