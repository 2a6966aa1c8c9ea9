using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api.Tests;

/// <summary>Rules in CEL, held against objects, in the words of the real server.</summary>
public sealed class CustomRuleTests
{
    [Theory]
    [InlineData("""{"rule":"self.min <= self.max"}""", """{"min":1,"max":2}""", "")]
    [InlineData("""{"rule":"self.min <= self.max"}""", """{"min":3,"max":2}""", "spec: Invalid value: \"object\": failed rule: self.min <= self.max")]
    [InlineData("""{"rule":"self.min <= self.max","message":" min is too large "}""", """{"min":3,"max":2}""", "spec: Invalid value: \"object\": min is too large")]
    [InlineData("""{"rule":"self.min <= self.max","messageExpression":"'min %d > max %d'.format([self.min, self.max])"}""", """{"min":3,"max":2}""", "spec: Invalid value: \"object\": min 3 > max 2")]
    [InlineData("""{"rule":"false","message":"standard","messageExpression":"self.list[5]"}""", "{}", "spec: Invalid value: \"object\": standard")]
    [InlineData("""{"rule":"false","message":"standard","messageExpression":"'two\\nlines'"}""", "{}", "spec: Invalid value: \"object\": standard")]
    [InlineData("""{"rule":"self.min <= self.max","fieldPath":".min"}""", """{"min":3,"max":2}""", "spec.min: Invalid value: \"object\": failed rule: self.min <= self.max")]
    [InlineData("""{"rule":"false","fieldPath":".labels['a.b']"}""", "{}", "spec.labels[a.b]: Invalid value: \"object\": failed rule: false")]
    [InlineData("""{"rule":"false","reason":"FieldValueForbidden","message":"no"}""", "{}", "spec: Forbidden: no")]
    [InlineData("""{"rule":"has(self.min)","reason":"FieldValueRequired","fieldPath":".min","message":"say it"}""", "{}", "spec.min: Required value: say it")]
    [InlineData("""{"rule":"false","reason":"FieldValueDuplicate"}""", "{}", "spec: Duplicate value: \"object\"")]
    [InlineData("""{"rule":"self.min > 0"}""", "{}", "spec: Invalid value: \"object\": no such key: min evaluating rule: self.min > 0")]
    [InlineData("""{"rule":"10 / self.min > 0","message":"whole"}""", """{"min":0}""", "spec: Invalid value: \"object\": division by zero evaluating rule: whole")]
    [InlineData("""{"rule":"self.port > 0"}""", """{"port":"http"}""", "spec: Invalid value: \"object\": 'no such overload': call arguments did not match a supported operator, function or macro signature for rule: self.port > 0")]
    [InlineData("""{"rule":"type(self.port) == int ? self.port > 0 : self.port.matches('^[0-9]+%$')"}""", """{"port":"25%"}""", "")]
    [InlineData("""{"rule":"self.list.all(x, x.startsWith('a')) && self.list.size() == 2"}""", """{"list":["a","ab"]}""", "")]
    [InlineData("""{"rule":"self.labels.all(k, self.labels[k] != '')"}""", """{"labels":{"a.b":"x","c":"y"}}""", "")]
    [InlineData("""{"rule":"self.labels['c'] == 'y' && !('d' in self.labels)"}""", """{"labels":{"a.b":"x","c":"y"}}""", "")]
    [InlineData("""{"rule":"self.__namespace__ == 'n' && self.x__dash__y == 1 && self.a__dot__b == 2 && self.c__underscores__d == 3"}""", """{"namespace":"n","x-y":1,"a.b":2,"c__d":3}""", "")]
    [InlineData("""{"rule":"self.timeout < duration('1h') && self.at > timestamp('2020-01-01T00:00:00Z') && self.day.getFullYear() == 2024"}""", """{"timeout":"30m","at":"2024-01-01T00:00:00Z","day":"2024-02-03"}""", "")]
    [InlineData("""{"rule":"self.timeout == duration('50h')"}""", """{"timeout":"2 days 2h"}""", "")]
    [InlineData("""{"rule":"self.data == b'hi' && self.ratio < 1.5"}""", """{"data":"aGk=","ratio":1}""", "")]
    [InlineData("""{"rule":"!has(self.maybe)"}""", """{"maybe":null}""", "")]
    [InlineData("""{"rule":"string(self.at) == '2011-08-18T19:03:37.01+01:00'"}""", """{"at":"2011-08-18T19:03:37.01+01:00"}""", "")]
    [InlineData("""{"rule":"self.tags == ['a', 'b'] && self.tags + ['a', 'c'] == ['a', 'b', 'c']"}""", """{"tags":["b","a"]}""", "")]
    [InlineData("""{"rule":"self.ports.exists_one(p, p.name == 'a' && p.port == 1) && self.ports.map(p, p.port).sum() == 3"}""", """{"ports":[{"name":"a","port":1},{"name":"b","port":2}]}""", "")]
    [InlineData("""{"rule":"self.pod.kind == 'Pod' && self.pod.apiVersion == 'v1' && self.pod.metadata.name == 'x'"}""", """{"pod":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"spec":{}}}""", "")]
    [InlineData("""{"rule":"self.?min.orValue(7) == 7 && self.?list[?0].hasValue()"}""", """{"list":["a"]}""", "")]
    [InlineData("""{"rule":"quantity(self.memory).isLessThan(quantity('1Gi')) && cidr('10.0.0.0/8').containsIP(self.address)"}""", """{"memory":"100Mi","address":"10.1.2.3"}""", "")]
    public void A_rule_speaks_of_the_value_that_it_stands_at(string rule, string spec, string errors) => Assert.Equal(errors, Validate(Schema(rule), spec));

