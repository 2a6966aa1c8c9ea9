using System.Security.Cryptography;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Kubelet;

/// <summary>
/// The steps of a container's status, in Kubernetes' words. Source: <c>pkg/kubelet/kubelet_pods.go</c>
/// (convertToAPIContainerStatuses), <c>pkg/kubelet/container/sync_result.go</c>.
/// </summary>
public static class ContainerStates
{
    private static ContainerState _recent = ContainerState.Empty;

    private static readonly ContainerState Creating = new() { Waiting = new ContainerStateWaiting { Reason = "ContainerCreating" } };
    private static readonly ContainerState Initializing = new() { Waiting = new ContainerStateWaiting { Reason = "PodInitializing" } };

    /// <summary>Not started yet.</summary>
    /// <param name="hasInit">Whether the pod has init containers.</param>
    public static ContainerStatus Initial(Container container, bool hasInit) => new()
    {
        Name = container.Name,
        Image = container.Image,
        ImageID = "",
        Ready = false,
        Started = false,
        RestartCount = 0,
        State = hasInit ? Initializing : Creating,
    };

    /// <summary>
    /// Where a container goes on whose machine lost it (power failure): as a container runtime sees it that finds a dead
    /// process, exit code 255. What had not run goes on as it was.
    /// </summary>
    /// <param name="before">The status that the API server has.</param>
    public static ContainerStatus Lost(ContainerStatus initial, ContainerStatus before, DateTimeOffset now)
    {
        const int unknownExitCode = 255;
        var ended = before.State.Terminated ?? before.LastState.Terminated;
        if (before.State.Running is { } running)
        {
            ended = new ContainerStateTerminated
            {
                ExitCode = unknownExitCode,
                Reason = "Unknown",
                StartedAt = running.StartedAt,
                FinishedAt = now,
                ContainerID = before.ContainerID,
            };
        }

        return ended is null
            ? initial
            : initial with
            {
                ImageID = before.ImageID,
                RestartCount = before.RestartCount ?? 0,
                LastState = new ContainerState { Terminated = ended },
            };
    }

    /// <summary>It runs. What it was before goes to <c>lastState</c>, and if it ran before it is a restart.</summary>
    public static ContainerStatus Run(ContainerStatus before, string podUid, string imageId, DateTimeOffset now)
    {
        var last = before.State.Terminated is null ? before.LastState : before.State;
        var restarts = (before.RestartCount ?? 0) + (last.Terminated is null ? 0 : 1);
        return before with
        {
            State = RunningSince(now),
            LastState = last,
            RestartCount = restarts,
            ImageID = imageId,
            ContainerID = IdOf(podUid, before.Name!, restarts),
        };
    }

    /// <summary>Containers that start within one second share their state. Which of two equal ones is kept shows nowhere.</summary>
    private static ContainerState RunningSince(Timestamp start)
    {
        var recent = Volatile.Read(ref _recent);
        if (recent.Running?.StartedAt == start) return recent;
        var state = new ContainerState { Running = new ContainerStateRunning { StartedAt = start } };
        Volatile.Write(ref _recent, state);
        return state;
    }

    /// <summary>It has ended.</summary>
    public static ContainerStatus End(ContainerStatus before, int exitCode, string reason, DateTimeOffset now) => before with
    {
        Ready = false,
        Started = false,
        State = new ContainerState
        {
            Terminated = new ContainerStateTerminated
            {
                ExitCode = exitCode,
                Reason = reason,
                StartedAt = before.State.Running?.StartedAt,
                FinishedAt = now,
                ContainerID = before.ContainerID,
            },
        },
    };

    /// <summary>It has ended and waits for its next start.</summary>
    /// <param name="pod"><c>name_namespace(uid)</c>.</param>
    public static ContainerStatus BackOff(ContainerStatus ended, TimeSpan wait, string pod) => ended with
    {
        State = new ContainerState
        {
            Waiting = new ContainerStateWaiting
            {
                Reason = "CrashLoopBackOff",
                Message = $"back-off {GoDuration.Format(wait)} restarting failed container={ended.Name} pod={pod}",
            },
        },
        LastState = ended.State,
    };

    // The same container of the same pod has the same id in each run with one seed.
    private static string IdOf(string podUid, string container, int attempt) =>
        "actorplane://" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{podUid}/{container}/{attempt}")));
}
