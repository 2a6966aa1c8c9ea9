using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api.Tables;

/// <summary>The values of cells.</summary>
internal static class Cell
{
    public static JsonValue Text(string? text) => JsonValue.Of(text ?? "");

    public static JsonValue TextOrNone(string? text) => JsonValue.Of(string.IsNullOrEmpty(text) ? "<none>" : text);

    public static JsonValue Number(long? number) => JsonValue.Of(number ?? 0);

    public static JsonValue Flag(bool? value) => JsonValue.Of(value ?? false);

    public static JsonValue Name(IKubeObject item) => Text(item.Metadata.Name);

    public static JsonValue Age(IKubeObject item, DateTimeOffset now) => Text(HumanDuration.Since(item.Metadata.CreationTimestamp, now));

    public static JsonValue Containers(PodSpec spec) => Text(string.Join(",", spec.Containers.Select(c => c.Name)));

    public static JsonValue Images(PodSpec spec) => Text(string.Join(",", spec.Containers.Select(c => c.Image)));

    public static JsonValue Selector(LabelSelector? selector) => TextOrNone(selector is null ? null : LabelSelectors.Format(selector));

    public static JsonValue Labels(ValueMap<string> labels) =>
        TextOrNone(string.Join(",", labels.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}")));

    /// <summary>The texts that are there, once each and in order.</summary>
    public static IEnumerable<string> Distinct(IEnumerable<string?> texts) =>
        texts.Where(text => !string.IsNullOrEmpty(text)).Select(text => text!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    public static string First(IEnumerable<string?> texts, int most)
    {
        var all = texts.ToList();
        return all.Count <= most ? string.Join(",", all) : $"{string.Join(",", all.Take(most))} + {all.Count - most} more...";
    }
}
