using ActorPlane.Api.Cel;

namespace ActorPlane.Api;

/// <summary>
/// Holds an object to the rules of its schema, within a budget. What an update leaves as it was is not refused for a rule that does not look
/// at the former value: such failures are only warned of.
/// Source: apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go, k8s.io/apiserver/pkg/apis/cel/config.go.
/// </summary>
internal sealed class CustomRuleValidation
{
    private const long CallLimit = 1_000_000;
    private const long ObjectBudget = 10_000_000;
    private const int LongestMessage = 5 * 1024;

    private readonly List<FieldError> _errors = [];
    private readonly List<FieldError> _ratcheted = [];
    private long _budget = ObjectBudget;

    private CustomRuleValidation()
    {
    }

    /// <summary>What is wrong with an object, and what was and still is, so that it is let pass.</summary>
    /// <param name="value">The whole object.</param>
    /// <param name="before">What it replaces; null for a new one.</param>
    public static (IReadOnlyList<FieldError> Errors, IReadOnlyList<FieldError> Ratcheted) Validate(CustomRules rules, JsonValue value, JsonValue? before)
    {
        var run = new CustomRuleValidation();
        var former = before is null ? null : new Correlation(value, before, rules.Schema);
        run.Check(rules, FieldPath.Root, value, before, former, null, isRoot: true);
        return (run._errors, run._ratcheted);
    }

    /// <summary>What is wrong with a default: rules that compare find it unchanged.</summary>
    public static IReadOnlyList<FieldError> Validate(CustomRules rules, FieldPath path, JsonValue standard)
    {
        var run = new CustomRuleValidation();
        run.Check(rules, path, standard, standard, null, null);
        return run._errors;
    }

    /// <param name="before">The value that rules compare with.</param>
    /// <param name="former">The value and what it replaces; null where nothing tells which that is.</param>
    /// <param name="parent">The nearest value around for which something does.</param>
    /// <returns>Whether the budget lasts.</returns>
    private bool Check(CustomRules rules, FieldPath path, JsonValue value, JsonValue? before, Correlation? former, Correlation? parent, bool isRoot = false)
    {
        if (value.IsNull) return true;
        if (before is { IsNull: true }) before = null;
        if (!Own(rules, path, value, before, former ?? parent)) return false;
        if (value.IsArray) return rules.Element is null || Items(rules, rules.Element, path, value, before, former, parent);
        var old = before is { IsObject: true } ? new JsonObjectBuilder(before) : null;
        foreach (var (name, below) in value.Members)
        {
            var isProperty = rules.Properties.TryGetValue(name, out var next);
            next ??= rules.Schema["additionalProperties"] is { IsObject: true } ? rules.Element : null;
            if (next is null) continue;
            var nearest = former ?? parent;
            var (child, around) = former is null ? (null, parent) : isRoot && name is "apiVersion" or "kind" ? (null, null) : (former.Key(name, below), nearest);
            if (!Check(next, isProperty ? path.Child(name) : path.Key(name), below, old?[name], child, around)) return false;
        }

        return true;
    }

    private bool Items(CustomRules rules, CustomRules element, FieldPath path, JsonValue value, JsonValue? before, Correlation? former, Correlation? parent)
    {
        var known = before is { IsArray: true } && rules.Schema["x-kubernetes-list-type"]?.AsString == "map" ? new Correlation(value, before, rules.Schema) : null;
        for (var i = 0; i < value.Items.Length; i++)
        {
            if (!Check(element, path.Index(i), value.Items[i], known?.Index(i)?.Before, former?.Index(i), former ?? parent)) return false;
        }

        return true;
    }

