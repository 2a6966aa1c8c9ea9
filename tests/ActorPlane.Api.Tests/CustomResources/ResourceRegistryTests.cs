using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api.Tests;

public sealed class ResourceRegistryTests
{
    private static readonly CustomResourceDefinition Widgets = JsonCodec.Decode<CustomResourceDefinition>(JsonValue.Parse("""
        {"metadata":{"name":"widgets.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},"versions":[
           {"name":"v1alpha1","served":false,"storage":false,"schema":{"openAPIV3Schema":{"type":"object"}}},
           {"name":"v1beta1","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}},
           {"name":"v1","served":true,"storage":true,"subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object"}}}}}]},
         "status":{"acceptedNames":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList","shortNames":["w"]},
           "conditions":[{"type":"Established","status":"True"}]}}
        """));

    [Fact]
    public void An_established_definition_adds_the_versions_that_it_serves()
    {
        var registry = ResourceRegistry.BuiltIn.With(Widgets);

        Assert.Equal(KubeTypes.Resources.Count + 2, registry.Resources.Count);
        var info = registry.Find("example.com/v1beta1", "Widget")!;
        Assert.Same(info, registry.Find(new GroupVersionResource("example.com", "v1beta1", "widgets")));
        Assert.Equal("example.com/v1", registry.StorageOf(info).Gvk.ApiVersion);
        Assert.Equal("status", Assert.Single(registry.Find("example.com/v1", "Widget")!.Subresources).Name);
        Assert.Null(registry.Find("example.com/v1alpha1", "Widget"));
        Assert.Equal(3, registry.VersionsOf("widgets.example.com").Count);
        Assert.Same(ResourceRegistry.BuiltIn.Find("v1", "Pod"), registry.Find("v1", "Pod"));
    }

    [Fact]
    public void What_changes_nothing_gives_the_same_registry()
    {
        var registry = ResourceRegistry.BuiltIn.With(Widgets);
        Assert.Same(registry, registry.With(Widgets with { Metadata = Widgets.Metadata with { ResourceVersion = "2" } }));
        Assert.Same(registry, registry.Without("other.example.com"));
        Assert.Null(registry.Without("widgets.example.com").Find("example.com/v1", "Widget"));
        Assert.Same(ResourceRegistry.BuiltIn, ResourceRegistry.BuiltIn.With(Widgets with { Status = CustomResourceDefinitionStatus.Empty }));
    }

    [Fact]
    public void An_object_moves_between_versions_without_what_the_other_one_does_not_know()
    {
        var registry = ResourceRegistry.BuiltIn.With(Widgets);
        var beta = registry.Find("example.com/v1beta1", "Widget")!;
        var item = (CustomObject)JsonCodec.Decode(beta.Schema, """{"apiVersion":"example.com/v1beta1","kind":"Widget","metadata":{"name":"w"},"spec":{"a":1},"free":2}"""u8, strict: true, out var errors);

        Assert.Empty(errors);
        Assert.Equal("""{"apiVersion":"example.com/v1beta1","kind":"Widget","metadata":{"name":"w","creationTimestamp":null},"spec":{"a":1},"free":2}""", item.ToString());
        var stored = item.In(registry.StorageOf(beta).Custom!.Schema);
        Assert.Equal("""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","creationTimestamp":null},"spec":{}}""", stored.ToString());
        Assert.Equal(stored.ToString(), System.Text.Encoding.UTF8.GetString(JsonCodec.Encode(stored)));
    }

    [Fact]
    public void Strict_decoding_names_unknown_and_doubled_fields_of_the_whole_object()
    {
        var info = ResourceRegistry.BuiltIn.With(Widgets).Find("example.com/v1", "Widget")!;
        JsonCodec.Decode(
            info.Schema, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","x":1},"spec":{"a":1},"spec":{"b":1,"b":2},"y":1}"""u8, strict: true, out var errors);
        Assert.Equal(["unknown field \"metadata.x\"", "duplicate field \"spec\"", "duplicate field \"spec.b\"", "unknown field \"spec.b\"", "unknown field \"y\""], errors);
    }
}
