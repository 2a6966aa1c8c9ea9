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
    /// <summary>The text, after the options <c>container, previous, tailLines, sinceSeconds, timestamps, limitBytes</c>.</summary>
    /// <exception cref="StatusException">400: the container is not named, does not exist, or has not started.</exception>
    public static string Of(Pod pod, ApiRequest request, DateTimeOffset now)
    {
        var lines = Lines(pod, request);
        return Cut(lines, request, now);
    }

    /// <summary>Whether the container that is asked for may still write something.</summary>
    public static bool MayGoOn(Pod pod, ApiRequest request)
    {
        var name = ContainerOf(pod, request.Query("container"));
        return pod.Metadata.DeletionTimestamp is null && StatusOf(pod, name)?.State is { Terminated: null, Running: not null };
    }

    /// <summary>The line that tells of a container's end, with its time; null when the run that began then has not ended.</summary>
    public static string? EndOf(Pod pod, ApiRequest request, Timestamp? startedAt)
    {
        var name = ContainerOf(pod, request.Query("container"));
        var status = StatusOf(pod, name);
        var ended = new[] { status?.State.Terminated, status?.LastState.Terminated }.FirstOrDefault(end => end is not null && end.StartedAt == startedAt);
        return ended is null ? null : Print(ended.FinishedAt?.Time ?? default, EndText(name, ended), request.Flag("timestamps"));
    }

    /// <summary>When the present run of the container that is asked for began.</summary>
    public static Timestamp? StartOf(Pod pod, ApiRequest request) => StatusOf(pod, ContainerOf(pod, request.Query("container")))?.State.Running?.StartedAt;

    private static ContainerStatus? StatusOf(Pod pod, string name) =>
        pod.Status.ContainerStatuses.Find(s => s.Name == name) ?? pod.Status.InitContainerStatuses.Find(s => s.Name == name)
            ?? pod.Status.EphemeralContainerStatuses.Find(s => s.Name == name);

    private static string EndText(string name, ContainerStateTerminated ended) =>
        string.Create(CultureInfo.InvariantCulture, $"virtual container {name} ended with exit code {ended.ExitCode ?? 0} ({ended.Reason})");

    private static string Print(DateTimeOffset time, string line, bool withTime) =>
        (withTime ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture) + " " : "") + line + "\n";

    private static List<(DateTimeOffset Time, string Text)> Lines(Pod pod, ApiRequest request)
    {
        var name = ContainerOf(pod, request.Query("container"));
        var status = StatusOf(pod, name);
        var isPrevious = request.Flag("previous");
        var terminated = isPrevious ? status?.LastState?.Terminated : status?.State?.Terminated;
        var started = terminated?.StartedAt ?? (isPrevious ? null : status?.State?.Running?.StartedAt);

        // Between two runs the last one's log is what there is.
        if (!isPrevious && started is null && status?.LastState?.Terminated is { } last) (terminated, started) = (last, last.StartedAt);
        if (isPrevious && terminated is null)
            throw new StatusException(ApiErrors.BadRequest($"previous terminated container \"{name}\" in pod \"{pod.Metadata.Name}\" not found"));
        if (started is null)
        {
            var why = string.IsNullOrEmpty(pod.Spec.NodeName) ? "does not have a host assigned" : $"is waiting to start: {status?.State?.Waiting?.Reason ?? "ContainerCreating"}";
            throw new StatusException(ApiErrors.BadRequest(
                string.IsNullOrEmpty(pod.Spec.NodeName) ? $"pod {pod.Metadata.Name} {why}" : $"container \"{name}\" in pod \"{pod.Metadata.Name}\" {why}"));
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

    private static string Cut(List<(DateTimeOffset Time, string Text)> lines, ApiRequest request, DateTimeOffset now)
    {
        var first = request.Number("tailLines") is { } tail ? (int)Math.Max(0, lines.Count - tail) : 0;
        var text = new StringBuilder();
        var since = request.Number("sinceSeconds") is { } seconds ? now - TimeSpan.FromSeconds(seconds) : DateTimeOffset.MinValue;
        foreach (var (time, line) in lines.Skip(first).Where(line => line.Time >= since))
        {
            text.Append(Print(time, line, request.Flag("timestamps")));
        }

        return request.Number("limitBytes") is { } limit && limit < text.Length ? text.ToString(0, (int)limit) : text.ToString();
    }

    private static string ContainerOf(Pod pod, string wanted)
    {
        if (wanted.Length == 0)
        {
            if (pod.Spec.Containers is [var only]) return only.Name!;
            throw new StatusException(ApiErrors.BadRequest(
                $"a container name must be specified for pod {pod.Metadata.Name}, choose one of: [{string.Join(" ", pod.Spec.Containers.Select(c => c.Name))}]"));
        }

        var isKnown = pod.Spec.Containers.Concat(pod.Spec.InitContainers).Any(c => c.Name == wanted) || pod.Spec.EphemeralContainers.Any(c => c.Name == wanted);
        return isKnown ? wanted : throw new StatusException(ApiErrors.BadRequest($"container {wanted} is not valid for pod {pod.Metadata.Name}"));
    }
}
