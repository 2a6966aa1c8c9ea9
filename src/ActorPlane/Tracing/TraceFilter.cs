namespace ActorPlane.Tracing;

/// <summary>
/// Picks messages of a trace by words, separated by commas: a message is shown when its sender, receiver, type or text
/// contains one of them; a word behind a minus sign hides what contains it, whatever else matches. Case does not matter.
/// Examples: <c>kube-scheduler,bind</c>; <c>-lease</c>. Empty shows everything.
/// </summary>
public sealed class TraceFilter
{
    private readonly string[] _shown;
    private readonly string[] _hidden;

    private TraceFilter(string[] shown, string[] hidden) => (_shown, _hidden) = (shown, hidden);

    /// <summary>Shows everything.</summary>
    public static TraceFilter None { get; } = new([], []);

    /// <summary>Reads the words.</summary>
    public static TraceFilter Parse(string words)
    {
        var parts = words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new TraceFilter(
            parts.Where(part => !part.StartsWith('-')).ToArray(),
            parts.Where(part => part.Length > 1 && part.StartsWith('-')).Select(part => part[1..]).ToArray());
    }

    /// <summary>Whether a message with these parts is shown. O(words).</summary>
    public bool Shows(string sender, string receiver, string type, string text) =>
        (_shown.Length == 0 || ContainsOne(_shown, sender, receiver, type, text)) && !ContainsOne(_hidden, sender, receiver, type, text);

    private static bool ContainsOne(string[] words, params ReadOnlySpan<string> parts)
    {
        foreach (var word in words)
        {
            foreach (var part in parts)
            {
                if (part.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }

        return false;
    }
}
