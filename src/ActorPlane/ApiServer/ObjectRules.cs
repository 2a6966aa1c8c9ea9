using ActorPlane.Api;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Defaulting and validation as the planner asks for them; null means valid. The two kinds of write that make up most of
/// a cluster's load, lease renewals and pod status reports, are looked at first: where they change nothing that a rule
/// speaks of, the rules are not run.
/// </summary>
internal static class ObjectRules
{
    public static IKubeObject WithDefaults(IKubeObject item) => Defaulting.Apply(item);

    public static Status? ValidateMetadata(ResourceType type, IKubeObject item) =>
        Refusal(type, item, ObjectMetaValidation.Validate(item.Metadata, type.IsNamespaced, type.NameRule));

    public static Status? ValidateCreate(ResourceType type, IKubeObject item) => Refusal(type, item, Validator.ValidateCreate(item));

    public static Status? ValidateEphemeralContainers(ResourceType type, IKubeObject item, IKubeObject before) =>
        item is Pod pod && before is Pod old ? Refusal(type, item, Validator.ValidateEphemeralContainersUpdate(pod, old)) : null;

    public static Status? ValidateUpdate(ResourceType type, IKubeObject item, IKubeObject before) =>
        item is Lease { Spec: { LeaseDurationSeconds: > 0, LeaseTransitions: null or >= 0 } } && HasSameUserMetadata(item.Metadata, before.Metadata)
            ? null
            : Refusal(type, item, Validator.ValidateUpdate(item, before));

    public static Status? ValidateStatus(ResourceType type, IKubeObject item, IKubeObject before) =>
        item is Pod { Spec.RestartPolicy: "Always", Status.NominatedNodeName: null }
            ? null
            : Refusal(type, item, Validator.ValidateStatusUpdate(item, before));

    public static Status? ValidateApproval(ResourceType type, IKubeObject item, IKubeObject before) => Refusal(type, item, Validator.ValidateApproval(item, before));

    /// <summary>The refusal of an object that has neither name nor generateName.</summary>
    public static Status NameRequired(ResourceType type) =>
        ApiErrors.Invalid(type.Info.Gvk, "", [FieldError.Required(FieldPath.Of("metadata", "name"), "name or generateName is required")]);

    private static bool HasSameUserMetadata(ObjectMeta left, ObjectMeta right) =>
        left.Labels.Equals(right.Labels) && left.Annotations.Equals(right.Annotations)
        && left.OwnerReferences.Equals(right.OwnerReferences) && left.Finalizers.Equals(right.Finalizers);

    private static Status? Refusal(ResourceType type, IKubeObject item, IReadOnlyList<FieldError> errors) =>
        errors.Count == 0 ? null : ApiErrors.Invalid(type.Info.Gvk, item.Metadata.Name ?? "", errors);
}