    [Fact]
    public void Rules_of_all_parts_are_held_in_the_order_of_the_data_with_their_paths()
    {
        var schema = Schema(
            """{"rule":"self.min > 5"}""",
            """
            "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],
              "properties":{"name":{"type":"string"},"port":{"type":"integer","x-kubernetes-validations":[{"rule":"self > 0"}]}}}},
            "labels":{"type":"object","additionalProperties":{"type":"string","x-kubernetes-validations":[{"rule":"self.size() < 3"}]}}
            """);
        Assert.Equal(
            "spec: Invalid value: \"object\": failed rule: self.min > 5; spec.labels[k]: Invalid value: \"string\": failed rule: self.size() < 3; spec.ports[1].port: Invalid value: \"integer\": failed rule: self > 0",
            Validate(schema, """{"min":1,"labels":{"a":"b","k":"long"},"ports":[{"name":"a","port":1},{"name":"b","port":0}]}"""));
    }

    [Fact]
    public void Rules_at_the_root_see_the_name_and_the_kind()
    {
        var schema = """{"type":"object","x-kubernetes-validations":[{"rule":"self.metadata.name == 'x' && self.kind == 'Widget' && self.apiVersion == 'e.io/v1'"},{"rule":"self.metadata.name.startsWith('y')","message":"start with y"}]}""";
        Assert.Equal("<nil>: Invalid value: \"object\": start with y", string.Join("; ", Errors(Of(JsonValue.Parse(schema), JsonValue.EmptyObject), null)));
    }

    [Fact]
    public void Rules_wait_for_an_object_that_fits_its_schema() => Assert.Equal(
        "spec.min: Invalid value: \"string\": spec.min in body must be of type integer: \"string\"; <nil>: Invalid value: \"null\": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
        Validate(Schema("""{"rule":"false"}"""), """{"min":"x"}"""));

    [Theory]
    [InlineData("""{"rule":"self.min == oldSelf.min","message":"immutable"}""", """{"min":1}""", """{"min":2}""", "spec: Invalid value: \"object\": immutable")]
    [InlineData("""{"rule":"self.min >= oldSelf.min"}""", """{"min":1}""", """{"min":2}""", "")]
    [InlineData("""{"rule":"self.min == oldSelf.min"}""", null, """{"min":2}""", "")]
    [InlineData("""{"rule":"oldSelf.hasValue() || self.min == 1","optionalOldSelf":true}""", null, """{"min":2}""", "spec: Invalid value: \"object\": failed rule: oldSelf.hasValue() || self.min == 1")]
    [InlineData("""{"rule":"oldSelf.orValue(self).min == self.min","optionalOldSelf":true}""", """{"min":1}""", """{"min":2}""", "spec: Invalid value: \"object\": failed rule: oldSelf.orValue(self).min == self.min")]
    public void Rules_that_compare_look_at_the_former_value(string rule, string? before, string after, string errors) => Assert.Equal(errors, Validate(Schema(rule), after, before));

