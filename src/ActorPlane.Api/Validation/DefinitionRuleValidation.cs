using System.Globalization;

namespace ActorPlane.Api;

/// <summary>
/// The rules for rules (<c>x-kubernetes-validations</c>) of definitions: their form; and, when the schema is fine, that they compile, compare
/// with former values only where there are some, and cannot cost too much.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/{validation,cel_validation}.go.
/// </summary>
internal sealed class DefinitionRuleValidation
{
    private const string Rules = "x-kubernetes-validations";
    private const ulong RuleLimit = 10_000_000;
    private const ulong DefinitionLimit = 100_000_000;
    private const long LargestRequest = 3 * 1024 * 1024;
    private const int MostNamed = 4;

    private static readonly string[] Reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

    private readonly List<FieldError> _errors;
    private readonly List<(FieldPath Path, ulong Cost)> _expensive = [];
    private ulong _total;

    private DefinitionRuleValidation(List<FieldError> errors) => _errors = errors;

    /// <summary>The form of the rules of one part of a schema.</summary>
    public static void Form(List<FieldError> errors, FieldPath path, JsonValue schema)
    {
        var rules = (schema[Rules] ?? JsonValue.EmptyArray).Items;
        for (var i = 0; i < rules.Length; i++)
        {
            var at = path.Child(Rules).Index(i);
            var rule = Text(rules[i], "rule");
            var message = Text(rules[i], "message");
            if (rule.Trim().Length == 0) errors.Add(FieldError.Required(at.Child("rule"), "rule is not specified"));
            else if (message.Length > 0 && message.Trim().Length == 0) errors.Add(FieldError.Invalid(at.Child("message"), message, "message must be non-empty if specified"));
            else if (HasLineBreak(message.Trim())) errors.Add(FieldError.Invalid(at.Child("message"), message, "message must not contain line breaks"));
            else if (HasLineBreak(rule.Trim()) && message.Trim().Length == 0) errors.Add(FieldError.Required(at.Child("message"), "message must be specified if rule contains line breaks"));
            if (Text(rules[i], "messageExpression") is { Length: > 0 } expression && expression.Trim().Length == 0)
                errors.Add(FieldError.Required(at.Child("messageExpression"), "messageExpression must be non-empty if specified"));
            if (rules[i]["reason"]?.AsString is { } reason && !Reasons.Contains(reason)) errors.Add(FieldError.NotSupported(at.Child("reason"), reason, Reasons));
            Field(errors, at.Child("fieldPath"), Text(rules[i], "fieldPath"), schema);
        }
    }

