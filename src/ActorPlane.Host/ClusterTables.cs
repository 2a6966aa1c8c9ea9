using System.Globalization;
using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager;
using Spectre.Console;

namespace ActorPlane.Host;

/// <summary>The end of a run: its nodes and pods, in the columns of <c>kubectl get -o wide</c>.</summary>
internal static class ClusterTables
{
    private const int MostRows = 30;

    /// <summary>Prints both tables; of long ones the first rows and how many more there are.</summary>
    public static void Print(IAnsiConsole console, ControlPlane plane)
    {
        var now = plane.System.Scheduler.Now;
        var pods = plane.List<Pod>("pods");
        var onNode = pods.CountBy(pod => pod.Spec.NodeName ?? "").ToDictionary(StringComparer.Ordinal);
        Print(console, "Nodes", ["NAME", "STATUS", "PODS", "AGE"], plane.List<Node>("nodes"), node =>
        [
            node.Metadata.Name!, NodeStatus(node), onNode.GetValueOrDefault(node.Metadata.Name!).ToString(CultureInfo.InvariantCulture), Age(node.Metadata.CreationTimestamp?.Time, now),
        ]);
        Print(console, "Pods", ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "NODE"], pods, pod =>
        [
            pod.Metadata.Namespace!, pod.Metadata.Name!, Ready(pod), Status(pod), PodConditions.MaxRestarts(pod).ToString(CultureInfo.InvariantCulture),
            Age(pod.Metadata.CreationTimestamp?.Time, now), pod.Spec.NodeName ?? "<none>",
        ]);
    }

    private static void Print<T>(IAnsiConsole console, string title, string[] columns, IReadOnlyList<T> items, Func<T, string[]> cells)
    {
        var table = new Table { Title = new TableTitle(title), Border = TableBorder.Rounded };
        foreach (var column in columns) table.AddColumn(new TableColumn(column).NoWrap());
        foreach (var item in items.Take(MostRows)) table.AddRow(cells(item).Select(Markup.Escape).Select(Coloured).ToArray());
        if (items.Count > MostRows) table.Caption = new TableTitle($"and {items.Count - MostRows} more");
        console.Write(table);
    }

    private static string Coloured(string cell) => cell switch
    {
        "Running" or "Ready" => $"[green]{cell}[/]",
        "NotReady" or "Terminating" or "CrashLoopBackOff" or "Error" => $"[red]{cell}[/]",
        "Pending" or "ContainerCreating" => $"[yellow]{cell}[/]",
        _ => cell,
    };

    private static string NodeStatus(Node node)
    {
        var ready = node.Status.Conditions.Any(condition => condition is { Type: "Ready", Status: "True" });
        return (ready ? "Ready" : "NotReady") + (node.Spec.Unschedulable == true ? ",SchedulingDisabled" : "");
    }

    private static string Ready(Pod pod) => $"{pod.Status.ContainerStatuses.Count(status => status.Ready == true)}/{pod.Spec.Containers.Count}";

    private static string Status(Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null) return "Terminating";
        var told = pod.Status.ContainerStatuses.Select(status => status.State?.Waiting?.Reason ?? status.State?.Terminated?.Reason).FirstOrDefault(reason => reason is not null);
        return told ?? pod.Status.Reason ?? pod.Status.Phase ?? "Unknown";
    }

    private static string Age(DateTimeOffset? since, DateTimeOffset now) => (now - since) switch
    {
        null => "<unknown>",
        { TotalSeconds: < 120 } age => $"{(int)age.TotalSeconds}s",
        { TotalMinutes: < 10 } age => $"{(int)age.TotalMinutes}m{age.Seconds}s",
        { TotalHours: < 3 } age => $"{(int)age.TotalMinutes}m",
        { } age => $"{(int)age.TotalHours}h",
    };
}
