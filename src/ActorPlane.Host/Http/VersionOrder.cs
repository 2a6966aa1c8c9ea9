using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorPlane.Host.Http;

/// <summary>
/// Which of two versions of an API group is preferred: stable ones before beta before alpha, each the newest first, then the others by
/// name (<c>apimachinery/pkg/version/helpers.go</c>).
/// </summary>
internal static partial class VersionOrder
{
    /// <summary>The preferred version is the greater one.</summary>
    public static Comparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    private static int Compare(string left, string right)
    {
        var (a, b) = (Parse(left), Parse(right));
        if (a is null && b is null) return string.CompareOrdinal(right, left);
        if (a is null || b is null) return a is null ? -1 : 1;
        return a.Value.CompareTo(b.Value);
    }

    private static (int Stability, long Major, long Minor)? Parse(string version)
    {
        if (Form().Match(version) is not { Success: true } match) return null;
        var stability = match.Groups[2].Value switch { "" => 2, "beta" => 1, _ => 0 };
        return (stability, Number(match.Groups[1].Value), Number(match.Groups[3].Value));
    }

    private static long Number(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^v([1-9][0-9]*)(?:(alpha|beta)([1-9][0-9]*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
