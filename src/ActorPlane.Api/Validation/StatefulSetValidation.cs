using ActorPlane.Api.Apps.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/validation/validation.go ValidateStatefulSet.</summary>
internal static class StatefulSetValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, StatefulSet value)
    {
        var spec = value.Spec;
        if (spec.PodManagementPolicy is not ("OrderedReady" or "Parallel"))
            errors.Add(FieldError.Invalid(Path.Child("podManagementPolicy"), spec.PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'"));
        switch (spec.UpdateStrategy.Type)
        {
            case "OnDelete":
                if (spec.UpdateStrategy.RollingUpdate is not null)
                {
                    errors.Add(FieldError.Invalid(Path.Child("updateStrategy").Child("rollingUpdate"), "", "only allowed for updateStrategy 'RollingUpdate'"));
                }

                break;
            case "RollingUpdate":
                Checks.AtLeastZero(errors, Path.Child("updateStrategy").Child("rollingUpdate").Child("partition"), spec.UpdateStrategy.RollingUpdate?.Partition);
                break;
            default:
                errors.Add(FieldError.Invalid(Path.Child("updateStrategy"), spec.UpdateStrategy.Type, "must be 'RollingUpdate' or 'OnDelete'"));
                break;
        }

        if (spec.PersistentVolumeClaimRetentionPolicy is { } retention)
        {
            var at = Path.Child("persistentVolumeClaimRetentionPolicy");
            Checks.OneOf(errors, at.Child("whenDeleted"), retention.WhenDeleted, "Retain", "Delete");
            Checks.OneOf(errors, at.Child("whenScaled"), retention.WhenScaled, "Retain", "Delete");
        }

        Checks.AtLeastZero(errors, Path.Child("replicas"), spec.Replicas);
        Checks.AtLeastZero(errors, Path.Child("minReadySeconds"), spec.MinReadySeconds);
        Checks.AtLeastZero(errors, Path.Child("ordinals").Child("start"), spec.Ordinals?.Start);
        Checks.Workload(errors, Path, spec.Selector, spec.Template, "Always");
        Checks.NoDeadline(errors, Path, spec.Template, "StatefulSet");
    }

    public static void ValidateUpdate(List<FieldError> errors, StatefulSet value, StatefulSet old)
    {
        var rest = value.Spec with
        {
            Replicas = old.Spec.Replicas,
            Template = old.Spec.Template,
            UpdateStrategy = old.Spec.UpdateStrategy,
            MinReadySeconds = old.Spec.MinReadySeconds,
            Ordinals = old.Spec.Ordinals,
            RevisionHistoryLimit = old.Spec.RevisionHistoryLimit,
            PersistentVolumeClaimRetentionPolicy = old.Spec.PersistentVolumeClaimRetentionPolicy,
        };
        if (rest != old.Spec)
        {
            errors.Add(FieldError.Forbidden(
                Path,
                "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
                + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
        }
    }
}