    private bool Own(CustomRules rules, FieldPath path, JsonValue value, JsonValue? before, Correlation? former)
    {
        if (rules.Own.Length == 0) return true;
        var type = GoText.Quote(rules.Schema["type"]?.AsString ?? "");
        var self = CustomRuleValue.Of(value, rules.Type);
        var oldSelf = before is null ? null : CustomRuleValue.Of(before, rules.Type);
        foreach (var rule in rules.Own)
        {
            if (rule.Error is not null)
            {
                _errors.Add(FieldError.InvalidGo(path, type, $"rule compile error: {rule.Error}"));
                continue;
            }

            if (rule.UsesOldSelf && oldSelf is null && !rule.IsOptional) continue;
            var old = rule.IsOptional ? oldSelf is null ? CelValue.Optional.None : new CelValue.Optional(oldSelf) : oldSelf ?? CelValue.Null.Instance;
            if (_budget <= 0) return Exhausted(path, type);
            var (result, cost) = rule.Program!.Evaluate(CallLimit, ("self", self), ("oldSelf", old));
            if (cost > _budget) return Exhausted(path, type);
            _budget -= cost;
            if (result is CelValue.Error { Message: CelEvaluator.TooExpensive } limit)
            {
                _errors.Add(FieldError.InvalidGo(path, type, $"'{limit.Message}': no further validation rules will be run due to call cost exceeds limit for rule: {rule.Shown}"));
                return false;
            }

            if (result is CelValue.Error error)
            {
                _errors.Add(FieldError.InvalidGo(path, type, error.Message.StartsWith("no such overload", StringComparison.Ordinal)
                    ? $"'{error.Message}': call arguments did not match a supported operator, function or macro signature for rule: {rule.Shown}"
                    : $"{error.Message} evaluating rule: {rule.Shown}"));
                continue;
            }

            if (result is CelValue.Bool { Value: true }) continue;
            var (message, goesOn) = MessageOf(rule, self, old);
            var at = rule.Field is null ? path : path.Child(rule.Field);
            var failure = !goesOn ? FieldError.InvalidGo(at, type, message) : rule.Reason switch
            {
                "FieldValueForbidden" => FieldError.Forbidden(at, message),
                "FieldValueRequired" => FieldError.Required(at, message),
                "FieldValueDuplicate" => new FieldError(FieldErrorType.Duplicate, at.ToString(), type, ""),
                _ => FieldError.InvalidGo(at, type, message),
            };
            (!rule.UsesOldSelf && former?.IsSame == true ? _ratcheted : _errors).Add(failure);
            if (!goesOn) return false;
        }

        return true;
    }

    private bool Exhausted(FieldPath path, string type)
    {
        _errors.Add(FieldError.InvalidGo(path, type, "validation failed due to running out of cost budget, no further validation rules will be run"));
        return false;
    }

    // What to say of a failure, and whether the other rules are still looked at.
    private (string Text, bool GoesOn) MessageOf(CustomRule rule, CelValue self, CelValue old)
    {
        var standard = rule.Message.Length > 0 ? rule.Message.Trim() : $"failed rule: {rule.Shown}";
        if (rule.MessageProgram is null) return (standard, true);
        var (result, cost) = rule.MessageProgram.Evaluate(CallLimit, ("self", self), ("oldSelf", old));
        if (cost > _budget) return ("messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run", false);
        _budget -= cost;
        if (result is CelValue.Error { Message: CelEvaluator.TooExpensive })
            return ($"no further validation rules will be run due to call cost exceeds limit for messageExpression: {GoText.Quote(rule.MessageExpression)}", false);

        // One that gives no text of one line is passed over.
        var text = (result as CelValue.Text)?.Value.Trim() ?? "";
        return (text.Length is 0 or > LongestMessage || text.Contains('\n', StringComparison.Ordinal) ? standard : text, true);
    }

    /// <summary>A value beside what it replaces. Source: k8s.io/apiserver/pkg/cel/common/equality.go.</summary>
    private sealed class Correlation(JsonValue value, JsonValue before, JsonValue schema)
    {
        private Dictionary<JsonValue, JsonValue>? _byKey;
        private JsonObjectBuilder? _byName;
        private bool? _isSame;

        public JsonValue Before => before;

        /// <summary>Whether nothing changed.</summary>
        public bool IsSame => _isSame ??= value == before;

        /// <param name="now">What the value holds by this name.</param>
        public Correlation? Key(string name, JsonValue now)
        {
            if (!before.IsObject || (_byName ??= new JsonObjectBuilder(before))[name] is not { } then) return null;
            var below = schema.At("properties", name) ?? (schema["additionalProperties"] is { IsObject: true } values ? values : null);
            return below is null ? null : new Correlation(now, then, below);
        }

        public Correlation? Index(int index)
        {
            if (!before.IsArray || schema["items"] is not { IsObject: true } items) return null;
            switch (schema["x-kubernetes-list-type"]?.AsString)
            {
                case "map":
                    if (_byKey is null)
                    {
                        _byKey = [];
                        foreach (var item in before.Items) _byKey.TryAdd(KeyOf(item), item);
                    }

                    return _byKey.TryGetValue(KeyOf(value.Items[index]), out var old) ? new Correlation(value.Items[index], old, items) : null;
                case "set" or "atomic": return null;
                default: return index < before.Items.Length ? new Correlation(value.Items[index], before.Items[index], items) : null;
            }
        }

        private JsonValue KeyOf(JsonValue item) =>
            JsonValue.Array((schema["x-kubernetes-list-map-keys"] ?? JsonValue.EmptyArray).Items.ToArray().Select(key => item[key.AsString ?? ""] ?? JsonValue.Null));
    }
}
