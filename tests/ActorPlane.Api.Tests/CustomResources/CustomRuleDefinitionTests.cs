namespace ActorPlane.Api.Tests;

/// <summary>What is wrong with the rules of definitions, in the words of the real server.</summary>
public sealed class CustomRuleDefinitionTests
{
    private const string At = "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0]";

    [Theory]
    [InlineData("""{"rule":"self.min <= self.max"}""", "")]
    [InlineData("""{"rule":" "}""", $"{At}.rule: Required value: rule is not specified")]
    [InlineData("""{"rule":"true","message":" "}""", $"{At}.message: Invalid value: \" \": message must be non-empty if specified")]
    [InlineData("""{"rule":"true","message":"a\nb"}""", $"{At}.message: Invalid value: \"a\\nb\": message must not contain line breaks")]
    [InlineData("""{"rule":"true &&\ntrue"}""", $"{At}.message: Required value: message must be specified if rule contains line breaks")]
    [InlineData("""{"rule":"true","messageExpression":" "}""", $"{At}.messageExpression: Required value: messageExpression must be non-empty if specified")]
    [InlineData("""{"rule":"true","reason":"Other"}""", $"{At}.reason: Unsupported value: \"Other\": supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"")]
    [InlineData("""{"rule":"true","fieldPath":".nope"}""", $"{At}.fieldPath: Invalid value: \".nope\": fieldPath must be a valid path")]
    [InlineData("""{"rule":"true","fieldPath":".list[0]"}""", $"{At}.fieldPath: Invalid value: \".list[0]\": fieldPath must be a valid path")]
    [InlineData("""{"rule":"self.nope"}""", $"{At}.rule: Invalid value: apiextensions.ValidationRule{{Rule:\"self.nope\", Message:\"\", MessageExpression:\"\", Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:\"\", OptionalOldSelf:(*bool)(nil)}}: compilation failed: ERROR: <input>:1:5: undefined field 'nope'\n | self.nope\n | ....^")]
    [InlineData("""{"rule":"self.min"}""", $"{At}.rule: Invalid value: apiextensions.ValidationRule{{Rule:\"self.min\", Message:\"\", MessageExpression:\"\", Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:\"\", OptionalOldSelf:(*bool)(nil)}}: cel expression must evaluate to a bool")]
    [InlineData("""{"rule":"true","messageExpression":"self.min"}""", $"{At}.messageExpression: Invalid value: apiextensions.ValidationRule{{Rule:\"true\", Message:\"\", MessageExpression:\"self.min\", Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:\"\", OptionalOldSelf:(*bool)(nil)}}: messageExpression must evaluate to a string")]
    [InlineData("""{"rule":"true","optionalOldSelf":true}""", $"{At}.optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule")]
    [InlineData("""{"rule":"self.min == oldSelf.min"}""", "")]
    [InlineData("""{"rule":"self.list.all(a, self.list.all(b, self.list.all(c, a + b + c != '')))"}""", $"{At}.rule: Forbidden: estimated rule cost exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)|spec.validation.openAPIV3Schema: Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)")]
    public void A_rule_has_a_form_and_compiles(string rule, string errors) => Assert.Equal(errors, Validate(CustomRuleTests.Schema(rule)).Replace(Total, "|", StringComparison.Ordinal));

    [Fact]
    public void A_former_value_is_compared_with_only_where_it_can_be_found()
    {
        var schema = CustomRuleTests.Schema("""{"rule":"true"}""", """ "list":{"type":"array","maxItems":9,"items":{"type":"string","maxLength":9,"x-kubernetes-validations":[{"rule":"self == oldSelf"}]}}""");
        Assert.Equal(
            "spec.validation.openAPIV3Schema.properties[spec].properties[list].items.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within spec.validation.openAPIV3Schema.properties[spec].properties[list]",
            Validate(schema));
    }

    [Fact]
    public void Rules_stand_outside_of_conditions()
    {
        var schema = CustomRuleTests.Schema("""{"rule":"true"}""", """ "list":{"type":"array","items":{"type":"string"},"anyOf":[{"x-kubernetes-validations":[{"rule":"true"}]}]}""");
        Assert.Equal("spec.validation.openAPIV3Schema.properties[spec].properties[list].anyOf[0].x-kubernetes-validations: Forbidden: must be empty to be structural", Validate(schema));
    }

    [Fact]
    public void A_pattern_that_cannot_be_read_is_refused() => Assert.Contains(
        "program instantiation failed: error parsing regexp: ", Validate(CustomRuleTests.Schema("""{"rule":"self.memory.find(')') == ''"}""")), StringComparison.Ordinal);

    [Fact]
    public void A_default_keeps_the_rules()
    {
        var schema = CustomRuleTests.Schema("""{"rule":"true"}""", """ "level":{"type":"integer","default":9,"x-kubernetes-validations":[{"rule":"self < 5"}]}""");
        Assert.Equal("spec.validation.openAPIV3Schema.properties[spec].properties[level].default: Invalid value: \"integer\": failed rule: self < 5", Validate(schema));
    }

    // Bounds of lists and texts make the same rule affordable.
    [Theory]
    [InlineData("self.all(x, x.contains('long text'))", 100, 100, true)]
    [InlineData("self.all(i, x, x.contains('long text'))", 100, 100, true)]
    [InlineData("self.all(i, x, x.contains('long text'))", null, null, false)]
    [InlineData("self.all(x, self.all(y, x == y))", null, 10, false)]
    [InlineData("self.all(x, self.all(y, x == y))", 100, 10, true)]
    [InlineData("self.all(x, x.matches('^[a-z]+$'))", null, null, false)]
    [InlineData("self.all(x, x.matches('^[a-z]+$'))", 10, 100, true)]
    [InlineData("self.join(',').size() < 100", 10, 100, true)]
    public void What_a_rule_may_cost_follows_from_the_bounds_of_the_schema(string rule, int? items, int? length, bool isAffordable)
    {
        var list = $$""" "list":{"type":"array",{{(items is null ? "" : $"\"maxItems\":{items},")}}"items":{"type":"string"{{(length is null ? "" : $",\"maxLength\":{length}")}}},"x-kubernetes-validations":[{"rule":"{{rule}}"}]}""";
        var errors = Validate(CustomRuleTests.Schema("""{"rule":"true"}""", list));
        if (isAffordable) Assert.Equal("", errors);
        else Assert.StartsWith("spec.validation.openAPIV3Schema.properties[spec].properties[list].x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by factor of ", errors, StringComparison.Ordinal);
    }

    private const string Total = "; spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema; ";

    internal static string Validate(JsonValue schema)
    {
        var errors = new List<FieldError>();
        DefinitionSchemaValidation.Validate(errors, FieldPath.Of("spec", "validation", "openAPIV3Schema"), schema);
        return string.Join("; ", errors);
    }
}
