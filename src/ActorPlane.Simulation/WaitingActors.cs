using System.Text;
using Akka.Actor;

namespace ActorPlane.Simulation;

/// <summary>Finds, in a system that does not go on, the actors that have messages they do not take or a task they await.</summary>
internal static class WaitingActors
{
    private const int MostNamed = 20;

    /// <summary>A line for each, by path; empty when there is none. Walks every actor: O(n), for a failure's message only.</summary>
    public static string Describe(ActorSystem system)
    {
        var found = new List<string>();
        if (((ExtendedActorSystem)system).Provider.RootGuardian is ActorRefWithCell root) Visit(root, found);
        if (found.Count == 0) return "";
        found.Sort(StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var line in found.Take(MostNamed)) text.Append(Environment.NewLine).Append("  ").Append(line);
        if (found.Count > MostNamed) text.Append(Environment.NewLine).Append($"  and {found.Count - MostNamed} more");
        return text.ToString();
    }

    private static void Visit(ActorRefWithCell actor, List<string> found)
    {
        var path = actor.Path.ToStringWithoutAddress();
        if (actor.Underlying is ActorCell cell)
        {
            if (cell.TaskScheduler is { CurrentMessage: { } awaited }) found.Add($"{path} awaits a task while handling {awaited.GetType().Name}");
            else if (cell.HasMessages) found.Add($"{path} has {cell.NumberOfMessages} messages that it does not take");
        }

        foreach (var child in actor.Children)
        {
            if (child is ActorRefWithCell cellChild) Visit(cellChild, found);
        }
    }
}
