using ActorPlane.Api;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>A resource that requests are drawn for.</summary>
/// <param name="Kind">Of its objects.</param>
/// <param name="Plural">In paths.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
/// <param name="Schema">Null when it is not known here.</param>
/// <param name="Verbs">What it offers.</param>
/// <param name="Subresources">Its parts.</param>
internal sealed record FuzzTarget(
    GroupVersionKind Kind, string Plural, bool Namespaced, ObjectSchema? Schema, IReadOnlyList<string> Verbs, IReadOnlyList<SubresourceInfo> Subresources)
{
    /// <summary>All that is built in.</summary>
    public static IReadOnlyList<FuzzTarget> BuiltIn { get; } =
        [.. KubeTypes.Resources.Select(info => new FuzzTarget(info.Gvk, info.Plural, info.Namespaced, info.Schema, info.Verbs, info.Subresources))];

    /// <summary>The definition of a custom resource with all that structural schemas have, in two versions.</summary>
    public const string WidgetDefinition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.fuzz.example"},
         "spec":{"group":"fuzz.example","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList","shortNames":["wd"],"categories":["all"]},
          "versions":[
           {"name":"v1","served":true,"storage":true,
            "subresources":{"status":{},"scale":{"specReplicasPath":".spec.size","statusReplicasPath":".status.size"}},
            "additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"},{"name":"Mode","type":"string","jsonPath":".spec.mode"},{"name":"Part","type":"string","jsonPath":".spec.parts[0].name"}],
            "schema":{"openAPIV3Schema":{"type":"object","properties":{
             "spec":{"type":"object","required":["size"],
              "x-kubernetes-validations":[{"rule":"self.mode != 'off' || self.size < 5"},{"rule":"!has(oldSelf.code) || has(self.code)","fieldPath":".code","messageExpression":"'code of a ' + (self.size > 5 ? 'big' : 'small')"},
               {"rule":"!has(self.parts) || self.parts.all(p, p.name.matches('^[a-z]*$'))"}],"properties":{
              "size":{"type":"integer","format":"int32","minimum":0,"maximum":10,"default":1},
              "mode":{"type":"string","enum":["on","off"],"default":"on"},
              "code":{"type":"string","pattern":"^[a-z]*$","maxLength":5},
              "any":{"x-kubernetes-preserve-unknown-fields":true},
              "port":{"x-kubernetes-int-or-string":true},
              "labels":{"type":"object","additionalProperties":{"type":"string"}},
              "parts":{"type":"array","maxItems":5,"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
               "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string","maxLength":50},"weight":{"type":"number","nullable":true}}}}}},
             "status":{"type":"object","properties":{"size":{"type":"integer"}}}}}}},
           {"name":"v1beta1","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """;

    private static readonly ValueList<string> CustomVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>The custom resource of <see cref="WidgetDefinition"/>.</summary>
    public static IReadOnlyList<FuzzTarget> Widgets { get; } =
    [
        new(new GroupVersionKind("fuzz.example", "v1", "Widget"), "widgets", true, null, CustomVerbs,
        [
            new SubresourceInfo("status", new GroupVersionKind("fuzz.example", "v1", "Widget"), ["get", "patch", "update"]),
            new SubresourceInfo("scale", new GroupVersionKind("autoscaling", "v1", "Scale"), ["get", "patch", "update"]),
        ]),
        new(new GroupVersionKind("fuzz.example", "v1beta1", "Widget"), "widgets", true, null, CustomVerbs, []),
    ];

    /// <summary>The resource alone, to make paths from.</summary>
    public static FuzzTarget Of(ResourceInfo info) => new(info.Gvk, info.Plural, info.Namespaced, null, [], []);

    /// <summary>Its collection, in a namespace if it has any.</summary>
    public string Collection(string space) =>
        (Kind.Group.Length == 0 ? "/api/" : $"/apis/{Kind.Group}/") + Kind.Version + (Namespaced && space.Length > 0 ? $"/namespaces/{space}/" : "/") + Plural;
}
