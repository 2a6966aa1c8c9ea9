using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorPlane.Api;

/// <summary>
/// Whether a custom resource fits its schema. Rules in CEL (<c>x-kubernetes-validations</c>) are not evaluated.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/validation.
/// </summary>
public static class CustomSchemaValidation
{
    // A pattern of a user's definition must not stop the server.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>What is wrong with an object; nothing when it fits.</summary>
    public static IReadOnlyList<FieldError> Validate(JsonValue value, CustomSchema schema)
    {
        var errors = new List<FieldError>();
        Validate(errors, FieldPath.Root, value, schema);
        return errors;
    }

    private static void Validate(List<FieldError> errors, FieldPath path, JsonValue value, CustomSchema schema)
    {
        var source = schema.Source;
        if (value.IsNull && source["nullable"]?.AsBool == true) return;
        if (!FitsType(errors, path, value, schema)) return;
        if (source["enum"] is { IsArray: true } allowed && !Contains(allowed, value))
        {
            var names = allowed.Items.ToArray().Select(v => v.AsString ?? v.ToString()).ToArray();
            errors.Add(value.AsString is { } text
                ? FieldError.NotSupported(path, text, names)
                : FieldError.NotSupported(path, "", names) with { BadValue = value.ToString() });
        }

        switch (value.Kind)
        {
            case JsonKind.String: Text(errors, path, value.AsString!, source); break;
            case JsonKind.Number: Number(errors, path, value, source); break;
            case JsonKind.Array:
                Count(errors, path, value.Items.Length, source, "minItems", "maxItems", "items");
                for (var i = 0; i < value.Items.Length && schema.ElementSchema is not null; i++) Validate(errors, path.Index(i), value.Items[i], schema.ElementSchema);
                break;
            case JsonKind.Object: Object(errors, path, value, schema); break;
        }
    }

    private static void Object(List<FieldError> errors, FieldPath path, JsonValue value, CustomSchema schema)
    {
        var source = schema.Source;
        Count(errors, path, value.Members.Length, source, "minProperties", "maxProperties", "properties");
        foreach (var required in (source["required"] ?? JsonValue.EmptyArray).Items)
        {
            if (required.AsString is { } name && value[name] is null) errors.Add(FieldError.Required(path.Child(name)));
        }

        foreach (var (name, item) in value.Members)
        {
            if (schema.Find(name) is { } field)
            {
                if (field.Value is CustomSchema below) Validate(errors, path.Child(name), item, below);
            }
            else if (schema is { ElementSchema: { } values, Kind: SchemaKind.Map or SchemaKind.Message })
            {
                Validate(errors, path.Key(name), item, values);
            }
        }
    }

    private static bool FitsType(List<FieldError> errors, FieldPath path, JsonValue value, CustomSchema schema)
    {
        if (schema.IsIntOrString)
        {
            if (value.IsString || value.AsInt64 is not null) return true;
            errors.Add(Type(path, value, "integer,string"));
            return false;
        }

        var type = schema.Source["type"]?.AsString;
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
        if (!fits) errors.Add(Type(path, value, type!));
        return fits;
    }

    private static void Text(List<FieldError> errors, FieldPath path, string text, JsonValue source)
    {
        var length = new StringInfo(text).LengthInTextElements;
        if (source["maxLength"]?.AsInt64 is { } most && length > most) errors.Add(FieldError.TooLong(path, (int)most));
        if (source["minLength"]?.AsInt64 is { } least && length < least)
        {
            errors.Add(FieldError.Invalid(path, text, $"{path} in body should be at least {least} chars long"));
        }

        if (source["pattern"]?.AsString is not { } pattern) return;
        bool fits;
        try
        {
            fits = Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (RegexMatchTimeoutException)
        {
            fits = false;
        }

        if (!fits) errors.Add(FieldError.Invalid(path, text, $"{path} in body should match '{pattern}'"));
    }

    private static void Number(List<FieldError> errors, FieldPath path, JsonValue value, JsonValue source)
    {
        var number = value.AsDouble!.Value;
        if (source["minimum"]?.AsDouble is { } least)
        {
            var exclusive = source["exclusiveMinimum"]?.AsBool == true;
            if (number < least || (exclusive && number.Equals(least)))
            {
                errors.Add(FieldError.InvalidGo(path, value.ToString(), $"{path} in body should be greater than {(exclusive ? "" : "or equal to ")}{source["minimum"]}"));
            }
        }

        if (source["maximum"]?.AsDouble is { } most)
        {
            var exclusive = source["exclusiveMaximum"]?.AsBool == true;
            if (number > most || (exclusive && number.Equals(most)))
            {
                errors.Add(FieldError.InvalidGo(path, value.ToString(), $"{path} in body should be less than {(exclusive ? "" : "or equal to ")}{source["maximum"]}"));
            }
        }

        if (source["multipleOf"]?.AsDouble is { } step && step > 0 && Math.Abs(Math.IEEERemainder(number, step)) > 1e-9)
        {
            errors.Add(FieldError.InvalidGo(path, value.ToString(), $"{path} in body should be a multiple of {source["multipleOf"]}"));
        }
    }

    private static void Count(List<FieldError> errors, FieldPath path, int count, JsonValue source, string least, string most, string what)
    {
        if (source[least]?.AsInt64 is { } min && count < min)
        {
            errors.Add(FieldError.InvalidGo(path, count.ToString(CultureInfo.InvariantCulture), $"{path} in body should have at least {min} {what}"));
        }

        if (source[most]?.AsInt64 is { } max && count > max) errors.Add(FieldError.TooMany(path, count, (int)max));
    }

    private static bool Contains(JsonValue allowed, JsonValue value)
    {
        foreach (var item in allowed.Items)
        {
            if (item == value) return true;
        }

        return false;
    }

    private static FieldError Type(FieldPath path, JsonValue value, string expected)
    {
        var found = value.Kind switch
        {
            JsonKind.Null => "null",
            JsonKind.Bool => "boolean",
            JsonKind.Number => value.AsInt64 is null ? "number" : "integer",
            JsonKind.String => "string",
            JsonKind.Array => "array",
            _ => "object",
        };
        return new FieldError(FieldErrorType.TypeInvalid, path.ToString(), GoText.Quote(found), $"{path} in body must be of type {expected}: {GoText.Quote(found)}");
    }
}
