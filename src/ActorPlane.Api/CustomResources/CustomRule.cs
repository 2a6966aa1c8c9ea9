using ActorPlane.Api.Cel;

namespace ActorPlane.Api;

/// <summary>
/// A rule of <c>x-kubernetes-validations</c>, compiled. Source: apiextensions-apiserver/pkg/apiserver/schema/cel/compilation.go.
/// </summary>
internal sealed class CustomRule
{
    private CustomRule(JsonValue source, CustomRuleType type)
    {
        Text = source["rule"]?.AsString ?? "";
        Message = source["message"]?.AsString ?? "";
        MessageExpression = source["messageExpression"]?.AsString?.Trim() ?? "";
        Reason = source["reason"]?.AsString;
        Field = CustomRulePath.Normalize(source["fieldPath"]?.AsString ?? "", type.Schema);
        IsOptional = source["optionalOldSelf"]?.AsBool == true;
        var old = IsOptional ? CelType.OptionalOf(type.Type) : type.Type;
        Program = CelProgram.Compile(Text, [("self", type.Type), ("oldSelf", old)], out var issues);
        if (Program is null) Error = $"compilation failed: {issues}";
        else if (Program.Type.Kind != CelTypeKind.Bool) Error = "cel expression must evaluate to a bool";
        else if (Program.PatternError is not null) Error = $"program instantiation failed: {Program.PatternError}";
        UsesOldSelf = Program?.Uses("oldSelf") == true;
        if (Error is not null || MessageExpression.Length == 0) return;
        MessageProgram = CelProgram.Compile(MessageExpression, [("self", type.Type), ("oldSelf", old)], out issues);
        if (MessageProgram is null) MessageError = $"messageExpression compilation failed: {issues}";
        else if (MessageProgram.Type.Kind != CelTypeKind.String) MessageError = "messageExpression must evaluate to a string";
        else if (MessageProgram.PatternError is not null) MessageError = $"messageExpression instantiation failed: {MessageProgram.PatternError}";
    }

    /// <summary>The rule as it is written.</summary>
    public string Text { get; }

    /// <summary>What to say when it fails; may be empty.</summary>
    public string Message { get; }

    /// <summary>An expression for what to say when it fails; may be empty.</summary>
    public string MessageExpression { get; }

    /// <summary>The reason of the error; null for FieldValueInvalid.</summary>
    public string? Reason { get; }

    /// <summary>The field below that a failure is reported for; null for the value itself.</summary>
    public string? Field { get; }

    /// <summary>Whether it is evaluated without a former value too: <c>oldSelf</c> is optional then.</summary>
    public bool IsOptional { get; }

    /// <summary>Whether it compares with the former value.</summary>
    public bool UsesOldSelf { get; }

    /// <summary>Null when it does not compile.</summary>
    public CelProgram? Program { get; }

    /// <summary>Null when there is none, or it does not compile.</summary>
    public CelProgram? MessageProgram { get; }

    /// <summary>Why it does not compile.</summary>
    public string? Error { get; }

    /// <summary>Why the expression for its message does not compile.</summary>
    public string? MessageError { get; }

    /// <summary>The rule in short, for errors.</summary>
    public string Shown => Message.Length > 0 ? Message.Trim() : Text.Trim();

    /// <summary>The rules of a part of a schema.</summary>
    public static CustomRule[] Compile(JsonValue schema, CustomRuleType type) =>
        [.. (schema["x-kubernetes-validations"] ?? JsonValue.EmptyArray).Items.ToArray().Select(source => new CustomRule(source, type))];

    /// <summary>A rule as Go prints it in errors.</summary>
    public static string Print(JsonValue source)
    {
        var reason = source["reason"] is null ? "(*apiextensions.FieldValueErrorReason)(nil)" : "(*apiextensions.FieldValueErrorReason)(0xc000000000)";
        var optional = source["optionalOldSelf"] is null ? "(*bool)(nil)" : "(*bool)(0xc000000000)";
        return $"apiextensions.ValidationRule{{Rule:{Quote("rule")}, Message:{Quote("message")}, MessageExpression:{Quote("messageExpression")}, Reason:{reason}, FieldPath:{Quote("fieldPath")}, OptionalOldSelf:{optional}}}";

        string Quote(string name) => GoText.Quote(source[name]?.AsString ?? "");
    }
}
