using System.Globalization;
using System.Text;

namespace ActorPlane.Api.Cel;

/// <summary>Why an expression does not compile, and where.</summary>
/// <param name="Position">The index of a UTF-16 unit of the source.</param>
/// <param name="Message">Why.</param>
internal sealed record CelIssue(int Position, string Message)
{
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
        var before = new List<Rune>(source.AsSpan(start, position - start).ToString().EnumerateRunes());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"ERROR: <input>:{source.AsSpan(0, start).Count('\n') + 1}:{before.Count + 1}: {Message}");
        text.Append("\n | ").Append(line.Replace('\t', ' ')).Append("\n | ");
        foreach (var rune in before) text.Append(rune.Utf8SequenceLength > 1 ? '．' : '.');
        text.Append(position < source.Length && source[position] > '\x7f' ? '＾' : '^');
        return text.ToString();
    }

    /// <summary>Several of them, in the order of their places.</summary>
    public static string Show(IEnumerable<CelIssue> issues, string source) =>
        string.Join('\n', issues.OrderBy(issue => issue.Position).Select(issue => issue.Show(source)));
}
