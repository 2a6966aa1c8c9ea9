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

    public static void ValidateUpdate(List<FieldError> errors, Pod pod, Pod old)
    {
        var path = FieldPath.Of("spec", "ephemeralContainers");
        if (old.Metadata.Annotations.ContainsKey(MirrorAnnotation))
        {
            errors.Add(FieldError.Forbidden(FieldPath.Of(""), "static pods do not support ephemeral containers"));
            return;
        }

        PodValidation.Content(errors, pod);
        foreach (var before in old.Spec.EphemeralContainers)
        {
            var now = pod.Spec.EphemeralContainers.Find(container => container.Name == before.Name);
            if (now is null) errors.Add(FieldError.Forbidden(path, $"existing ephemeral containers {GoText.Quote(before.Name!)} may not be removed\n"));
            else if (now != before) errors.Add(FieldError.Forbidden(path, $"existing ephemeral containers {GoText.Quote(before.Name!)} may not be changed\n"));
        }
    }

    public static void Validate(List<FieldError> errors, FieldPath path, PodSpec spec, PodParts parts)
    {
        if (spec.EphemeralContainers.IsEmpty) return;
        var names = spec.Containers.Concat(spec.InitContainers).Select(container => container.Name ?? "").ToHashSet(StringComparer.Ordinal);
        var targets = new HashSet<string>(names, StringComparer.Ordinal);
        for (var i = 0; i < spec.EphemeralContainers.Count; i++)
        {
            var (container, at) = (spec.EphemeralContainers[i], path.Index(i));
            ContainerValidation.Common(errors, at, AsContainer(container), parts);
            ContainerValidation.OfPod(errors, at, container.Image);
            if (!names.Add(container.Name ?? "")) errors.Add(FieldError.Duplicate(at.Child("name"), container.Name));
            if (!container.TargetContainerName.IsBlank() && !targets.Contains(container.TargetContainerName!))
                errors.Add(FieldError.NotFound(at.Child("targetContainerName"), container.TargetContainerName));
            foreach (var (isSet, field) in new[]
            {
                (!container.Ports.IsEmpty, "ports"), (container.Resources != ResourceRequirements.Empty, "resources"), (!container.ResizePolicy.IsEmpty, "resizePolicy"),
                (container.RestartPolicy is not null, "restartPolicy"), (container.LivenessProbe is not null, "livenessProbe"),
                (container.ReadinessProbe is not null, "readinessProbe"), (container.StartupProbe is not null, "startupProbe"), (container.Lifecycle is not null, "lifecycle"),
            })
            {
                if (isSet) errors.Add(FieldError.Forbidden(at.Child(field), NotHere));
            }

            for (var mount = 0; mount < container.VolumeMounts.Count; mount++)
            {
                if (!container.VolumeMounts[mount].SubPath.IsBlank()) errors.Add(FieldError.Forbidden(at.Child("volumeMounts").Index(mount).Child("subPath"), NotHere));
                if (!container.VolumeMounts[mount].SubPathExpr.IsBlank()) errors.Add(FieldError.Forbidden(at.Child("volumeMounts").Index(mount).Child("subPathExpr"), NotHere));
            }
        }
    }

    private static Container AsContainer(EphemeralContainer container) => new()
    {
        Name = container.Name, Image = container.Image, Command = container.Command, Args = container.Args, WorkingDir = container.WorkingDir, Env = container.Env,
        EnvFrom = container.EnvFrom, Ports = container.Ports, Resources = container.Resources, VolumeMounts = container.VolumeMounts, VolumeDevices = container.VolumeDevices,
        TerminationMessagePath = container.TerminationMessagePath, TerminationMessagePolicy = container.TerminationMessagePolicy,
        ImagePullPolicy = container.ImagePullPolicy, SecurityContext = container.SecurityContext,
    };
}
