using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Pods and templates. Source: pkg/apis/core/v1/defaults.go SetDefaults_Pod, SetDefaults_PodSpec.</summary>
public static class PodDefaults
{
    /// <summary>A pod: besides the defaults of its spec, requests follow limits, and ports of the host those of its containers.</summary>
    public static Pod Apply(Pod pod)
    {
        var spec = Apply(pod.Spec);
        var hostNetwork = spec.HostNetwork == true;
        spec = spec.EnableServiceLinks is null ? spec with { EnableServiceLinks = true } : spec;
        var containers = spec.Containers.Each(c => OfPod(c, hostNetwork));
        var initContainers = spec.InitContainers.Each(c => OfPod(c, hostNetwork));
        if (containers != spec.Containers || initContainers != spec.InitContainers)
        {
            spec = spec with { Containers = containers, InitContainers = initContainers };
        }

        if (!ReferenceEquals(spec, pod.Spec)) pod = pod with { Spec = spec };

        // The one address of old counts, also when the list says another (pkg/apis/core/v1/conversion.go, Convert_v1_PodStatus_To_core_PodStatus).
        return pod.Status.PodIP is { } address && pod.Status.PodIPs.Find(static _ => true)?.Ip != address
            ? pod with { Status = pod.Status with { PodIPs = [new PodIP { Ip = address }] } }
            : pod;
    }

    /// <summary>A stored template.</summary>
    public static PodTemplate Apply(PodTemplate value)
    {
        var template = Apply(value.Template);
        return ReferenceEquals(template, value.Template) ? value : value with { Template = template };
    }

    /// <summary>A template inside a workload.</summary>
    public static PodTemplateSpec Apply(PodTemplateSpec template)
    {
        var spec = Apply(template.Spec);
        return ReferenceEquals(spec, template.Spec) ? template : template with { Spec = spec };
    }

    /// <summary>A spec, of a pod or a template.</summary>
    public static PodSpec Apply(PodSpec spec)
    {
        var result = spec;
        if (result.DnsPolicy.IsBlank()) result = result with { DnsPolicy = "ClusterFirst" };
        if (result.RestartPolicy.IsBlank()) result = result with { RestartPolicy = "Always" };
        if (result.SecurityContext is null) result = result with { SecurityContext = PodSecurityContext.Empty };
        if (result.TerminationGracePeriodSeconds is null) result = result with { TerminationGracePeriodSeconds = 30 };
        if (result.SchedulerName.IsBlank()) result = result with { SchedulerName = "default-scheduler" };

        // The old and the new name of one field mirror each other.
        if (result.ServiceAccountName.IsBlank() && !result.ServiceAccount.IsBlank()) result = result with { ServiceAccountName = result.ServiceAccount };
        if (!string.Equals(result.ServiceAccount ?? "", result.ServiceAccountName ?? "", StringComparison.Ordinal))
        {
            result = result with { ServiceAccount = result.ServiceAccountName };
        }

        var volumes = result.Volumes.Each(PodVolumeDefaults.Apply);
        var containers = result.Containers.Each(ContainerDefaults.Apply);
        var initContainers = result.InitContainers.Each(ContainerDefaults.Apply);
        var ephemeralContainers = result.EphemeralContainers.Each(ContainerDefaults.Apply);
        if (!ReferenceEquals(volumes, result.Volumes) || !ReferenceEquals(containers, result.Containers)
            || !ReferenceEquals(initContainers, result.InitContainers) || !ReferenceEquals(ephemeralContainers, result.EphemeralContainers))
        {
            result = result with
            {
                Volumes = volumes, Containers = containers, InitContainers = initContainers, EphemeralContainers = ephemeralContainers,
            };
        }

        var overhead = result.Overhead.RoundedUp();
        return ReferenceEquals(overhead, result.Overhead) ? result : result with { Overhead = overhead };
    }

    private static Container OfPod(Container container, bool hostNetwork)
    {
        var requests = container.Resources.Requests;
        foreach (var (name, limit) in container.Resources.Limits)
        {
            if (!requests.ContainsKey(name)) requests = requests.With(name, limit);
        }

        if (!ReferenceEquals(requests, container.Resources.Requests))
        {
            container = container with { Resources = container.Resources with { Requests = requests } };
        }

        if (!hostNetwork) return container;
        var ports = container.Ports.Each(p => (p.HostPort ?? 0) == 0 ? p with { HostPort = p.ContainerPort_ } : p);
        return ReferenceEquals(ports, container.Ports) ? container : container with { Ports = ports };
    }
}
