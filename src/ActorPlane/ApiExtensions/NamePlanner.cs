using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.ApiExtensions;

/// <summary>
/// Which of the names that a definition asks for it gets: those that no other definition of its group has.
/// (<c>apiextensions-apiserver/pkg/controller/status/naming_controller.go</c>.)
/// </summary>
public static class NamePlanner
{
    /// <summary>The definition with its accepted names and the conditions that follow; the same instance when nothing changes.</summary>
    /// <param name="definition">The one that asks.</param>
    /// <param name="all">All definitions; those of other groups do not matter.</param>
    public static CustomResourceDefinition Plan(CustomResourceDefinition definition, IEnumerable<CustomResourceDefinition> all, DateTimeOffset now)
    {
        var (resources, kinds) = Taken(definition, all);
        var wanted = definition.Spec.Names;
        var accepted = definition.Status.AcceptedNames ?? CustomResourceDefinitionNames.Empty;
        (string Reason, string Message)? clash = null;
        var names = accepted with
        {
            Plural = Choose(wanted.Plural, accepted.Plural, resources, "PluralConflict"),
            Singular = Choose(wanted.Singular, accepted.Singular, resources, "SingularConflict"),
            ShortNames = ChooseShort(),
            Kind = Choose(wanted.Kind, accepted.Kind, kinds, "KindConflict"),
            ListKind = Choose(wanted.ListKind, accepted.ListKind, kinds, "ListKindConflict"),
            Categories = wanted.Categories,
        };
        if (names != definition.Status.AcceptedNames) definition = definition with { Status = definition.Status with { AcceptedNames = names } };
        definition = DefinitionStatus.With(
            definition, CustomResources.NamesAccepted, clash is null, clash?.Reason ?? "NoConflicts", clash?.Message ?? "no conflicts found", now);
        if (CustomResources.IsTrue(definition, CustomResources.Established)) return definition;
        return clash is null
            ? DefinitionStatus.With(definition, CustomResources.Established, false, "Installing", "the initial names have been accepted", now)
            : DefinitionStatus.With(definition, CustomResources.Established, false, "NotAccepted", "not all names are accepted", now);

        string? Choose(string? name, string? own, HashSet<string> taken, string reason)
        {
            if (name == own || !taken.Contains(name ?? "")) return name;
            clash = (reason, InUse(name));
            return own;
        }

        ValueList<string> ChooseShort()
        {
            var clashing = wanted.ShortNames.Where(name => !accepted.ShortNames.Contains(name) && resources.Contains(name)).Select(InUse).ToList();
            if (clashing.Count == 0) return wanted.ShortNames;
            clash = ("ShortNamesConflict", clashing.Count == 1 ? clashing[0] : $"[{string.Join(", ", clashing)}]");
            return accepted.ShortNames;
        }
    }

    private static string InUse(string? name) => $"{GoText.Quote(name ?? "")} is already in use";

    private static (HashSet<string> Resources, HashSet<string> Kinds) Taken(CustomResourceDefinition definition, IEnumerable<CustomResourceDefinition> all)
    {
        var resources = new HashSet<string>(StringComparer.Ordinal);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in all)
        {
            if (other.Spec.Group != definition.Spec.Group || other.Metadata.Name == definition.Metadata.Name || other.Status.AcceptedNames is not { } names) continue;
            resources.UnionWith([names.Plural ?? "", names.Singular ?? "", .. names.ShortNames]);
            kinds.UnionWith([names.Kind ?? "", names.ListKind ?? ""]);
        }

        // Nothing is no name.
        resources.Remove("");
        kinds.Remove("");
        return (resources, kinds);
    }
}
