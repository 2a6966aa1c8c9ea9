namespace ActorPlane.Api;

/// <summary>
/// Whether a custom object fits the schema of its version. Rules in CEL are looked at when nothing else is wrong that could mislead them.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/{validator,strategy}.go.
/// </summary>
internal static class CustomObjectValidation
{
    /// <param name="before">The object that is replaced, in the same version; null for a new one.</param>
    public static void Validate(List<FieldError> errors, CustomObject value, CustomObject? before)
    {
        errors.AddRange(CustomSchemaValidation.Validate(value.Content, value.Structure, null, before?.Content));
        if (((CustomObjectSchema)value.Schema).Scale is { } paths) CustomScale.Validate(errors, value, paths);
        CustomListRules.Validate(errors, FieldPath.Root, value.Content, value.Structure);
        if (((CustomObjectSchema)value.Schema).Rules is not { } rules) return;
        if (errors.Exists(error => error.Type is FieldErrorType.NotSupported or FieldErrorType.Required or FieldErrorType.TooLong or FieldErrorType.TooMany or FieldErrorType.TypeInvalid))
        {
            errors.Add(FieldError.Invalid(
                FieldPath.Root, "null", "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"));
            return;
        }

        errors.AddRange(CustomRuleValidation.Validate(rules, value.ToTree(), before?.ToTree()).Errors);
    }

    /// <summary>The rules that an object breaks as it did before: it is let pass, and whoever writes it is warned.</summary>
    public static IEnumerable<FieldError> Ratcheted(CustomObject value, CustomObject before) =>
        ((CustomObjectSchema)value.Schema).Rules is { } rules
            ? CustomRuleValidation.Validate(rules, value.ToTree(), before.In((CustomObjectSchema)value.Schema).ToTree()).Ratcheted : [];
}
