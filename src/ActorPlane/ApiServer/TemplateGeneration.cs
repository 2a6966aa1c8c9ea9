using System.Globalization;
using ActorPlane.Api.Apps.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Counts the templates that a DaemonSet has had, in an annotation of old that the server alone writes.
/// Source: pkg/registry/apps/daemonset/strategy.go, pkg/apis/apps/v1/conversion.go.
/// </summary>
internal static class TemplateGeneration
{
    private const string Annotation = "deprecated.daemonset.template.generation";

    /// <summary>A new DaemonSet, with its first template.</summary>
    public static DaemonSet First(DaemonSet item) => With(item, 1);

    /// <summary>A changed one: a new template counts.</summary>
    public static DaemonSet Next(DaemonSet item, DaemonSet before)
    {
        var known = before.Metadata.Annotations.GetValueOrDefault(Annotation);
        var count = long.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        return With(item, item.Spec.Template == before.Spec.Template ? count : count + 1);
    }

    private static DaemonSet With(DaemonSet item, long count)
    {
        var text = count.ToString(CultureInfo.InvariantCulture);
        return item.Metadata.Annotations.GetValueOrDefault(Annotation) == text
            ? item
            : item with { Metadata = item.Metadata with { Annotations = item.Metadata.Annotations.With(Annotation, text) } };
    }
}
