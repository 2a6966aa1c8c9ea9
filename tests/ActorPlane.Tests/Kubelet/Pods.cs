using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Tests.Kubelet;

/// <summary>Pods and container states in few words.</summary>
internal static class Pods
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Container Container(string name, string image = "nginx:1.27") => new() { Name = name, Image = image };

    public static Pod Of(PodSpec spec, string name = "web", string uid = "uid-1") => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Uid = uid, ResourceVersion = "10" },
        Spec = spec,
    };

    public static PodSpec Spec(string policy, params string[] containers) => new()
    {
        RestartPolicy = policy,
        Containers = [.. containers.Select(name => Container(name))],
    };

    public static ContainerStatus Waiting(string name, int? lastExitCode = null) => new()
    {
        Name = name,
        Ready = false,
        State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = "ContainerCreating" } },
        LastState = lastExitCode is null ? ContainerState.Empty : Ended(name, lastExitCode.Value).State,
    };

    public static ContainerStatus Running(string name, bool ready = true) => new()
    {
        Name = name,
        Ready = ready,
        Started = true,
        State = new ContainerState { Running = new ContainerStateRunning { StartedAt = Now } },
    };

    public static ContainerStatus Ended(string name, int exitCode) => new()
    {
        Name = name,
        Ready = false,
        State = new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = exitCode } },
    };

    /// <summary>States from a short text: <c>a:run b:wait c:end0 d:end1 e:back1</c>.</summary>
    public static ValueList<ContainerStatus> Statuses(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var (name, state) = (part.Split(':')[0], part.Split(':')[1]);
            return state switch
            {
                "run" => Running(name),
                "unready" => Running(name, ready: false),
                "wait" => Waiting(name),
                "done" => Ended(name, 0) with { Ready = true },
                _ when state.StartsWith("end", StringComparison.Ordinal) => Ended(name, int.Parse(state[3..])),
                _ when state.StartsWith("back", StringComparison.Ordinal) => Waiting(name, int.Parse(state[4..])),
                _ => throw new ArgumentException(state),
            };
        }),
    ];
}
