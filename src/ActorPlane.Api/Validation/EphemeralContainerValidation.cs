using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// The containers that join a running pod. Source: pkg/apis/core/validation/validation.go validateEphemeralContainers,
/// ValidatePodEphemeralContainersUpdate.
/// </summary>
internal static class EphemeralContainerValidation
{
    private const string NotHere = "cannot be set for an Ephemeral Container";
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private static readonly FieldPath Path = FieldPath.Of("spec", "ephemeralContainers");

    public static void ValidateUpdate(List<FieldError> errors, Pod pod, Pod old)
    {
        if (old.Metadata.Annotations.ContainsKey(MirrorAnnotation))
        {
            errors.Add(FieldError.Forbidden(FieldPath.Of(""), "static pods do not support ephemeral containers"));
            return;
        }

        Validate(errors, pod);
        foreach (var before in old.Spec.EphemeralContainers)
        {
            var now = pod.Spec.EphemeralContainers.Find(container => container.Name == before.Name);
            if (now is null) errors.Add(FieldError.Forbidden(Path, $"existing ephemeral containers {GoText.Quote(before.Name!)} may not be removed\n"));
            else if (now != before) errors.Add(FieldError.Forbidden(Path, $"existing ephemeral containers {GoText.Quote(before.Name!)} may not be changed\n"));
        }
    }

    private static void Validate(List<FieldError> errors, Pod pod)
    {
        var names = pod.Spec.Containers.Concat(pod.Spec.InitContainers).Select(container => container.Name!).ToHashSet(StringComparer.Ordinal);
        var targets = new HashSet<string>(names, StringComparer.Ordinal);
        var volumes = pod.Spec.Volumes.Select(volume => volume.Name!).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < pod.Spec.EphemeralContainers.Count; i++)
        {
            var (container, path) = (pod.Spec.EphemeralContainers[i], Path.Index(i));
            ContainerValidation.Validate(errors, path, AsContainer(container), names, volumes, init: false);
            if (!container.TargetContainerName.IsBlank() && !targets.Contains(container.TargetContainerName!))
                errors.Add(FieldError.NotFound(path.Child("targetContainerName"), container.TargetContainerName));
            foreach (var (isSet, field) in new[]
            {
                (!container.Ports.IsEmpty, "ports"), (container.Resources != ResourceRequirements.Empty, "resources"), (!container.ResizePolicy.IsEmpty, "resizePolicy"),
                (container.LivenessProbe is not null, "livenessProbe"), (container.ReadinessProbe is not null, "readinessProbe"),
                (container.StartupProbe is not null, "startupProbe"), (container.Lifecycle is not null, "lifecycle"),
            })
            {
                if (isSet) errors.Add(FieldError.Forbidden(path.Child(field), NotHere));
            }

            for (var mount = 0; mount < container.VolumeMounts.Count; mount++)
            {
                if (!container.VolumeMounts[mount].SubPath.IsBlank()) errors.Add(FieldError.Forbidden(path.Child("volumeMounts").Index(mount).Child("subPath"), NotHere));
                if (!container.VolumeMounts[mount].SubPathExpr.IsBlank()) errors.Add(FieldError.Forbidden(path.Child("volumeMounts").Index(mount).Child("subPathExpr"), NotHere));
            }
        }
    }

    private static Container AsContainer(EphemeralContainer container) => new()
    {
        Name = container.Name, Image = container.Image, Command = container.Command, Args = container.Args, WorkingDir = container.WorkingDir, Env = container.Env,
        EnvFrom = container.EnvFrom, VolumeMounts = container.VolumeMounts, VolumeDevices = container.VolumeDevices, RestartPolicy = container.RestartPolicy,
        TerminationMessagePath = container.TerminationMessagePath, TerminationMessagePolicy = container.TerminationMessagePolicy,
        ImagePullPolicy = container.ImagePullPolicy, SecurityContext = container.SecurityContext,
    };
}