    [Fact]
    public void Elements_of_a_list_with_keys_are_compared_with_those_of_the_same_key()
    {
        var schema = Schema("""{"rule":"true"}""", """
            "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],
              "x-kubernetes-validations":[{"rule":"self.port == oldSelf.port","message":"ports stay"}],"properties":{"name":{"type":"string"},"port":{"type":"integer"}}}}
            """);
        Assert.Equal(
            "spec.ports[2]: Invalid value: \"object\": ports stay",
            Validate(schema, """{"ports":[{"name":"new","port":9},{"name":"b","port":2},{"name":"a","port":7}]}""", """{"ports":[{"name":"a","port":1},{"name":"b","port":2}]}"""));
    }

    [Fact]
    public void What_an_update_leaves_as_it_was_is_only_warned_of()
    {
        var schema = Schema("""{"rule":"true"}""", """
            "min":{"type":"integer","x-kubernetes-validations":[{"rule":"self > 5"}]},
            "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],
              "properties":{"name":{"type":"string"},"port":{"type":"integer","x-kubernetes-validations":[{"rule":"self > 0"}]}}}}
            """);
        var before = """{"min":1,"max":1,"ports":[{"name":"a","port":0},{"name":"b","port":0}]}""";
        Assert.Equal("", Validate(schema, """{"min":1,"max":2,"ports":[{"name":"b","port":0}]}""", before));
        Assert.Equal(
            "spec.ports[0].port: Invalid value: \"integer\": failed rule: self > 0; spec.min: Invalid value: \"integer\": failed rule: self > 5",
            Validate(schema, """{"ports":[{"name":"b","port":-1}],"min":2}""", before));
        var warned = CustomObjectValidation.Ratcheted(Of(schema, Content("""{"min":1,"max":2}""")), Of(schema, Content(before)));
        Assert.Equal("spec.min: Invalid value: \"integer\": failed rule: self > 5", string.Join("; ", warned));
        Assert.Contains(
            "spec.min: Invalid value: \"integer\": failed rule: self > 5",
            ObjectWarnings.OnUpdate(Of(schema, Content("""{"min":1,"max":2}""")), Of(schema, Content(before))));
    }

    [Fact]
    public void An_object_whose_rules_cost_too_much_is_refused()
    {
        var list = string.Join(",", Enumerable.Range(0, 300).Select(i => $"\"{i}\""));
        Assert.StartsWith(
            "spec: Invalid value: \"object\": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: ",
            Validate(Schema("""{"rule":"self.list.all(a, self.list.all(b, self.list.all(c, a + b + c != '')))"},{"rule":"false"}"""), $$"""{"list":[{{list}}]}"""), StringComparison.Ordinal);
        var rules = string.Join(",", Enumerable.Repeat("""{"rule":"self.list.all(a, self.list.all(b, a != '' || b != ''))"}""", 50));
        Assert.Equal(
            "spec: Invalid value: \"object\": validation failed due to running out of cost budget, no further validation rules will be run",
            Validate(Schema(rules), $$"""{"list":[{{list}}]}"""));
    }

