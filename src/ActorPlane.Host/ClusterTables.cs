using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Tables;
using Spectre.Console;
using TableColumn = Spectre.Console.TableColumn;

namespace ActorPlane.Host;

/// <summary>The end of a run: its nodes and pods, with the cells of <c>kubectl get -o wide</c>.</summary>
internal static class ClusterTables
{
    private const int MostRows = 30;

    /// <summary>Prints both tables; of long ones the first rows and how many more there are.</summary>
    public static void Print(IAnsiConsole console, ControlPlane plane)
    {
        var onNode = plane.List<Pod>("pods").CountBy(pod => pod.Spec.NodeName ?? "").ToDictionary(StringComparer.Ordinal);
        Print(console, plane, KubeTypes.Of(Node.Empty), "Nodes", ["Name", "Status", "Age"], "Pods",
            node => onNode.GetValueOrDefault(node.Metadata.Name!).ToString(CultureInfo.InvariantCulture));
        Print(console, plane, KubeTypes.Of(Pod.Empty), "Pods", ["Name", "Ready", "Status", "Restarts", "Age", "Node"], "Namespace", pod => pod.Metadata.Namespace!);
    }

    // The cells are those that kubectl would be sent; one column more, which no Table has, comes last.
    private static void Print(
        IAnsiConsole console, ControlPlane plane, ResourceInfo info, string title, string[] columns, string extra, Func<IKubeObject, string> extraCell)
    {
        var now = plane.System.Scheduler.Now;
        var schema = TableSchemas.Of(info);
        var shown = columns.Select(name => Enumerable.Range(0, schema.Columns.Count).First(i => schema.Columns[i].Name == name)).ToArray();
        var items = plane.List<IKubeObject>(info.GroupResource);
        var table = new Table { Title = new TableTitle(title), Border = TableBorder.Rounded };
        foreach (var column in columns.Append(extra)) table.AddColumn(new TableColumn(column.ToUpperInvariant()).NoWrap());
        foreach (var item in items.Take(MostRows))
        {
            var cells = schema.Cells(item, now);
            table.AddRow(shown.Select(i => cells[i].AsString ?? cells[i].ToString()).Append(extraCell(item)).Select(Markup.Escape).Select(Coloured).ToArray());
        }

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
}
