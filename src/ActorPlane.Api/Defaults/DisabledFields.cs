using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// Takes out fields that belong to features which are off by default in 1.32, as the API server does when a client writes them.
/// What an object that is stored already uses stays. Source: the dropDisabled functions of pkg/api and of pkg/registry/*/*/strategy.go,
/// pkg/features/kube_features.go.
/// </summary>
public static class DisabledFields
{
    /// <summary>The object without such fields; the same instance when it has none.</summary>
    /// <param name="old">As it is stored; null when it is new.</param>
    public static IKubeObject Drop(IKubeObject value, IKubeObject? old) => old is not null && !ReferenceEquals(Without(old), old) ? value : Without(value);

    private static IKubeObject Without(IKubeObject value) => value switch
    {
        Pod o => Of(o),
        PodTemplate o => Of(o.Template) is var template && ReferenceEquals(template, o.Template) ? o : o with { Template = template },
        Deployment o => Of(o.Spec.Template) is var template && ReferenceEquals(template, o.Spec.Template) ? o : o with { Spec = o.Spec with { Template = template } },
        ReplicaSet o => Of(o.Spec.Template) is var template && ReferenceEquals(template, o.Spec.Template) ? o : o with { Spec = o.Spec with { Template = template } },
        DaemonSet o => Of(o.Spec.Template) is var template && ReferenceEquals(template, o.Spec.Template) ? o : o with { Spec = o.Spec with { Template = template } },
        StatefulSet o => Of(o),
        ReplicationController { Spec.Template: { } before } o => Of(before) is var template && ReferenceEquals(template, before) ? o : o with { Spec = o.Spec with { Template = template } },
        Job o => Of(o.Spec) is var spec && ReferenceEquals(spec, o.Spec) ? o : o with { Spec = spec },
        CronJob o => Of(o.Spec.JobTemplate.Spec) is var spec && ReferenceEquals(spec, o.Spec.JobTemplate.Spec)
            ? o
            : o with { Spec = o.Spec with { JobTemplate = o.Spec.JobTemplate with { Spec = spec } } },
        Lease { Spec: { Strategy: not null } or { PreferredHolder: not null } } o => o with { Spec = o.Spec with { Strategy = null, PreferredHolder = null } },
        PersistentVolume { Spec.VolumeAttributesClassName: not null } o => o with { Spec = o.Spec with { VolumeAttributesClassName = null } },
        PersistentVolumeClaim o => Of(o),
        _ => value,
    };

    private static Pod Of(Pod pod)
    {
        var spec = Of(pod.Spec);
        var status = pod.Status;
        if (status.Resize is not null || !status.ResourceClaimStatuses.IsEmpty) status = status with { Resize = null, ResourceClaimStatuses = [] };
        var containers = status.ContainerStatuses.Each(Of);
        var initContainers = status.InitContainerStatuses.Each(Of);
        var ephemeralContainers = status.EphemeralContainerStatuses.Each(Of);
        if (!ReferenceEquals(containers, status.ContainerStatuses) || !ReferenceEquals(initContainers, status.InitContainerStatuses)
            || !ReferenceEquals(ephemeralContainers, status.EphemeralContainerStatuses))
        {
            status = status with { ContainerStatuses = containers, InitContainerStatuses = initContainers, EphemeralContainerStatuses = ephemeralContainers };
        }

        return ReferenceEquals(spec, pod.Spec) && ReferenceEquals(status, pod.Status) ? pod : pod with { Spec = spec, Status = status };
    }

    private static StatefulSet Of(StatefulSet set)
    {
        var spec = set.Spec;
        var template = Of(spec.Template);
        if (!ReferenceEquals(template, spec.Template)) spec = spec with { Template = template };
        if (spec.UpdateStrategy.RollingUpdate is { MaxUnavailable: not null } rolling)
            spec = spec with { UpdateStrategy = spec.UpdateStrategy with { RollingUpdate = rolling with { MaxUnavailable = null } } };
        return ReferenceEquals(spec, set.Spec) ? set : set with { Spec = spec };
    }

    private static PersistentVolumeClaim Of(PersistentVolumeClaim claim)
    {
        // A source in another namespace is given up with all that names it.
        if (claim.Spec.DataSourceRef is { Namespace: { Length: > 0 } }) claim = claim with { Spec = claim.Spec with { DataSourceRef = null } };
        if (claim.Spec.VolumeAttributesClassName is not null) claim = claim with { Spec = claim.Spec with { VolumeAttributesClassName = null } };
        return claim.Status is { CurrentVolumeAttributesClassName: null, ModifyVolumeStatus: null }
            ? claim
            : claim with { Status = claim.Status with { CurrentVolumeAttributesClassName = null, ModifyVolumeStatus = null } };
    }

