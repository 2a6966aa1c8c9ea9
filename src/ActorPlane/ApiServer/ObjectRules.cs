using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>Defaulting and validation of any object, as the planner asks for them: null means valid.</summary>
internal static class ObjectRules
{
    public static IKubeObject WithDefaults(IKubeObject item) => Defaulting.Apply(item);

    public static Status? ValidateMetadata(IKubeObject item) => null;

    public static Status? ValidateCreate(IKubeObject item) => null;

    public static Status? ValidateUpdate(IKubeObject item, IKubeObject before) => null;

    /// <summary>The refusal of an object that has neither name nor generateName.</summary>
    public static Status NameRequired(ResourceType type, IKubeObject item) =>
        ApiErrors.Invalid(type.Info.Gvk, "", [FieldError.Required(FieldPath.Of("metadata", "name"), "name or generateName is required")]);
}
