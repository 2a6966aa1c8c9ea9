using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>
/// The rules for the paths in definitions: of printer columns, replicas and selectable fields.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
/// </summary>
internal static class DefinitionPathValidation
{
    private const int MostSelectable = 8;
    private static readonly string[] Types = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] Formats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    public static void Column(List<FieldError> errors, FieldPath path, CustomResourceColumnDefinition column)
    {
        if (column.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
        var mustBe = "must be one of " + string.Join(",", Types);
        if (column.Type.IsBlank()) errors.Add(FieldError.Required(path.Child("type"), mustBe));
        else if (!Types.Contains(column.Type, StringComparer.Ordinal)) errors.Add(FieldError.Invalid(path.Child("type"), column.Type, mustBe));
        if (!column.Format.IsBlank() && !Formats.Contains(column.Format, StringComparer.Ordinal))
            errors.Add(FieldError.Invalid(path.Child("format"), column.Format, "must be one of " + string.Join(",", Formats)));
        if (column.JsonPath.IsBlank()) errors.Add(FieldError.Required(path.Child("JSONPath")));
        else Simple(errors, path.Child("JSONPath"), column.JsonPath!);
    }

    public static void Scale(List<FieldError> errors, FieldPath path, CustomResourceSubresourceScale? scale)
    {
        if (scale is null) return;
        Below(path.Child("scale.specReplicasPath"), scale.SpecReplicasPath, "should be a json path under .spec", ".spec.");
        Below(path.Child("scale.statusReplicasPath"), scale.StatusReplicasPath, "should be a json path under .status", ".status.");
        if (!scale.LabelSelectorPath.IsBlank())
            Below(path.Child("scale.labelSelectorPath"), scale.LabelSelectorPath, "should be a json path under either .spec or .status", ".spec.", ".status.");

        void Below(FieldPath at, string? text, string why, params string[] begins)
        {
            if (text.IsBlank()) errors.Add(FieldError.Required(at));
            else if (Simple(errors, at, text!) && !begins.Any(begin => text!.StartsWith(begin, StringComparison.Ordinal))) errors.Add(FieldError.Invalid(at, text, why));
        }
    }

    public static void Selectable(List<FieldError> errors, FieldPath path, ValueList<SelectableField> fields, CustomResourceValidation? schema)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            var at = path.Index(i).Child("jsonPath");
            var text = fields[i].JsonPath ?? "";
            if (text.Length == 0)
            {
                errors.Add(FieldError.Required(at));
                continue;
            }

            if (!TryFind(text, schema?.OpenAPIV3Schema is { } openApi ? JsonCodec.ToTree(openApi) : JsonValue.EmptyObject, out var found, out var why))
            {
                errors.Add(FieldError.Invalid(at, text, "is an invalid path: " + why));
                continue;
            }

            if (text.StartsWith(".metadata.", StringComparison.Ordinal) || text == ".metadata") errors.Add(FieldError.Invalid(at, text, "must not point to fields in metadata"));
            if (found["type"]?.AsString is not ("string" or "boolean" or "integer"))
                errors.Add(FieldError.Invalid(at, text, "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."));
            if (!seen.Add(text)) errors.Add(FieldError.Duplicate(at, text));
        }

        if (seen.Count > MostSelectable) errors.Add(FieldError.TooMany(path, seen.Count, MostSelectable));
    }

    private static bool TryFind(string text, JsonValue schema, out JsonValue found, out string why)
    {
        (found, why) = (schema, "");
        if (text.Contains('[', StringComparison.Ordinal)) why = "array notation is not allowed";
        else if (text[0] != '.') why = "expected [ or . but got: " + text.Split('.')[0];
        else if (text.EndsWith('.')) why = "unexpected end of JSON path";
        if (why.Length > 0) return false;
        foreach (var name in text[1..].Split('.'))
        {
            var below = found["properties"] is { } properties ? properties[name] : found["additionalProperties"];
            if (below is not { IsObject: true })
            {
                why = "does not refer to a valid field";
                return false;
            }

            found = below;
        }

        return true;
    }

    private static bool Simple(List<FieldError> errors, FieldPath path, string text)
    {
        if (text[0] == '.') return true;
        errors.Add(FieldError.Invalid(path, text, "must be a simple json path starting with ."));
        return false;
    }
}