    private static JobSpec Of(JobSpec spec)
    {
        var template = Of(spec.Template);
        return ReferenceEquals(template, spec.Template) ? spec : spec with { Template = template };
    }

    private static PodTemplateSpec Of(PodTemplateSpec template)
    {
        var spec = Of(template.Spec);
        return ReferenceEquals(spec, template.Spec) ? template : template with { Spec = spec };
    }

    private static PodSpec Of(PodSpec spec)
    {
        if (spec.Resources is not null || spec.HostUsers is not null || !spec.ResourceClaims.IsEmpty)
            spec = spec with { Resources = null, HostUsers = null, ResourceClaims = [] };
        if (spec.SecurityContext is { SupplementalGroupsPolicy: not null } or { SeLinuxChangePolicy: not null })
            spec = spec with { SecurityContext = spec.SecurityContext with { SupplementalGroupsPolicy = null, SeLinuxChangePolicy = null } };
        spec = WithoutImages(spec);
        var volumes = spec.Volumes.Each(Of);
        var containers = spec.Containers.Each(Of);
        var initContainers = spec.InitContainers.Each(Of);
        var ephemeralContainers = spec.EphemeralContainers.Each(Of);
        return ReferenceEquals(volumes, spec.Volumes) && ReferenceEquals(containers, spec.Containers) && ReferenceEquals(initContainers, spec.InitContainers)
            && ReferenceEquals(ephemeralContainers, spec.EphemeralContainers)
            ? spec
            : spec with { Volumes = volumes, Containers = containers, InitContainers = initContainers, EphemeralContainers = ephemeralContainers };
    }

    // Volumes that are images go, and with them the mounts of their names.
    private static PodSpec WithoutImages(PodSpec spec)
    {
        if (spec.Volumes.Find(static volume => volume.Image is not null) is null) return spec;
        HashSet<string> images = [.. from volume in spec.Volumes where volume.Image is not null select volume.Name ?? ""];
        return spec with
        {
            Volumes = [.. from volume in spec.Volumes where volume.Image is null select volume],
            Containers = spec.Containers.Each(c => c with { VolumeMounts = Left(c.VolumeMounts) }),
            InitContainers = spec.InitContainers.Each(c => c with { VolumeMounts = Left(c.VolumeMounts) }),
            EphemeralContainers = spec.EphemeralContainers.Each(c => c with { VolumeMounts = Left(c.VolumeMounts) }),
        };

        ValueList<VolumeMount> Left(ValueList<VolumeMount> mounts) => [.. from mount in mounts where !images.Contains(mount.Name ?? "") select mount];
    }

    private static Volume Of(Volume volume)
    {
        if (volume.Projected is not { } projected) return volume;
        var sources = projected.Sources.Each(static source => source.ClusterTrustBundle is null ? source : source with { ClusterTrustBundle = null });
        return ReferenceEquals(sources, projected.Sources) ? volume : volume with { Projected = projected with { Sources = sources } };
    }

    private static Container Of(Container container)
    {
        if (!container.ResizePolicy.IsEmpty) container = container with { ResizePolicy = [] };
        if (!container.Resources.Claims.IsEmpty) container = container with { Resources = container.Resources with { Claims = [] } };
        return HasOtherMount(container.SecurityContext) ? container with { SecurityContext = container.SecurityContext! with { ProcMount = "Default" } } : container;
    }

    private static EphemeralContainer Of(EphemeralContainer container)
    {
        if (!container.ResizePolicy.IsEmpty) container = container with { ResizePolicy = [] };
        if (!container.Resources.Claims.IsEmpty) container = container with { Resources = container.Resources with { Claims = [] } };
        return HasOtherMount(container.SecurityContext) ? container with { SecurityContext = container.SecurityContext! with { ProcMount = "Default" } } : container;
    }

    // Unlike the other fields it is not taken out: it was once forced to be there.
    private static bool HasOtherMount(SecurityContext? context) => context?.ProcMount is not (null or "Default");

    private static ContainerStatus Of(ContainerStatus status) =>
        status is { Resources: null, User: null } && status.AllocatedResources.IsEmpty && status.AllocatedResourcesStatus.IsEmpty
            ? status
            : status with { Resources = null, User = null, AllocatedResources = ValueMap<Quantity>.Empty, AllocatedResourcesStatus = [] };
}
