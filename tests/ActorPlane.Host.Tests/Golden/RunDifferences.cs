using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>What differs between any two runs: uids and times of what is new, versions, drawn names, addresses, ages.</summary>
internal sealed partial class RunDifferences(RecordedRequest request, DateTimeOffset begun, IReadOnlySet<string> ageColumns)
{
    /// <summary>Whether two values at a path are the same as far as two runs can be.</summary>
    public bool MustDiffer(string path, JsonNode? recorded, JsonNode? ours)
    {
        if (recorded is not JsonValue || ours is not JsonValue) return false;
        var (left, right) = (Text(recorded), Text(ours));
        if (left == right) return true;
        if (left is null || right is null) return false;
        var name = path[(path.LastIndexOf('.') + 1)..];
        if (name == "resourceVersion") return long.TryParse(left, out _) && long.TryParse(right, out _);
        if (name == "uid") return Guid.TryParse(left, out _) && Guid.TryParse(right, out _) && request.Status == 201;
        if (name is "continue" or "remainingItemCount" or "serverAddress") return true;

        // What is new in the record is new here, too, and nothing else is.
        if (TimeOf(left) is not null && TimeOf(right) is { } time) return time >= begun.AddSeconds(-1);
        if (ageColumns.Contains(path[(path.IndexOf(']', StringComparison.Ordinal) + 1)..])) return Age().IsMatch(left) == Age().IsMatch(right);
        if (name is "clusterIP" or "clusterIPs[0]") return left.StartsWith("10.", StringComparison.Ordinal) && right.StartsWith("10.", StringComparison.Ordinal);
        return false;
    }

    private static string? Text(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    private static DateTimeOffset? TimeOf(string text) =>
        text.Length >= 20 && text[4] == '-' && text[^1] == 'Z' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    [GeneratedRegex(@"^(\d+[smhdy])+$|^<unknown>$|^<invalid>$")]
    private static partial Regex Age();
}
