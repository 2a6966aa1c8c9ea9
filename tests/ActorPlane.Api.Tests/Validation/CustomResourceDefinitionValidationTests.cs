using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api.Tests;

public sealed class CustomResourceDefinitionValidationTests
{
    private const string Schema = "spec.validation.openAPIV3Schema";

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"object","additionalProperties":{"type":"integer"}}}}""", "")]
    [InlineData("""{"type":"object","properties":{"a":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}}}""", "")]
    [InlineData("""{"type":"object","properties":{"a":{"x-kubernetes-preserve-unknown-fields":true}}}""", "")]
    [InlineData("""{"properties":{}}""", Schema + ".type: Required value: must not be empty at the root")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", Schema + ".type: Invalid value: \"array\": must be object at the root")]
    [InlineData("""{"type":"object","properties":{"a":{}}}""", Schema + ".properties[a].type: Required value: must not be empty for specified object fields")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{}}}}""", Schema + ".properties[a].items.type: Required value: must not be empty for specified array items")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array"}}}""", Schema + ".properties[a].items: Required value: must be specified")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", Schema + ".additionalProperties: Forbidden: must not be used at the root")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"anyOf":[{"required":["a"]},{"properties":{"b":{"minLength":1}}}]}""", Schema + ".properties[b]: Required value: because it is defined in " + Schema + ".anyOf[1].properties[b]")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"not":{"properties":{"a":{"type":"string"}}}}""", Schema + ".not.properties[a].type: Forbidden: must be empty to be structural")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object","properties":{"labels":{"type":"object"}}}}}""", Schema + ".properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object","properties":{"name":{"type":"string","maxLength":5}}}}}""", "")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","pattern":"("}}}""", null)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","uniqueItems":true,"items":{"type":"string"}}}}""", Schema + ".properties[a].uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"string"}},"additionalProperties":false}}}""", Schema + ".properties[a].additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","x-kubernetes-list-type":"map","items":{"type":"object","properties":{"k":{"type":"string"}}}}}}""", Schema + ".properties[a].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object","properties":{"k":{"type":"string"}}}}}}""", Schema + ".properties[a].items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","x-kubernetes-list-type":"set"}}}""", Schema + ".properties[a].type: Invalid value: \"string\": must be array if x-kubernetes-list-type is specified")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","x-kubernetes-list-type":"bag","items":{"type":"string"}}}}""", Schema + ".properties[a].x-kubernetes-list-type: Unsupported value: \"bag\": supported values: \"atomic\", \"set\", \"map\"")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","default":{"b":1,"c":2},"properties":{"b":{"type":"integer"}}}}}""", Schema + ".properties[a].default: Invalid value: {\"b\":1,\"c\":2}: must not have unknown fields")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","default":"x"}}}""", Schema + ".properties[a].default: Invalid value: \"string\": in body must be of type integer: \"string\"")]
    public void A_schema_is_structural(string schema, string? error)
    {
        var errors = Errors(Definition(schema));
        if (error is null) Assert.StartsWith(Schema + ".properties[a].pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: ", Assert.Single(errors), StringComparison.Ordinal);
        else Assert.Equal(error, string.Join("; ", errors));
    }

    [Theory]
    [InlineData("group", "\"example\"", "metadata.name: Invalid value: \"widgets.example.com\": must be spec.names.plural+\".\"+spec.group; spec.group: Invalid value: \"example\": should be a domain with at least one dot")]
    [InlineData("scope", "\"Galaxy\"", "spec.scope: Unsupported value: \"Galaxy\": supported values: \"Cluster\", \"Namespaced\"")]
    [InlineData("scope", "\"\"", "spec.scope: Required value")]
    [InlineData("preserveUnknownFields", "true", "spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead")]
    [InlineData("conversion", """{"strategy":"Webhook"}""", "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook; spec.conversion.conversionReviewVersions: Required value")]
    [InlineData("names", """{"plural":"widgets","kind":"Widget","listKind":"Widget"}""", "spec.names.listKind: Invalid value: \"Widget\": kind and listKind may not be the same")]
    public void The_rest_of_a_definition_keeps_its_rules(string field, string value, string error)
    {
        var tree = JsonCodec.ToTree(Definition("""{"type":"object"}"""));
        var broken = JsonCodec.Decode<CustomResourceDefinition>(tree.With("spec", tree["spec"]!.With(field, JsonValue.Parse(value))));
        Assert.Equal(error, string.Join("; ", Errors(broken)));
    }

    [Theory]
    [InlineData("additionalPrinterColumns", """[{"name":"A","type":"text","jsonPath":"spec.a"}]""", "spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of boolean,date,integer,number,string; spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"spec.a\": must be a simple json path starting with .")]
    [InlineData("subresources", """{"scale":{"specReplicasPath":".replicas","statusReplicasPath":""}}""", "spec.subresources.scale.specReplicasPath: Invalid value: \".replicas\": should be a json path under .spec; spec.subresources.scale.statusReplicasPath: Required value")]
    [InlineData("selectableFields", """[{"jsonPath":".spec.none"}]""", "spec.selectableFields[0].jsonPath: Invalid value: \".spec.none\": is an invalid path: does not refer to a valid field")]
    [InlineData("deprecationWarning", "\"old\"", "spec.versions[0].deprecationWarning: Invalid value: \"old\": can only be set for deprecated versions")]
    public void The_parts_of_a_version_keep_their_rules(string field, string value, string error)
    {
        var tree = JsonCodec.ToTree(Definition("""{"type":"object"}"""));
        var version = tree.At("spec", "versions")!.Items[0].With(field, JsonValue.Parse(value));
        var broken = JsonCodec.Decode<CustomResourceDefinition>(tree.With("spec", tree["spec"]!.With("versions", JsonValue.Array(version))));
        Assert.Equal(error, string.Join("; ", Errors(broken)));
    }

    [Theory]
    [InlineData(null, "metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation \"api-approved.kubernetes.io\", see https://github.com/kubernetes/enhancements/pull/1111", "MissingAnnotation")]
    [InlineData("https://example.com/1", "", "ApprovedAnnotation")]
    [InlineData("unapproved, for tests", "", "UnapprovedAnnotation")]
    public void A_group_of_the_community_needs_an_approval(string? approval, string error, string reason)
    {
        var definition = Definition("""{"type":"object"}""");
        definition = definition with
        {
            Metadata = definition.Metadata with { Name = "widgets.x.k8s.io", Annotations = approval is null ? ValueMap<string>.Empty : ValueMap<string>.Empty.With(ApiApproval.Annotation, approval) },
            Spec = definition.Spec with { Group = "x.k8s.io" },
        };
        Assert.Equal(error, string.Join("; ", Errors(definition)));
        Assert.Equal(reason, ApiApproval.Of(definition).Reason);
    }

    [Fact]
    public void What_is_stored_under_an_established_definition_holds_it_to_its_names_and_versions()
    {
        var before = Definition("""{"type":"object"}""") with
        {
            Status = new CustomResourceDefinitionStatus
            {
                Conditions = [new CustomResourceDefinitionCondition { Type = "Established", Status = "True" }], StoredVersions = ["v1"],
            },
        };
        var after = before with { Spec = before.Spec with { Scope = "Cluster", Versions = [before.Spec.Versions[0] with { Name = "v2" }] } };
        Assert.Equal(
            ["spec.scope: Invalid value: \"Cluster\": field is immutable", "status.storedVersions[0]: Invalid value: \"v1\": must appear in spec.versions"],
            Validator.ValidateUpdate(Defaulting.Apply(after), before).Select(error => error.ToString()));
    }

    private static IEnumerable<string> Errors(CustomResourceDefinition definition) => Validator.Validate(Defaulting.Apply(definition)).Select(error => error.ToString());

    private static CustomResourceDefinition Definition(string schema) => Defaulting.Apply(JsonCodec.Decode<CustomResourceDefinition>(JsonValue.Parse($$$"""
        {"metadata":{"name":"widgets.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},"versions":[
           {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{{{schema}}} }}
         ]}}
        """)));
}
