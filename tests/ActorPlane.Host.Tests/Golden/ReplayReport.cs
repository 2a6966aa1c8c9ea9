using System.Globalization;
using System.Text;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>What came of a replay, in figures and reasons.</summary>
/// <param name="Compared">How many answers were compared.</param>
/// <param name="Same">Those that are the same in every place.</param>
/// <param name="Text">For people.</param>
/// <param name="Unexplained">The differences of no known kind; empty when there are none.</param>
internal sealed record ReplayReport(int Compared, int Same, string Text, string Unexplained)
{
    public static ReplayReport Of(IReadOnlyList<Outcome> outcomes)
    {
        var (text, unexplained) = (new StringBuilder(), new StringBuilder());
        var classes = new SortedDictionary<string, (int All, int Exact, int Listed)>(StringComparer.Ordinal);
        var reasons = new SortedDictionary<string, (int Answers, int Places)>(StringComparer.Ordinal);
        var skipped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (request, why, differences) in outcomes)
        {
            if (why is not null)
            {
                skipped[why] = skipped.GetValueOrDefault(why) + 1;
                continue;
            }

            var found = differences.Select(difference => (Difference: difference, Reason: KnownDifferences.ReasonFor(request, difference))).ToList();
            foreach (var group in found.Where(f => f.Reason is not null).GroupBy(f => f.Reason!, StringComparer.Ordinal))
            {
                var (answers, places) = reasons.GetValueOrDefault(group.Key);
                reasons[group.Key] = (answers + 1, places + group.Count());
            }

            var unknown = found.Where(f => f.Reason is null).Select(f => f.Difference).ToList();
            var (all, exact, listed) = classes.GetValueOrDefault(ClassOf(request));
            classes[ClassOf(request)] = (all + 1, exact + (found.Count == 0 ? 1 : 0), listed + (unknown.Count == 0 ? 1 : 0));
            if (unknown.Count == 0) continue;
            unexplained.AppendLine(CultureInfo.InvariantCulture, $"{request.Number} ({request.Client}) {request.Method} {request.Path}?{request.Query}");
            foreach (var difference in unknown.Take(8)) unexplained.AppendLine(CultureInfo.InvariantCulture, $"    {difference}");
            if (unknown.Count > 8) unexplained.AppendLine(CultureInfo.InvariantCulture, $"    and {unknown.Count - 8} more");
        }

        var (compared, same, known) = (classes.Values.Sum(c => c.All), classes.Values.Sum(c => c.Exact), classes.Values.Sum(c => c.Listed));
        text.AppendLine(CultureInfo.InvariantCulture, $"{outcomes.Count} recorded requests, {compared} answers compared: {same} the same, {known} the same but for listed differences ({100.0 * known / compared:F1} %)");
        foreach (var (name, (all, exact, listed)) in classes) text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-28} {all,4} compared, {exact,4} the same, {listed,4} but for listed differences");
        text.AppendLine("listed differences:");
        foreach (var (reason, (answers, places)) in reasons) text.AppendLine(CultureInfo.InvariantCulture, $"  {answers,4} answers, {places,5} places: {reason}");
        text.AppendLine("not compared:");
        foreach (var (reason, count) in skipped) text.AppendLine(CultureInfo.InvariantCulture, $"  {count,4}: {reason}");
        return new ReplayReport(compared, same, text.ToString(), unexplained.ToString());
    }

    private static string ClassOf(RecordedRequest request)
    {
        if (RecordedPath.Parse(request.Path) is not { } path) return "discovery, version, health";
        if (request.Status >= 400) return $"refused with {request.Status}";
        var table = request.Accept.Contains("as=Table", StringComparison.Ordinal) ? " as Table" : "";
        var part = path.Subresource is null ? "" : "/" + path.Subresource;
        return request.Method switch
        {
            "GET" when request.IsWatch => "watch" + table,
            "GET" => (path.Name is null ? "list" : "get") + part + table,
            "POST" => "create" + part,
            "PUT" => "update" + part,
            "PATCH" when request.ContentType!.Contains("apply", StringComparison.Ordinal) => "apply" + part,
            "PATCH" => "patch" + part,
            _ => "delete",
        };
    }
}
