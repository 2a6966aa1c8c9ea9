using System.Globalization;
using System.Text;

namespace ActorPlane.Api.Cel;

/// <summary>Why an expression does not compile, and where.</summary>
/// <param name="Position">The index of a UTF-16 unit of the source.</param>
/// <param name="Message">Why.</param>
internal sealed record CelIssue(int Position, string Message)
{
    private const int MostShown = 100;
    private const int LongestLine = 16384;

    /// <summary>
    /// As cel-go shows it: line and column, then the line with a mark below.
    /// <code>
    /// ERROR: &lt;input&gt;:1:5: undefined field 'x'
    ///  | self.x
    ///  | ....^
    /// </code>
    /// Source: cel-go/common/error.go.
    /// </summary>
    public string Show(string source)
    {
        var position = Math.Min(Position, source.Length);
        var start = position == 0 ? 0 : source.LastIndexOf('\n', position - 1) + 1;
        var end = source.IndexOf('\n', start);
        var line = source[start..(end < 0 ? source.Length : end)];
        var before = source[start..position].EnumerateRunes().ToArray();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"ERROR: <input>:{source.AsSpan(0, start).Count('\n') + 1}:{before.Length + 1}: {Message}");
        if (line.Length > LongestLine) return text.ToString();
        text.Append("\n | ").Append(line.Replace('\t', ' ')).Append("\n | ");
        foreach (var rune in before) text.Append(rune.Utf8SequenceLength > 1 ? '．' : '.');
        text.Append(position < source.Length && source[position] > '\x7f' ? '＾' : '^');
        return text.ToString();
    }

    /// <summary>Several of them, in the order of their places.</summary>
    public static string Show(IReadOnlyCollection<CelIssue> issues, string source)
    {
        var shown = string.Join('\n', issues.OrderBy(issue => issue.Position).Take(MostShown).Select(issue => issue.Show(source)));
        return issues.Count <= MostShown ? shown : string.Create(CultureInfo.InvariantCulture, $"{shown}\n{issues.Count - MostShown} more errors were truncated");
    }
}
