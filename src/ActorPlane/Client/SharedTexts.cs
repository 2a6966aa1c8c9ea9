namespace ActorPlane.Client;

/// <summary>
/// The messages of Events repeat for every pod of a template. A small table of the newest hands out one instance of equal
/// ones. What it returns never depends on what it holds. Safe from any thread.
/// </summary>
internal static class SharedTexts
{
    private static readonly string?[] Newest = new string?[1024];

    /// <summary>A text equal to this one.</summary>
    public static string Of(string text)
    {
        ref var place = ref Newest[text.GetHashCode(StringComparison.Ordinal) & (Newest.Length - 1)];
        if (Volatile.Read(ref place) is { } known && known == text) return known;
        Volatile.Write(ref place, text);
        return text;
    }
}
