using System.Globalization;
using System.Text;

namespace ActorPlane.Api;

/// <summary>
/// What is wrong with one field, in the real server's words.
/// Source: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go.
/// </summary>
/// <param name="Type">The kind of error.</param>
/// <param name="Field">Where.</param>
/// <param name="BadValue">The value as Go prints it (<c>"x"</c>, <c>-1</c>, <c>map[string]string{...}</c>); null where none is shown.</param>
/// <param name="Detail">Why; may be empty.</param>
public sealed record FieldError(FieldErrorType Type, string Field, string? BadValue, string Detail)
{
    /// <summary>A value is missing.</summary>
    public static FieldError Required(FieldPath field, string detail = "") => new(FieldErrorType.Required, field.ToString(), null, detail);

    /// <summary>A text breaks a rule.</summary>
    public static FieldError Invalid(FieldPath field, string? value, string detail) => new(FieldErrorType.Invalid, field.ToString(), GoText.Quote(value ?? ""), detail);

    /// <summary>A number breaks a rule.</summary>
    public static FieldError Invalid(FieldPath field, long value, string detail) =>
        new(FieldErrorType.Invalid, field.ToString(), value.ToString(CultureInfo.InvariantCulture), detail);

    /// <summary>A value, printed already as Go would, breaks a rule.</summary>
    public static FieldError InvalidGo(FieldPath field, string printed, string detail) => new(FieldErrorType.Invalid, field.ToString(), printed, detail);

    /// <summary>A text is none of those known; these are listed in the given order.</summary>
    public static FieldError NotSupported(FieldPath field, string? value, params ReadOnlySpan<string> supported)
    {
        var list = new StringBuilder();
        foreach (var text in supported) list.Append(list.Length == 0 ? "supported values: " : ", ").Append(GoText.Quote(text));
        return new(FieldErrorType.NotSupported, field.ToString(), GoText.Quote(value ?? ""), list.ToString());
    }

    /// <summary>A value may not be given here.</summary>
    public static FieldError Forbidden(FieldPath field, string detail) => new(FieldErrorType.Forbidden, field.ToString(), null, detail);

    /// <summary>A text occurs twice.</summary>
    public static FieldError Duplicate(FieldPath field, string? value) => new(FieldErrorType.Duplicate, field.ToString(), GoText.Quote(value ?? ""), "");

    /// <summary>Something that the field refers to does not exist.</summary>
    public static FieldError NotFound(FieldPath field, string? value) => new(FieldErrorType.NotFound, field.ToString(), GoText.Quote(value ?? ""), "");

    /// <summary>A text is too long.</summary>
    public static FieldError TooLong(FieldPath field, int most) =>
        new(FieldErrorType.TooLong, field.ToString(), null, string.Create(CultureInfo.InvariantCulture, $"may not be more than {most} bytes"));

    /// <summary>A list is too long.</summary>
    public static FieldError TooMany(FieldPath field, int count, int most) =>
        new(FieldErrorType.TooMany, field.ToString(), count.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"must have at most {most} items"));

    /// <summary>The <c>reason</c> of a cause in a Status.</summary>
    public string Reason => Type switch
    {
        FieldErrorType.NotFound => "FieldValueNotFound",
        FieldErrorType.Required => "FieldValueRequired",
        FieldErrorType.Duplicate => "FieldValueDuplicate",
        FieldErrorType.Invalid => "FieldValueInvalid",
        FieldErrorType.NotSupported => "FieldValueNotSupported",
        FieldErrorType.Forbidden => "FieldValueForbidden",
        FieldErrorType.TooLong => "FieldValueTooLong",
        FieldErrorType.TooMany => "FieldValueTooMany",
        FieldErrorType.TypeInvalid => "FieldValueTypeInvalid",
        _ => "InternalError",
    };

    /// <summary>The error without the field.</summary>
    public string Body
    {
        get
        {
            var text = Type switch
            {
                FieldErrorType.NotFound => "Not found",
                FieldErrorType.Required => "Required value",
                FieldErrorType.Duplicate => "Duplicate value",
                FieldErrorType.Invalid or FieldErrorType.TypeInvalid => "Invalid value",
                FieldErrorType.NotSupported => "Unsupported value",
                FieldErrorType.Forbidden => "Forbidden",
                FieldErrorType.TooLong => "Too long",
                FieldErrorType.TooMany => "Too many",
                _ => "Internal error",
            };
            if (BadValue is not null) text += ": " + BadValue;
            return Detail.Length == 0 ? text : text + ": " + Detail;
        }
    }

    /// <summary>Field and error.</summary>
    public override string ToString() => $"{Field}: {Body}";
}
