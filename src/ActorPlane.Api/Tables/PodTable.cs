using System.Globalization;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api.Tables;

/// <summary>Pods: what is ready, what the pod is about, how often containers were restarted. Source: printPod in printers.go.</summary>
internal static class PodTable
{
    public static readonly TableSchema Schema = new TableSchema<Pod>(
        ["Name", "Ready", "Status", "Restarts", "Age", "IP*", "Node*", "Nominated Node*", "Readiness Gates*"], Cells,
        static pod => pod.Status.Phase switch { "Succeeded" => Ended("Succeeded", "The pod has completed successfully."), "Failed" => Ended("Failed", "The pod failed."), _ => null });

    private static JsonValue Ended(string reason, string message) => JsonValue.Array(JsonValue.Object(
        ("type", JsonValue.Of("Completed")), ("status", JsonValue.Of("True")), ("reason", JsonValue.Of(reason)), ("message", JsonValue.Of(message))));

    private static JsonValue[] Cells(Pod pod, DateTimeOffset now)
    {
        var summary = Summary.Of(pod);
        var restarts = summary.LastRestart is { } last && summary.Restarts > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{summary.Restarts} ({HumanDuration.Of(now - last.Time)} ago)")
            : summary.Restarts.ToString(CultureInfo.InvariantCulture);
        return
        [
            Cell.Name(pod), Cell.Text(string.Create(CultureInfo.InvariantCulture, $"{summary.Ready}/{summary.Total}")), Cell.Text(summary.Reason), Cell.Text(restarts),
            Cell.Age(pod, now), Cell.TextOrNone(pod.Status.PodIPs is [var first, ..] ? first.Ip : pod.Status.PodIP), Cell.TextOrNone(pod.Spec.NodeName),
            Cell.TextOrNone(pod.Status.NominatedNodeName), Cell.TextOrNone(Gates(pod)),
        ];
    }

    private static string Gates(Pod pod)
    {
        var gates = pod.Spec.ReadinessGates;
        if (gates.IsEmpty) return "";
        var passed = gates.Count(gate => IsTrue(pod, gate.ConditionType));
        return string.Create(CultureInfo.InvariantCulture, $"{passed}/{gates.Count}");
    }

    private static bool IsTrue(Pod pod, string? condition) => pod.Status.Conditions.Any(c => c.Type == condition && c.Status == "True");

    private sealed record Summary(int Ready, int Total, string Reason, int Restarts, Timestamp? LastRestart)
    {
        public static Summary Of(Pod pod)
        {
            var status = pod.Status;
            var (ready, restarts) = (0, 0);
            Timestamp? last = null, lastOfSidecars = null;
            var total = pod.Spec.Containers.Count;
            var reason = string.IsNullOrEmpty(status.Reason) ? status.Phase ?? "" : status.Reason;
            if (status.Conditions.Any(c => c is { Type: "PodScheduled", Reason: "SchedulingGated" })) reason = "SchedulingGated";

            var sidecars = pod.Spec.InitContainers.Where(c => c.RestartPolicy == "Always").Select(c => c.Name!).ToHashSet(StringComparer.Ordinal);
            total += sidecars.Count;
            var (sidecarRestarts, initializing) = (0, false);
            for (var i = 0; i < status.InitContainerStatuses.Count && !initializing; i++)
            {
                var container = status.InitContainerStatuses[i];
                var isSidecar = sidecars.Contains(container.Name ?? "");
                restarts += container.RestartCount ?? 0;
                last = Later(last, container.LastState.Terminated?.FinishedAt);
                if (isSidecar)
                {
                    sidecarRestarts += container.RestartCount ?? 0;
                    lastOfSidecars = Later(lastOfSidecars, container.LastState.Terminated?.FinishedAt);
                }

                if (container.State.Terminated is { } ended && (ended.ExitCode ?? 0) == 0) continue;
                if (isSidecar && container.Started == true)
                {
                    if (container.Ready == true) ready++;
                    continue;
                }

                initializing = true;
                reason = container.State switch
                {
                    { Terminated: { } failed } => "Init:" + EndOf(failed),
                    { Waiting.Reason: { Length: > 0 } waiting } when waiting != "PodInitializing" => "Init:" + waiting,
                    _ => string.Create(CultureInfo.InvariantCulture, $"Init:{i}/{pod.Spec.InitContainers.Count}"),
                };
            }

            if (!initializing || IsTrue(pod, "Initialized"))
            {
                (restarts, last) = (sidecarRestarts, lastOfSidecars);
                var hasRunning = false;
                for (var i = status.ContainerStatuses.Count - 1; i >= 0; i--)
                {
                    var container = status.ContainerStatuses[i];
                    restarts += container.RestartCount ?? 0;
                    last = Later(last, container.LastState.Terminated?.FinishedAt);
                    if (container.State.Waiting?.Reason is { Length: > 0 } waiting) reason = waiting;
                    else if (container.State.Terminated is { } ended) reason = EndOf(ended);
                    else if (container.Ready == true && container.State.Running is not null)
                    {
                        hasRunning = true;
                        ready++;
                    }
                }

                if (reason == "Completed" && hasRunning) reason = IsTrue(pod, "Ready") ? "Running" : "NotReady";
            }

            if (pod.Metadata.DeletionTimestamp is not null)
            {
                if (status.Reason == "NodeLost") reason = "Unknown";
                else if (status.Phase is not ("Succeeded" or "Failed")) reason = "Terminating";
            }

            return new Summary(ready, total, reason, restarts, last);
        }

        private static string EndOf(ContainerStateTerminated ended) => ended switch
        {
            { Reason: { Length: > 0 } reason } => reason,
            { Signal: { } signal and not 0 } => string.Create(CultureInfo.InvariantCulture, $"Signal:{signal}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"ExitCode:{ended.ExitCode ?? 0}"),
        };

        private static Timestamp? Later(Timestamp? left, Timestamp? right) => left is null || right > left ? right ?? left : left;
    }
}
