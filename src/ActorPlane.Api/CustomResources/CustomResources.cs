using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>
/// What definitions mean for the API: which resources they add.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_discovery_controller.go, pkg/apihelpers/helpers.go.
/// </summary>
public static class CustomResources
{
    /// <summary>The resource of the definitions.</summary>
    public const string Definitions = "customresourcedefinitions.apiextensions.k8s.io";

    /// <summary>Condition: the names clash with nobody's.</summary>
    public const string NamesAccepted = "NamesAccepted";

    /// <summary>Condition: the resource is served.</summary>
    public const string Established = "Established";

    /// <summary>Condition: the definition is being deleted, and its objects with it.</summary>
    public const string Terminating = "Terminating";

    private static readonly ValueList<string> AllVerbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
    private static readonly ValueList<string> LastVerbs = ["delete", "deletecollection", "get", "list", "watch"];
    private static readonly ValueList<string> PartVerbs = ["get", "patch", "update"];

    /// <summary>A condition of a definition; null when it is not there.</summary>
    public static CustomResourceDefinitionCondition? Condition(CustomResourceDefinition definition, string type) =>
        definition.Status?.Conditions.Find(condition => condition.Type == type);

    /// <summary>Whether a condition is there and true.</summary>
    public static bool IsTrue(CustomResourceDefinition definition, string type) => Condition(definition, type)?.Status == "True";

    /// <summary>Whether a definition is being deleted.</summary>
    public static bool IsTerminating(CustomResourceDefinition definition) => definition.Metadata.DeletionTimestamp is not null || IsTrue(definition, Terminating);

    /// <summary>
    /// The resources of an established definition, one for each version, whether it is served or not; the first is the storage version.
    /// None when it is not established.
    /// </summary>
    /// <param name="definition">The definition.</param>
    /// <param name="before">What an earlier state of the same definition gave: schemas that have not changed are taken over from it.</param>
    public static IReadOnlyList<ResourceInfo> Of(CustomResourceDefinition definition, IReadOnlyList<ResourceInfo>? before = null)
    {
        var names = definition.Status?.AcceptedNames;
        if (names is null || !IsTrue(definition, Established)) return [];
        var storage = definition.Spec.Versions.Find(version => version.Storage == true);
        if (storage is null) return [];
        var storageGvk = new GroupVersionKind(definition.Spec.Group ?? "", storage.Name ?? "", names.Kind ?? "");
        var isTerminating = IsTerminating(definition);
        return
        [
            .. definition.Spec.Versions.OrderBy(version => version.Storage != true).Select(version =>
            {
                var gvk = storageGvk with { Version = version.Name ?? "" };
                var known = before?.FirstOrDefault(info => info.Gvk == gvk)?.Custom;
                var schema = known is not null && Equals(known.Version.Schema, version.Schema) && Equals(known.Scale, version.Subresources?.Scale)
                    ? known.LazySchema : new Lazy<CustomObjectSchema>(() => new CustomObjectSchema(gvk, CustomSchema.Of(version), version.Subresources?.Scale));
                return new ResourceInfo
                {
                    Gvk = gvk,
                    ListKind = names.ListKind ?? gvk.Kind + "List",
                    Plural = names.Plural ?? "",
                    Singular = names.Singular ?? "",
                    Namespaced = definition.Spec.Scope == "Namespaced",
                    ShortNames = names.ShortNames,
                    Categories = names.Categories,
                    Verbs = isTerminating ? LastVerbs : AllVerbs,
                    Subresources = [.. Parts(gvk, version)],
                    StorageGvk = storageGvk,
                    SchemaOf = () => schema.Value,
                    Custom = new CustomVersion(definition, version, schema),
                };
            }),
        ];
    }

    private static IEnumerable<SubresourceInfo> Parts(GroupVersionKind gvk, CustomResourceDefinitionVersion version)
    {
        if (version.Subresources?.Status is not null) yield return new SubresourceInfo("status", gvk, PartVerbs);
        if (version.Subresources?.Scale is not null) yield return new SubresourceInfo("scale", new GroupVersionKind("autoscaling", "v1", "Scale"), PartVerbs);
    }
}