    // In the style of the Gateway API: a listener's hostname, a route's references, its matches and filters.
    [Theory]
    [InlineData("""{"listeners":[{"name":"a","port":80,"protocol":"HTTP"},{"name":"b","port":443,"protocol":"HTTPS","tls":{"mode":"Terminate","certificateRefs":["c"]}}]}""", "")]
    [InlineData("""{"listeners":[{"name":"a","port":80,"protocol":"HTTP","tls":{"mode":"Passthrough"}}]}""", "spec.listeners: Invalid value: \"array\": tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']")]
    [InlineData("""{"listeners":[{"name":"a","port":80,"protocol":"HTTPS","tls":{"mode":"Terminate"}}]}""", "spec.listeners: Invalid value: \"array\": certificateRefs or options must be specified when mode is Terminate")]
    [InlineData("""{"listeners":[{"name":"a","port":80,"protocol":"TCP","hostname":"x.y"}]}""", "spec.listeners: Invalid value: \"array\": hostname must not be specified for protocols ['TCP', 'UDP']")]
    [InlineData("""{"listeners":[{"name":"a","port":80,"protocol":"HTTP"},{"name":"b","port":80,"protocol":"HTTP"}]}""", "spec.listeners: Invalid value: \"array\": Combination of port, protocol and hostname must be unique for each listener")]
    public void Rules_as_well_known_definitions_have_them(string spec, string errors)
    {
        const string Listeners = """
            "listeners":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"maxItems":64,
              "x-kubernetes-validations":[
                {"message":"tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']","rule":"self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)"},
                {"message":"hostname must not be specified for protocols ['TCP', 'UDP']","rule":"self.all(l, l.protocol in ['TCP', 'UDP'] ? (!has(l.hostname) || l.hostname == '') : true)"},
                {"message":"Combination of port, protocol and hostname must be unique for each listener","rule":"self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))"},
                {"message":"certificateRefs or options must be specified when mode is Terminate","rule":"self.all(l, has(l.tls) && has(l.tls.mode) && l.tls.mode == 'Terminate' ? size(l.tls.certificateRefs) > 0 || size(l.tls.options) > 0 : true)"}],
              "items":{"type":"object","required":["name","port","protocol"],"properties":{
                "name":{"type":"string","maxLength":253},"port":{"type":"integer"},"protocol":{"type":"string","maxLength":255},"hostname":{"type":"string","maxLength":253},
                "tls":{"type":"object","properties":{"mode":{"type":"string","enum":["Terminate","Passthrough"],"default":"Terminate"},
                  "certificateRefs":{"type":"array","maxItems":64,"default":[],"items":{"type":"string"}},"options":{"type":"object","maxProperties":16,"default":{},"additionalProperties":{"type":"string"}}}}}}}
            """;
        var schema = Schema("""{"rule":"true"}""", Listeners);
        Assert.Equal("", CustomRuleDefinitionTests.Validate(schema));
        var item = Of(schema, Content(spec)).WithDefaults();
        Assert.Equal(errors, string.Join("; ", Errors(item, null)));
    }

    internal static JsonValue Schema(string rules, string? more = null)
    {
        const string Own = """
            "min":{"type":"integer"},"max":{"type":"integer"},"list":{"type":"array","items":{"type":"string"}},"port":{"x-kubernetes-int-or-string":true},
            "labels":{"type":"object","additionalProperties":{"type":"string"}},"namespace":{"type":"string"},"x-y":{"type":"integer"},"a.b":{"type":"integer"},"c__d":{"type":"integer"},
            "timeout":{"type":"string","format":"duration"},"at":{"type":"string","format":"date-time"},"day":{"type":"string","format":"date"},
            "data":{"type":"string","format":"byte"},"ratio":{"type":"number"},"maybe":{"type":"string","nullable":true},"memory":{"type":"string"},"address":{"type":"string"},
            "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
            "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"port":{"type":"integer"}}}},
            "pod":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}
            """;
        var properties = JsonValue.Parse($"{{{Own}}}");
        foreach (var (name, value) in JsonValue.Parse($"{{{more}}}").Members) properties = properties.With(name, value);
        var spec = JsonValue.Object(("type", JsonValue.Of("object")), ("properties", properties), ("x-kubernetes-validations", JsonValue.Parse($"[{rules}]")));
        return JsonValue.Object(("type", JsonValue.Of("object")), ("properties", JsonValue.Object(("spec", spec))));
    }

    private static string Validate(JsonValue schema, string spec, string? before = null) =>
        string.Join("; ", Errors(Of(schema, Content(spec)), before is null ? null : Of(schema, Content(before))));

    private static JsonValue Content(string spec) => JsonValue.Object(("spec", JsonValue.Parse(spec)));

    private static CustomObject Of(JsonValue schema, JsonValue content) =>
        new(new CustomObjectSchema(new GroupVersionKind("e.io", "v1", "Widget"), CustomSchema.Of(schema)), new ObjectMeta { Name = "x" }, content);

    private static List<FieldError> Errors(CustomObject value, CustomObject? before)
    {
        var errors = new List<FieldError>();
        CustomObjectValidation.Validate(errors, value, before);
        return errors;
    }
}