    /// <summary>What the rules of a schema that is fine otherwise say.</summary>
    public static void Validate(List<FieldError> errors, FieldPath path, JsonValue schema)
    {
        if (!CustomRules.HasRules(schema)) return;
        var validation = new DefinitionRuleValidation(errors);
        validation.Check(path, schema, CustomRuleType.Of(schema, isResource: true), 1, null);
        if (validation._total <= DefinitionLimit) return;
        foreach (var (at, _) in validation._expensive)
            errors.Add(FieldError.Forbidden(at, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        errors.Add(FieldError.Forbidden(path, TooExpensive("x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", validation._total, DefinitionLimit)));
    }

    private static void Field(List<FieldError> errors, FieldPath path, string field, JsonValue schema)
    {
        if (field.Length > 0 && field.Trim().Length == 0) errors.Add(FieldError.Invalid(path, field, "fieldPath must be non-empty if specified"));
        if (HasLineBreak(field)) errors.Add(FieldError.Invalid(path, field, "fieldPath must not contain line breaks"));
        if (field.Length > 0 && CustomRulePath.Normalize(field, schema) is null) errors.Add(FieldError.Invalid(path, field, "fieldPath must be a valid path"));
    }

    /// <param name="type">What rules see of this part; null for nothing.</param>
    /// <param name="cardinality">How many values may stand here; null when nothing bounds them.</param>
    /// <param name="uncorrelated">The part around that keeps former values from being found; null for none.</param>
    private void Check(FieldPath path, JsonValue schema, CustomRuleType? type, ulong? cardinality, FieldPath? uncorrelated)
    {
        if (schema["additionalProperties"] is { IsObject: true } values)
            Check(path.Child("additionalProperties"), values, type?.Element, Times(cardinality, schema["maxProperties"]), uncorrelated);
        foreach (var (name, below) in (schema["properties"] ?? JsonValue.EmptyObject).Members)
            Check(path.Child("properties").Key(name), below, type?.Properties.GetValueOrDefault(name), cardinality, uncorrelated);
        if (schema["items"] is { IsObject: true } items)
            Check(path.Child("items"), items, type?.Element, Times(cardinality, schema["maxItems"]), schema["x-kubernetes-list-type"]?.AsString == "map" ? uncorrelated : uncorrelated ?? path);
        if (schema[Rules] is not { Items.IsEmpty: false } sources) return;

        // Where the parts around hide a value, its own schema still tells what it is.
        type ??= CustomRuleType.Of(schema, schema["x-kubernetes-embedded-resource"]?.AsBool == true);
        if (type is null)
        {
            _errors.Add(new FieldError(FieldErrorType.Internal, path.Child(Rules).ToString(), null,
                "internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations"));
            return;
        }

        var rules = CustomRule.Compile(schema, type);
        for (var i = 0; i < rules.Length; i++) Rule(path.Child(Rules).Index(i), rules[i], sources.Items[i], type, cardinality, uncorrelated);
    }

    private void Rule(FieldPath path, CustomRule rule, JsonValue source, CustomRuleType type, ulong? cardinality, FieldPath? uncorrelated)
    {
        if (rule.Error is null) Cost(path.Child("rule"), "estimated rule cost", CustomRuleRange.Multiply(CustomRuleCost.Of(rule.Program!, type), cardinality ?? (ulong)(LargestRequest / (type.LeastSize + 1))));
        else _errors.Add(FieldError.InvalidGo(path.Child("rule"), CustomRule.Print(source), rule.Error));
        if (rule.MessageError is not null) _errors.Add(FieldError.InvalidGo(path.Child("messageExpression"), CustomRule.Print(source), rule.MessageError));
        else if (rule.MessageProgram is not null) Cost(path.Child("messageExpression"), "estimated messageExpression cost", CustomRuleCost.Of(rule.MessageProgram, type));
        if (rule.UsesOldSelf && uncorrelated is not null)
            _errors.Add(FieldError.Invalid(path.Child("rule"), rule.Text, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {uncorrelated}"));
        else if (!rule.UsesOldSelf && source["optionalOldSelf"] is { } optional)
            _errors.Add(FieldError.InvalidGo(path.Child("optionalOldSelf"), optional.ToString(), "may not be set if oldSelf is not used in rule"));
    }

    private void Cost(FieldPath path, string what, ulong cost)
    {
        if (cost > RuleLimit) _errors.Add(FieldError.Forbidden(path, TooExpensive(what, cost, RuleLimit)));
        _total = _total > ulong.MaxValue - cost ? ulong.MaxValue : _total + cost;
        if (cost < DefinitionLimit / 100) return;
        _expensive.Add((path, cost));
        var sorted = _expensive.OrderByDescending(entry => entry.Cost).Take(MostNamed).ToList();
        _expensive.Clear();
        _expensive.AddRange(sorted);
    }

    private static string TooExpensive(string what, ulong cost, ulong limit)
    {
        var times = (double)cost / limit;
        var factor = times > 100 ? "more than 100x" : times.ToString(times < 1.5 ? "F6" : "F1", CultureInfo.InvariantCulture) + "x";
        return $"{what} exceeds budget by factor of {factor} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }

    private static ulong? Times(ulong? cardinality, JsonValue? most) =>
        cardinality is { } around && most?.AsInt64 is { } count ? CustomRuleRange.Multiply(around, (ulong)Math.Max(count, 0)) : null;

    private static bool HasLineBreak(string text) => text.AsSpan().ContainsAny('\n', '\r');

    private static string Text(JsonValue rule, string name) => rule[name]?.AsString ?? "";
}
