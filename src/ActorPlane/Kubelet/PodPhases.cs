using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Kubelet;

/// <summary>A pod's phase from the states of its containers. Source: <c>pkg/kubelet/kubelet_pods.go</c> (getPhase).</summary>
public static class PodPhases
{
    /// <summary>Not all containers have been started.</summary>
    public const string Pending = "Pending";

    /// <summary>All containers have been started, and at least one runs or will be restarted.</summary>
    public const string Running = "Running";

    /// <summary>All containers have ended with exit code 0 and stay so.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>All containers have ended and stay so, at least one with another exit code than 0; or the node refused the pod.</summary>
    public const string Failed = "Failed";

    /// <summary>Whether the phase is one that a pod never leaves.</summary>
    public static bool IsTerminal(string? phase) => phase is Succeeded or Failed;

    /// <summary>The phase.</summary>
    /// <param name="init">One status for each init container, in the order of the spec.</param>
    /// <param name="containers">One status for each container, in the order of the spec.</param>
    /// <param name="hasEnded">True when no container runs and none will be started again, whatever the restart policy says.</param>
    public static string Of(PodSpec spec, ValueList<ContainerStatus> init, ValueList<ContainerStatus> containers, bool hasEnded)
    {
        var never = spec.RestartPolicy == "Never";
        var isPending = false;
        for (var i = 0; i < init.Count; i++)
        {
            if (spec.InitContainers[i].IsSidecar())
            {
                // A sidecar that has been started is no part of the phase.
                isPending |= init[i].State.Waiting is not null && init[i].LastState.Terminated is null;
                continue;
            }

            var ended = init[i].State.Terminated ?? (init[i].State.Waiting is null ? null : init[i].LastState.Terminated);
            if (ended is null) isPending = true;
            else if (ended.ExitCode != 0 && never) return Failed;
            else if (ended.ExitCode != 0 && init[i].State.Terminated is null) isPending = true;
        }

        var (running, waiting, stopped, succeeded) = (0, 0, 0, 0);
        foreach (var container in containers.AsSpan())
        {
            if (container.State.Running is not null)
            {
                running++;
            }
            else if (container.State.Terminated is { } terminated)
            {
                stopped++;
                if (terminated.ExitCode == 0) succeeded++;
            }
            else if (container.LastState.Terminated is not null)
            {
                stopped++;
            }
            else
            {
                waiting++;
            }
        }

        if (isPending || waiting > 0) return Pending;
        if (running > 0) return Running;
        if (stopped == 0) return Pending;
        if (hasEnded) return stopped == succeeded ? Succeeded : Failed;
        return spec.RestartPolicy switch
        {
            "Never" => stopped == succeeded ? Succeeded : Failed,
            "OnFailure" => stopped == succeeded ? Succeeded : Running,
            _ => Running,
        };
    }
}
