using ActorPlane.Api.Core.V1;

namespace ActorPlane.Kubelet;

/// <summary>Questions about a container's spec.</summary>
public static class ContainerExtensions
{
    /// <summary>An init container that goes on running beside the others.</summary>
    public static bool IsSidecar(this Container initContainer) => initContainer.RestartPolicy == "Always";

    /// <summary>
    /// How long after its start a container counts as started: a virtual process passes each probe, but none is asked
    /// before its initial delay, and it must pass as often as the probe wants. Source: <c>pkg/kubelet/prober/worker.go</c>.
    /// </summary>
    public static TimeSpan StartedAfter(this Container container) => Passing(container.StartupProbe);

    /// <summary>How long after its start a container counts as ready.</summary>
    public static TimeSpan ReadyAfter(this Container container)
    {
        // The initial delay of the readiness probe counts from the start as well, but no answer counts before the startup probe's.
        var started = container.StartedAfter();
        var ready = Passing(container.ReadinessProbe);
        return ready > started ? ready : started;
    }

    private static TimeSpan Passing(Probe? probe)
    {
        const int defaultPeriodSeconds = 10;
        if (probe is null) return TimeSpan.Zero;
        var repetitions = Math.Max(1, probe.SuccessThreshold ?? 1) - 1;
        return TimeSpan.FromSeconds((probe.InitialDelaySeconds ?? 0) + ((double)repetitions * (probe.PeriodSeconds ?? defaultPeriodSeconds)));
    }
}
