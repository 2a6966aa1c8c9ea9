using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Containers and what is inside them. Source: pkg/apis/core/v1/defaults.go SetDefaults_Container, SetDefaults_Probe.</summary>
internal static class ContainerDefaults
{
    public static Container Apply(Container c)
    {
        var result = c;
        if (result.ImagePullPolicy.IsBlank()) result = result with { ImagePullPolicy = PullPolicy(result.Image) };
        if (result.TerminationMessagePath.IsBlank()) result = result with { TerminationMessagePath = "/dev/termination-log" };
        if (result.TerminationMessagePolicy.IsBlank()) result = result with { TerminationMessagePolicy = "File" };
        var ports = result.Ports.Each(Apply);
        if (!ReferenceEquals(ports, result.Ports)) result = result with { Ports = ports };
        var env = result.Env.Each(Apply);
        if (!ReferenceEquals(env, result.Env)) result = result with { Env = env };
        var resources = Apply(result.Resources);
        if (!ReferenceEquals(resources, result.Resources)) result = result with { Resources = resources };
        var liveness = Apply(result.LivenessProbe);
        if (!ReferenceEquals(liveness, result.LivenessProbe)) result = result with { LivenessProbe = liveness };
        var readiness = Apply(result.ReadinessProbe);
        if (!ReferenceEquals(readiness, result.ReadinessProbe)) result = result with { ReadinessProbe = readiness };
        var startup = Apply(result.StartupProbe);
        if (!ReferenceEquals(startup, result.StartupProbe)) result = result with { StartupProbe = startup };
        var lifecycle = Apply(result.Lifecycle);
        return ReferenceEquals(lifecycle, result.Lifecycle) ? result : result with { Lifecycle = lifecycle };
    }

    public static EphemeralContainer Apply(EphemeralContainer c)
    {
        var result = c;
        if (result.ImagePullPolicy.IsBlank()) result = result with { ImagePullPolicy = PullPolicy(result.Image) };
        if (result.TerminationMessagePath.IsBlank()) result = result with { TerminationMessagePath = "/dev/termination-log" };
        if (result.TerminationMessagePolicy.IsBlank()) result = result with { TerminationMessagePolicy = "File" };
        var ports = result.Ports.Each(Apply);
        if (!ReferenceEquals(ports, result.Ports)) result = result with { Ports = ports };
        var env = result.Env.Each(Apply);
        if (!ReferenceEquals(env, result.Env)) result = result with { Env = env };
        var resources = Apply(result.Resources);
        if (!ReferenceEquals(resources, result.Resources)) result = result with { Resources = resources };
        var liveness = Apply(result.LivenessProbe);
        if (!ReferenceEquals(liveness, result.LivenessProbe)) result = result with { LivenessProbe = liveness };
        var readiness = Apply(result.ReadinessProbe);
        if (!ReferenceEquals(readiness, result.ReadinessProbe)) result = result with { ReadinessProbe = readiness };
        var startup = Apply(result.StartupProbe);
        if (!ReferenceEquals(startup, result.StartupProbe)) result = result with { StartupProbe = startup };
        var lifecycle = Apply(result.Lifecycle);
        return ReferenceEquals(lifecycle, result.Lifecycle) ? result : result with { Lifecycle = lifecycle };
    }

    /// <summary>Always for a moving tag (latest or none), IfNotPresent for a tag or digest.</summary>
    public static string PullPolicy(string? image)
    {
        if (image.IsBlank()) return "IfNotPresent";
        if (image!.Contains('@', StringComparison.Ordinal)) return "IfNotPresent";
        var name = image[(image.LastIndexOf('/') + 1)..];
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || name[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }

    public static ResourceRequirements Apply(ResourceRequirements resources)
    {
        var limits = resources.Limits.RoundedUp();
        var requests = resources.Requests.RoundedUp();
        return ReferenceEquals(limits, resources.Limits) && ReferenceEquals(requests, resources.Requests)
            ? resources : resources with { Limits = limits, Requests = requests };
    }

    private static ContainerPort Apply(ContainerPort port) => port.Protocol.IsBlank() ? port with { Protocol = "TCP" } : port;

    private static EnvVar Apply(EnvVar variable) =>
        variable.ValueFrom?.FieldRef is { } reference && reference.ApiVersion.IsBlank()
            ? variable with { ValueFrom = variable.ValueFrom with { FieldRef = reference with { ApiVersion = "v1" } } }
            : variable;

    private static Probe? Apply(Probe? probe)
    {
        if (probe is null) return null;
        var result = probe;
        if ((result.TimeoutSeconds ?? 0) == 0) result = result with { TimeoutSeconds = 1 };
        if ((result.PeriodSeconds ?? 0) == 0) result = result with { PeriodSeconds = 10 };
        if ((result.SuccessThreshold ?? 0) == 0) result = result with { SuccessThreshold = 1 };
        if ((result.FailureThreshold ?? 0) == 0) result = result with { FailureThreshold = 3 };
        if (result.Grpc is { Service: null } grpc) result = result with { Grpc = grpc with { Service = "" } };
        var http = Apply(result.HttpGet);
        return ReferenceEquals(http, result.HttpGet) ? result : result with { HttpGet = http };
    }

    private static HTTPGetAction? Apply(HTTPGetAction? action)
    {
        if (action is null) return null;
        if (action.Path.IsBlank()) action = action with { Path = "/" };
        return action.Scheme.IsBlank() ? action with { Scheme = "HTTP" } : action;
    }

    private static Lifecycle? Apply(Lifecycle? lifecycle)
    {
        if (lifecycle is null) return null;
        var start = Apply(lifecycle.PostStart);
        var stop = Apply(lifecycle.PreStop);
        return ReferenceEquals(start, lifecycle.PostStart) && ReferenceEquals(stop, lifecycle.PreStop)
            ? lifecycle : lifecycle with { PostStart = start, PreStop = stop };
    }

    private static LifecycleHandler? Apply(LifecycleHandler? handler)
    {
        var http = Apply(handler?.HttpGet);
        return ReferenceEquals(http, handler?.HttpGet) ? handler : handler! with { HttpGet = http };
    }
}
