namespace ActorPlane.Api;

/// <summary>
/// Whether a custom object fits the schema of its version.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/validator.go.
/// </summary>
internal static class CustomObjectValidation
{
    /// <param name="before">The object that is replaced, in the same version; null for a new one.</param>
    public static void Validate(List<FieldError> errors, CustomObject value, CustomObject? before)
    {
        errors.AddRange(CustomSchemaValidation.Validate(value.Content, value.Structure, null, before?.Content));
        CustomListRules.Validate(errors, FieldPath.Root, value.Content, value.Structure);
        if (((CustomObjectSchema)value.Schema).Scale is { } paths) CustomScale.Validate(errors, value, paths);
    }
}
