using System.Globalization;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler;

/// <summary>
/// What a user reads when a pod fits nowhere: how many nodes said what, ordered as text. (<c>S/framework/types.go</c>, FitError.)
/// </summary>
public static class UnschedulableMessage
{
    /// <summary>For example <c>0/5 nodes are available: 2 node(s) were unschedulable, 3 Insufficient cpu.</c></summary>
    public static string For(int nodes, IReadOnlyDictionary<Rejection, int> rejections)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (rejection, count) in rejections)
        {
            foreach (var reason in rejection.Reasons) counts[reason] = counts.GetValueOrDefault(reason) + count;
        }

        var parts = counts.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Value} {entry.Key}")).ToArray();
        Array.Sort(parts, StringComparer.Ordinal);
        var head = string.Create(CultureInfo.InvariantCulture, $"0/{nodes} nodes are available:");
        return parts.Length == 0 ? head : $"{head} {string.Join(", ", parts)}.";
    }
}
