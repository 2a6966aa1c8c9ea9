using System.Globalization;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Host.Http;

/// <summary>
/// What a virtual container "wrote". It runs no program: its log is made from the times in the pod's status, one line when
/// it started and one when it ended.
/// </summary>
internal static class PodLog
{
    /// <summary>The text that is wanted. A pod that has no node has written nothing.</summary>
    /// <exception cref="StatusException">400: the container is not named, does not exist, or has not started.</exception>
    public static string Of(Pod pod, PodLogOptions options) => Cut(Lines(pod, options), options);

    /// <summary>Whether the container that is asked for may still write something.</summary>
    public static bool MayGoOn(Pod pod, PodLogOptions options)
    {
        var name = PodContainers.Choose(pod, options.Container);
        return pod.Metadata.DeletionTimestamp is null && StatusOf(pod, name)?.State is { Terminated: null, Running: not null };
    }

    /// <summary>The line that tells of a container's end, with its time; null when the run that began then has not ended.</summary>
    public static string? EndOf(Pod pod, PodLogOptions options, Timestamp? startedAt)
    {
        var name = PodContainers.Choose(pod, options.Container);
        var status = StatusOf(pod, name);
        var ended = new[] { status?.State.Terminated, status?.LastState.Terminated }.FirstOrDefault(end => end is not null && end.StartedAt == startedAt);
        return ended is null ? null : Print(ended.FinishedAt?.Time ?? default, EndText(name, ended), options.Timestamps);
    }

    /// <summary>When the present run of the container that is asked for began.</summary>
    public static Timestamp? StartOf(Pod pod, PodLogOptions options) => StatusOf(pod, PodContainers.Choose(pod, options.Container))?.State.Running?.StartedAt;

    private static ContainerStatus? StatusOf(Pod pod, string name) =>
        pod.Status.ContainerStatuses.Find(s => s.Name == name) ?? pod.Status.InitContainerStatuses.Find(s => s.Name == name)
            ?? pod.Status.EphemeralContainerStatuses.Find(s => s.Name == name);

    private static string EndText(string name, ContainerStateTerminated ended) =>
        string.Create(CultureInfo.InvariantCulture, $"virtual container {name} ended with exit code {ended.ExitCode ?? 0} ({ended.Reason})");

    private static string Print(DateTimeOffset time, string line, bool withTime) =>
        (withTime ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture) + " " : "") + line + "\n";

    private static List<(DateTimeOffset Time, string Text)> Lines(Pod pod, PodLogOptions options)
    {
        var name = PodContainers.Choose(pod, options.Container);
        var status = StatusOf(pod, name);
        var isPrevious = options.Previous;
        var terminated = isPrevious ? status?.LastState?.Terminated : status?.State?.Terminated;
        var started = terminated?.StartedAt ?? (isPrevious ? null : status?.State?.Running?.StartedAt);

        // Between two runs the last one's log is what there is.
        if (!isPrevious && started is null && status?.LastState?.Terminated is { } last) (terminated, started) = (last, last.StartedAt);
        if (isPrevious && terminated is null && !string.IsNullOrEmpty(pod.Spec.NodeName))
            throw new StatusException(ApiErrors.BadRequest($"previous terminated container \"{name}\" in pod \"{pod.Metadata.Name}\" not found"));
        if (started is null)
        {
            if (string.IsNullOrEmpty(pod.Spec.NodeName)) return [];
            throw new StatusException(ApiErrors.BadRequest(
                $"container \"{name}\" in pod \"{pod.Metadata.Name}\" is waiting to start: {status?.State?.Waiting?.Reason ?? "ContainerCreating"}"));
        }

        var restarts = (status!.RestartCount ?? 0) - (isPrevious ? 1 : 0);
        var lines = new List<(DateTimeOffset Time, string Text)>
        {
            (started.Value.Time, string.Create(CultureInfo.InvariantCulture, $"virtual container {name} of {status.Image} started on {pod.Spec.NodeName}, restart {restarts}")),
        };
        if (terminated is not null)
        {
            lines.Add((terminated.FinishedAt?.Time ?? started.Value.Time, EndText(name, terminated)));
        }

        return lines;
    }

    private static string Cut(List<(DateTimeOffset Time, string Text)> lines, PodLogOptions options)
    {
        var recent = lines.Where(line => options.Since is not { } since || line.Time >= since).ToList();
        var first = options.TailLines is { } tail ? (int)Math.Max(0, recent.Count - tail) : 0;
        var text = new StringBuilder();
        foreach (var (time, line) in recent.Skip(first)) text.Append(Print(time, line, options.Timestamps));
        return options.LimitBytes is { } limit && limit < text.Length ? text.ToString(0, (int)limit) : text.ToString();
    }
}
