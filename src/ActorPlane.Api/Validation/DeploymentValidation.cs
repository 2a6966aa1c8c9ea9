using ActorPlane.Api.Apps.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/validation/validation.go ValidateDeployment.</summary>
internal static class DeploymentValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Deployment value)
    {
        var spec = value.Spec;
        Checks.AtLeastZero(errors, Path.Child("replicas"), spec.Replicas);
        Checks.Workload(errors, Path, spec.Selector, spec.Template, "Always");
        Checks.NoDeadline(errors, Path, spec.Template, "ReplicaSet");
        Strategy(errors, Path.Child("strategy"), spec.Strategy);
        Checks.AtLeastZero(errors, Path.Child("minReadySeconds"), spec.MinReadySeconds);
        Checks.AtLeastZero(errors, Path.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit);
        if (spec.ProgressDeadlineSeconds is { } deadline)
        {
            Checks.AtLeastZero(errors, Path.Child("progressDeadlineSeconds"), deadline);
            if (deadline <= (spec.MinReadySeconds ?? 0)) errors.Add(FieldError.Invalid(Path.Child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds"));
        }
    }

    public static void ValidateUpdate(List<FieldError> errors, Deployment value, Deployment old)
    {
        if (value.Spec.Selector != old.Spec.Selector)
        {
            errors.Add(FieldError.InvalidGo(Path.Child("selector"), GoText.Selector(value.Spec.Selector), Checks.Immutable));
        }
    }

    public static void ValidateStatus(List<FieldError> errors, Deployment value)
    {
        var path = FieldPath.Of("status");
        var status = value.Status;
        Checks.AtLeastZero(errors, path.Child("observedGeneration"), status.ObservedGeneration);
        Checks.AtLeastZero(errors, path.Child("replicas"), status.Replicas);
        Checks.AtLeastZero(errors, path.Child("updatedReplicas"), status.UpdatedReplicas);
        Checks.AtLeastZero(errors, path.Child("readyReplicas"), status.ReadyReplicas);
        Checks.AtLeastZero(errors, path.Child("availableReplicas"), status.AvailableReplicas);
        Checks.AtLeastZero(errors, path.Child("unavailableReplicas"), status.UnavailableReplicas);
        const string More = "cannot be greater than status.replicas";
        var replicas = status.Replicas ?? 0;
        if (status.UpdatedReplicas > replicas) errors.Add(FieldError.Invalid(path.Child("updatedReplicas"), status.UpdatedReplicas.Value, More));
        if (status.ReadyReplicas > replicas) errors.Add(FieldError.Invalid(path.Child("readyReplicas"), status.ReadyReplicas.Value, More));
        if (status.AvailableReplicas > replicas) errors.Add(FieldError.Invalid(path.Child("availableReplicas"), status.AvailableReplicas.Value, More));
        if ((status.AvailableReplicas ?? 0) > (status.ReadyReplicas ?? 0))
        {
            errors.Add(FieldError.Invalid(path.Child("availableReplicas"), status.AvailableReplicas ?? 0, "cannot be greater than readyReplicas"));
        }
    }

    private static void Strategy(List<FieldError> errors, FieldPath path, DeploymentStrategy strategy)
    {
        var at = path.Child("rollingUpdate");
        switch (strategy.Type)
        {
            case "Recreate":
                if (strategy.RollingUpdate is not null) errors.Add(FieldError.Forbidden(at, "may not be specified when strategy `type` is 'Recreate'"));
                break;
            case "RollingUpdate":
                if (strategy.RollingUpdate is not { MaxUnavailable: { } unavailable, MaxSurge: { } surge })
                {
                    errors.Add(FieldError.Required(at, "this should be defaulted and never be nil"));
                    break;
                }

                Checks.CountOrPercent(errors, at.Child("maxUnavailable"), unavailable);
                Checks.CountOrPercent(errors, at.Child("maxSurge"), surge);
                if (Checks.Percent(unavailable) == 0 && Checks.Percent(surge) == 0)
                {
                    errors.Add(FieldError.InvalidGo(at.Child("maxUnavailable"), Checks.Printed(unavailable), "may not be 0 when `maxSurge` is 0"));
                }

                Checks.NotOver100Percent(errors, at.Child("maxUnavailable"), unavailable);
                break;
            default:
                errors.Add(FieldError.NotSupported(path, strategy.Type, "Recreate", "RollingUpdate"));
                break;
        }
    }
}
