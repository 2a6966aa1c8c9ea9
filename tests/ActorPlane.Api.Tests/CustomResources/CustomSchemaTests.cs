namespace ActorPlane.Api.Tests;

public sealed class CustomSchemaTests
{
    private static readonly CustomSchema Widget = CustomSchema.Of(JsonValue.Parse("""
        {"type":"object","required":["spec"],"properties":{"spec":{"type":"object","required":["size"],"properties":{
          "size":{"type":"integer","minimum":1,"maximum":10},
          "colour":{"type":"string","enum":["red","blue"],"default":"red"},
          "name":{"type":"string","pattern":"^[a-z]+$","maxLength":5},
          "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["id"],
                   "items":{"type":"object","properties":{"id":{"type":"string"},"weight":{"type":"integer","default":1}}}},
          "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
          "port":{"x-kubernetes-int-or-string":true},
          "map":{"type":"object","additionalProperties":{"type":"integer"}}}}}}
        """));

    [Theory]
    [InlineData("""{"spec":{"size":3}}""", "")]
    [InlineData("""{"spec":{"size":0}}""", "spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1")]
    [InlineData("""{"spec":{"size":11}}""", "spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10")]
    [InlineData("""{"spec":{}}""", "spec.size: Required value")]
    [InlineData("""{"spec":{"size":"big"}}""", "spec.size: Invalid value: \"string\": spec.size in body must be of type integer: \"string\"")]
    [InlineData("""{"spec":{"size":1,"colour":"green"}}""", "spec.colour: Unsupported value: \"green\": supported values: \"red\", \"blue\"")]
    [InlineData("""{"spec":{"size":1,"name":"A1"}}""", "spec.name: Invalid value: \"A1\": spec.name in body should match '^[a-z]+$'")]
    [InlineData("""{"spec":{"size":1,"name":"abcdef"}}""", "spec.name: Too long: may not be more than 5 bytes")]
    [InlineData("""{"spec":{"size":1,"port":"http","map":{"a":1}}}""", "")]
    [InlineData("""{"spec":{"size":1,"port":true}}""", "spec.port: Invalid value: \"boolean\": spec.port in body must be of type integer,string: \"boolean\"")]
    [InlineData("""{"spec":{"size":1,"map":{"a":"x"}}}""", "spec.map.a: Invalid value: \"string\": spec.map.a in body must be of type integer: \"string\"")]
    public void An_object_is_held_to_its_schema(string value, string error)
    {
        Assert.Equal(error, string.Join("; ", CustomSchemaValidation.Validate(JsonValue.Parse(value), Widget)));
    }

    [Fact]
    public void What_the_schema_does_not_know_is_pruned_and_named()
    {
        var unknown = new List<string>();
        var pruned = Widget.Prune(
            JsonValue.Parse("""{"apiVersion":"v1","kind":"Widget","metadata":{"name":"w"},"x":1,"spec":{"size":1,"y":2,"free":{"any":{"thing":1}},"parts":[{"id":"a","z":1}]}}"""), unknown);

        Assert.Equal(["x", "spec.y", "spec.parts[0].z"], unknown);
        Assert.Equal("""{"apiVersion":"v1","kind":"Widget","metadata":{"name":"w"},"spec":{"size":1,"free":{"any":{"thing":1}},"parts":[{"id":"a"}]}}""", pruned.ToString());
    }

    [Fact]
    public void Defaults_are_filled_in_where_their_parents_are()
    {
        Assert.Equal("""{"spec":{"size":1,"parts":[{"id":"a","weight":1}],"colour":"red"}}""", Widget.ApplyDefaults(JsonValue.Parse("""{"spec":{"size":1,"parts":[{"id":"a"}]}}""")).ToString(), JsonEqual);
        Assert.Equal("{}", Widget.ApplyDefaults(JsonValue.EmptyObject).ToString());
    }

    [Fact]
    public void Server_side_apply_follows_the_keys_of_a_custom_resource()
    {
        var write = new FieldWrite("ann", "example.com/v1", Timestamp.Parse("2026-01-01T00:00:00Z"));
        var live = JsonValue.Parse("""{"metadata":{"name":"w"},"spec":{"parts":[{"id":"a","weight":1}]}}""");
        var before = ManagedFields.Update([], null, live, Widget, write with { Manager = "bob" });

        var result = ServerSideApply.Apply(before, live, JsonValue.Parse("""{"metadata":{"name":"w"},"spec":{"parts":[{"id":"b","weight":2}]}}"""), Widget, write, force: false);

        Assert.Null(result.Conflict);
        Assert.Equal(["a", "b"], result.Object.At("spec", "parts")!.Items.ToArray().Select(p => p["id"]!.AsString!).Order(StringComparer.Ordinal));
    }

    private static bool JsonEqual(string left, string right) => JsonValue.Parse(left) == JsonValue.Parse(right);
}
