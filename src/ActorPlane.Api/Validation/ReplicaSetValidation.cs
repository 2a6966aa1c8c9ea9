using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/validation/validation.go ValidateReplicaSet, pkg/apis/core/validation ValidateReplicationController.</summary>
internal static class ReplicaSetValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, ReplicaSet value)
    {
        Checks.AtLeastZero(errors, Path.Child("replicas"), value.Spec.Replicas);
        Checks.AtLeastZero(errors, Path.Child("minReadySeconds"), value.Spec.MinReadySeconds);
        Checks.Workload(errors, Path, value.Spec.Selector, value.Spec.Template, "Always");
        Checks.NoDeadline(errors, Path, value.Spec.Template, "ReplicaSet");
    }

    public static void ValidateUpdate(List<FieldError> errors, ReplicaSet value, ReplicaSet old)
    {
        if (value.Spec.Selector != old.Spec.Selector)
        {
            errors.Add(FieldError.InvalidGo(Path.Child("selector"), GoText.Selector(value.Spec.Selector), Checks.Immutable));
        }
    }

    public static void ValidateStatus(List<FieldError> errors, ReplicationController value) => ValidateStatus(errors, new ReplicaSet
    {
        Status = new ReplicaSetStatus
        {
            Replicas = value.Status.Replicas, FullyLabeledReplicas = value.Status.FullyLabeledReplicas, ReadyReplicas = value.Status.ReadyReplicas,
            AvailableReplicas = value.Status.AvailableReplicas, ObservedGeneration = value.Status.ObservedGeneration,
        },
    });

    public static void ValidateStatus(List<FieldError> errors, ReplicaSet value)
    {
        var path = FieldPath.Of("status");
        var status = value.Status;
        Checks.AtLeastZero(errors, path.Child("replicas"), status.Replicas);
        Checks.AtLeastZero(errors, path.Child("fullyLabeledReplicas"), status.FullyLabeledReplicas);
        Checks.AtLeastZero(errors, path.Child("readyReplicas"), status.ReadyReplicas);
        Checks.AtLeastZero(errors, path.Child("availableReplicas"), status.AvailableReplicas);
        Checks.AtLeastZero(errors, path.Child("observedGeneration"), status.ObservedGeneration);
        const string More = "cannot be greater than status.replicas";
        var replicas = status.Replicas ?? 0;
        if (status.FullyLabeledReplicas > replicas) errors.Add(FieldError.Invalid(path.Child("fullyLabeledReplicas"), status.FullyLabeledReplicas.Value, More));
        if (status.ReadyReplicas > replicas) errors.Add(FieldError.Invalid(path.Child("readyReplicas"), status.ReadyReplicas.Value, More));
        if (status.AvailableReplicas > replicas) errors.Add(FieldError.Invalid(path.Child("availableReplicas"), status.AvailableReplicas.Value, More));
        if ((status.AvailableReplicas ?? 0) > (status.ReadyReplicas ?? 0))
        {
            errors.Add(FieldError.Invalid(path.Child("availableReplicas"), status.AvailableReplicas ?? 0, "cannot be greater than readyReplicas"));
        }
    }

    public static void Validate(List<FieldError> errors, ReplicationController value)
    {
        var spec = value.Spec;
        Checks.AtLeastZero(errors, Path.Child("minReadySeconds"), spec.MinReadySeconds);
        if (spec.Selector.IsEmpty) errors.Add(FieldError.Required(Path.Child("selector")));
        if (spec.Replicas is null) errors.Add(FieldError.Required(Path.Child("replicas")));
        Checks.AtLeastZero(errors, Path.Child("replicas"), spec.Replicas);
        var at = Path.Child("template");
        if (spec.Template is null)
        {
            errors.Add(FieldError.Required(at));
            return;
        }

        if (!spec.Selector.IsEmpty && !LabelSelectors.MatchesPlain(spec.Selector, spec.Template.Metadata.Labels))
        {
            errors.Add(FieldError.InvalidGo(at.Child("metadata").Child("labels"), GoText.Map(spec.Template.Metadata.Labels), "`selector` does not match template `labels`"));
        }

        PodValidation.Template(errors, at, spec.Template);
        Checks.OneOf(errors, at.Child("spec").Child("restartPolicy"), spec.Template.Spec.RestartPolicy, "Always");
        Checks.NoDeadline(errors, Path, spec.Template, "ReplicationController");
    }
}
