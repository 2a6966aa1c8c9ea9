using System.Globalization;
using static ActorPlane.Api.CustomSchemaValidation;

namespace ActorPlane.Api;

/// <summary>The rules of a schema for one value alone. Source: kube-openapi/pkg/validation/validate, kube-openapi/pkg/validation/errors.</summary>
internal static class CustomValueRules
{
    /// <summary>Whether the value has the schema's type; if not, says so.</summary>
    public static bool FitsType(List<FieldError> errors, Place at, JsonValue value, JsonValue schema)
    {
        if (schema["x-kubernetes-int-or-string"]?.AsBool == true)
        {
            if (value.IsString || value.AsInt64 is not null) return true;
            errors.Add(WrongType(at, value, "integer,string"));
            return false;
        }

        var type = schema["type"]?.AsString;
        var fits = type switch
        {
            "string" => value.IsString,
            "integer" => value.AsInt64 is not null || (value.AsDouble is { } number && number == Math.Floor(number)),
            "number" => value.Kind == JsonKind.Number,
            "boolean" => value.Kind == JsonKind.Bool,
            "array" => value.IsArray,
            "object" => value.IsObject,
            _ => true,
        };
        if (!fits) errors.Add(WrongType(at, value, type!));
        return fits;
    }

    /// <summary>Enumerations, lengths, bounds, patterns and formats.</summary>
    public static void Check(List<FieldError> errors, Place at, JsonValue value, JsonValue schema)
    {
        if (schema["enum"] is { IsArray: true } allowed && !allowed.Items.ToArray().Contains(value))
        {
            var names = allowed.Items.ToArray().Select(v => v.AsString ?? v.ToString()).ToArray();
            errors.Add(value.AsString is { } text
                ? FieldError.NotSupported(at.Path, text, names)
                : FieldError.NotSupported(at.Path, "", names) with { BadValue = value.ToString() });
        }

        switch (value.Kind)
        {
            case JsonKind.String: Text(errors, at, value.AsString!, schema); break;
            case JsonKind.Number: Number(errors, at, value, schema); break;
            case JsonKind.Array:
                Count(errors, at, value.Items.Length, schema, "minItems", "maxItems", "items");
                break;
            case JsonKind.Object: Count(errors, at, value.Members.Length, schema, "minProperties", "maxProperties", "properties"); break;
        }
    }

    private static void Text(List<FieldError> errors, Place at, string text, JsonValue schema)
    {
        // Go counts code points.
        var length = text.EnumerateRunes().Count();
        if (schema["maxLength"]?.AsInt64 is { } most && length > most) errors.Add(FieldError.TooLong(at.Path, (int)most));
        if (schema["minLength"]?.AsInt64 is { } least && length < least) errors.Add(Invalid(at, GoText.Quote(text), $"should be at least {least} chars long"));
        if (schema["pattern"] is { IsString: true } pattern && !GoPattern.Matches(pattern, text))
            errors.Add(Invalid(at, GoText.Quote(text), $"should match '{pattern.AsString}'"));
        if (schema["format"]?.AsString is { } format && schema["x-kubernetes-int-or-string"] is null && !CustomFormats.Fits(format, text))
            errors.Add(new FieldError(FieldErrorType.TypeInvalid, at.Path.ToString(), GoText.Quote(text), Say(at, $"must be of type {format}: {GoText.Quote(text)}")));
    }

    private static void Number(List<FieldError> errors, Place at, JsonValue value, JsonValue schema)
    {
        var number = value.AsDouble!.Value;
        if (schema["minimum"]?.AsDouble is { } least)
        {
            var exclusive = schema["exclusiveMinimum"]?.AsBool == true;
            if (number < least || (exclusive && number.Equals(least)))
                errors.Add(Invalid(at, value.ToString(), $"should be greater than {(exclusive ? "" : "or equal to ")}{schema["minimum"]}"));
        }

        if (schema["maximum"]?.AsDouble is { } most)
        {
            var exclusive = schema["exclusiveMaximum"]?.AsBool == true;
            if (number > most || (exclusive && number.Equals(most)))
                errors.Add(Invalid(at, value.ToString(), $"should be less than {(exclusive ? "" : "or equal to ")}{schema["maximum"]}"));
        }

        if (schema["multipleOf"]?.AsDouble is { } step && step > 0 && Math.Abs(Math.IEEERemainder(number, step)) > 1e-9)
            errors.Add(Invalid(at, value.ToString(), $"should be a multiple of {schema["multipleOf"]}"));
        if (schema["format"]?.AsString == "int32" && number is > int.MaxValue or < int.MinValue && schema["type"]?.AsString == "integer")
            errors.Add(Invalid(at, value.ToString(), "must be of type int32: \"int64\""));
    }

    private static void Count(List<FieldError> errors, Place at, int count, JsonValue schema, string least, string most, string what)
    {
        if (schema[least]?.AsInt64 is { } min && count < min)
            errors.Add(Invalid(at, count.ToString(CultureInfo.InvariantCulture), $"should have at least {min} {what}"));
        if (schema[most]?.AsInt64 is { } max && count > max) errors.Add(FieldError.TooMany(at.Path, count, (int)max));
    }

    private static FieldError WrongType(Place at, JsonValue value, string expected)
    {
        var found = GoText.Quote(value.Kind switch
        {
            JsonKind.Null => "null",
            JsonKind.Bool => "boolean",
            JsonKind.Number => value.AsInt64 is null ? "number" : "integer",
            JsonKind.String => "string",
            JsonKind.Array => "array",
            _ => "object",
        });
        return new FieldError(FieldErrorType.TypeInvalid, at.Path.ToString(), found, Say(at, $"must be of type {expected}: {found}"));
    }

    private static FieldError Invalid(Place at, string printed, string what) => FieldError.InvalidGo(at.Path, printed, Say(at, what));

    private static string Say(Place at, string what) => at.Name.Length == 0 ? $"in body {what}" : $"{at.Name} in body {what}";
}
