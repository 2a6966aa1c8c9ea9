namespace ActorPlane.Api.Tests;

/// <summary>The rarer rules of schemas, in the words of the real server.</summary>
public sealed class CustomObjectValidationTests
{
    [Theory]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"2026-01-01T00:00:00Z\"", "")]
    [InlineData("""{"type":"string","format":"date-time"}""", "\"today\"", "a: Invalid value: \"today\": a in body must be of type date-time: \"today\"")]
    [InlineData("""{"type":"string","format":"ipv4"}""", "\"1.2.3\"", "a: Invalid value: \"1.2.3\": a in body must be of type ipv4: \"1.2.3\"")]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"e3199f64-07dd-49a3-ba3d-c42a2404331a\"", "")]
    [InlineData("""{"type":"string","format":"cidr"}""", "\"10.0.0.1/8\"", "")]
    [InlineData("""{"type":"string","format":"duration"}""", "\"1h30m\"", "")]
    [InlineData("""{"type":"string","format":"byte"}""", "\"%%\"", "a: Invalid value: \"%%\": a in body must be of type byte: \"%%\"")]
    [InlineData("""{"type":"string","format":"of-my-own"}""", "\"x\"", "")]
    [InlineData("""{"type":"string","minLength":2}""", "\"é\"", "a: Invalid value: \"é\": a in body should be at least 2 chars long")]
    [InlineData("""{"type":"string","pattern":"^[[:alpha:]]+\\d$"}""", "\"ab1\"", "")]
    [InlineData("""{"type":"string","pattern":"^\\d+$"}""", "\"٣\"", "a: Invalid value: \"٣\": a in body should match '^\\d+$'")]
    [InlineData("""{"type":"string","pattern":"^(?P<x>a|b)$"}""", "\"b\"", "")]
    [InlineData("""{"type":"string","nullable":true}""", "null", "")]
    [InlineData("""{"type":"string"}""", "null", "a: Invalid value: \"null\": a in body must be of type string: \"null\"")]
    [InlineData("""{"type":"integer"}""", "1.5", "a: Invalid value: \"number\": a in body must be of type integer: \"number\"")]
    [InlineData("""{"type":"number","exclusiveMinimum":true,"minimum":1}""", "1", "a: Invalid value: 1: a in body should be greater than 1")]
    [InlineData("""{"type":"number","multipleOf":0.5}""", "0.75", "a: Invalid value: 0.75: a in body should be a multiple of 0.5")]
    [InlineData("""{"type":"integer","enum":[1,2]}""", "3", "a: Unsupported value: 3: supported values: \"1\", \"2\"")]
    [InlineData("""{"type":"array","minItems":2,"items":{"type":"string"}}""", "[\"x\"]", "a: Invalid value: 1: a in body should have at least 2 items")]
    [InlineData("""{"type":"array","maxItems":1,"items":{"type":"string"}}""", "[\"x\",\"y\"]", "a: Too many: 2: must have at most 1 items")]
    [InlineData("""{"type":"array","items":{"type":"object","required":["n"]}}""", "[{}]", "a[0].n: Required value")]
    [InlineData("""{"type":"object","minProperties":1}""", "{}", "a: Invalid value: 0: a in body should have at least 1 properties")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"array","items":{"type":"integer"}}}""", "{\"k\":[1,\"x\"]}", "a.k[1]: Invalid value: \"string\": a.k[1] in body must be of type integer: \"string\"")]
    [InlineData("""{"type":"object","properties":{"x":{"type":"string"},"y":{"type":"string"}},"oneOf":[{"required":["x"]},{"required":["y"]}]}""", "{\"x\":\"1\",\"y\":\"2\"}", "<nil>: Invalid value: \"\": \"a\" must validate one and only one schema (oneOf). Found 2 valid alternatives")]
    [InlineData("""{"type":"object","properties":{"x":{"type":"string"},"y":{"type":"string"}},"anyOf":[{"required":["x"]},{"required":["y"]}]}""", "{}", "<nil>: Invalid value: \"\": \"a\" must validate at least one schema (anyOf); a.x: Required value")]
    [InlineData("""{"type":"string","allOf":[{"minLength":2},{"maxLength":3}]}""", "\"x\"", "a: Invalid value: \"x\": a in body should be at least 2 chars long; <nil>: Invalid value: \"\": \"a\" must validate all the schemas (allOf)")]
    [InlineData("""{"type":"string","not":{"enum":["x"]}}""", "\"x\"", "<nil>: Invalid value: \"\": \"a\" must not validate the schema (not)")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}}""", "[\"x\",\"y\",\"x\"]", "a[2]: Duplicate value: \"x\"")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["p","q"],"items":{"type":"object","properties":{"p":{"type":"integer"},"q":{"type":"string"}}}}""", "[{\"p\":1,\"q\":\"u\"},{\"p\":1,\"q\":\"v\"},{\"q\":\"u\",\"p\":1}]", "a[2]: Duplicate value: map[string]interface {}{\"p\":1, \"q\":\"u\"}")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}""", "{\"kind\":\"Pod\"}", "a.apiVersion: Required value: must not be empty")]
    public void A_value_is_held_to_its_schema(string schema, string value, string error) =>
        Assert.Equal(error, string.Join("; ", Errors(Schema(schema), value)));

    [Theory]
    [InlineData("""{"a":"old","b":1}""", """{"a":"old","b":2}""", "")]
    [InlineData("""{"a":"old","b":1}""", """{"a":"older","b":1}""", "a: Invalid value: \"older\": a in body should match '^new$'")]
    [InlineData("""{"m":[{"k":"x","v":"bad"},{"k":"y"}]}""", """{"m":[{"k":"y","v":"1"},{"k":"x","v":"bad"}]}""", "")]
    [InlineData("""{"l":["bad"]}""", """{"l":["bad","1"]}""", "l[0]: Invalid value: \"bad\": l[0] in body should match '^[0-9]$'")]
    public void What_an_update_leaves_as_it_was_is_not_held_to_rules_that_came_later(string before, string after, string error)
    {
        var schema = new CustomObjectSchema(new GroupVersionKind("example.com", "v1", "Thing"), CustomSchema.Of(JsonValue.Parse("""
            {"type":"object","properties":{"a":{"type":"string","pattern":"^new$"},"b":{"type":"integer"},
              "l":{"type":"array","items":{"type":"string","pattern":"^[0-9]$"}},
              "m":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object","properties":{
                "k":{"type":"string"},"v":{"type":"string","pattern":"^[0-9]$"}}}}}}
            """)));
        var errors = Validator.ValidateUpdate(Object(schema, after), Object(schema, before)).Select(e => e.ToString());
        Assert.Equal(error, string.Join("; ", errors));
    }

    [Fact]
    public void Replicas_are_no_negative_numbers_wherever_the_definition_keeps_them()
    {
        var schema = new CustomObjectSchema(
            new GroupVersionKind("example.com", "v1", "Thing"), CustomSchema.Of(JsonValue.Parse("""{"type":"object","x-kubernetes-preserve-unknown-fields":true}""")),
            new ApiExtensions.V1.CustomResourceSubresourceScale { SpecReplicasPath = ".spec.n", StatusReplicasPath = ".status.n" });
        Assert.Equal(
            "spec.n: Invalid value: -1: should be a non-negative integer",
            string.Join("; ", Validator.Validate(Object(schema, """{"spec":{"n":-1},"status":{"n":1}}""")).Select(e => e.ToString())));
    }

    private static CustomObjectSchema Schema(string ofA) => new(
        new GroupVersionKind("example.com", "v1", "Thing"), CustomSchema.Of(JsonValue.Object(
            ("type", JsonValue.Of("object")), ("properties", JsonValue.Object(("a", JsonValue.Parse(ofA)))))));

    private static IEnumerable<string> Errors(CustomObjectSchema schema, string value)
    {
        var content = JsonValue.Object(("a", JsonValue.Parse(value)));
        return Validator.Validate(Object(schema, content.ToString())).Select(error => error.ToString());
    }

    private static CustomObject Object(CustomObjectSchema schema, string content) =>
        new(schema, new Meta.V1.ObjectMeta { Name = "x", Namespace = "default", Uid = "1", ResourceVersion = "1" }, JsonValue.Parse(content));
}
