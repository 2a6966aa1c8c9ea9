using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Host.Http;

/// <summary>The answers to patches that cannot be applied (<c>apiserver/pkg/endpoints/handlers/patch.go</c>).</summary>
internal static class PatchErrors
{
    private static readonly GroupVersionKind NoKind = new("", "", "");

    /// <summary>A patch of a form whose body is of another shape: a list where an object is wanted, or the other way round; null when it fits.</summary>
    public static Status? OfShape(string form, JsonValue patch)
    {
        var (fits, wanted) = form == PatchVerb.Json ? (patch.IsArray, "[]handlers.jsonPatchOp") : (patch.IsObject, "map[string]interface {}");
        var detail = form == PatchVerb.Apply ? "error unmarshaling JSON: while decoding JSON: " : "";
        return fits ? null : ApiErrors.BadRequest($"{Unreadable(form)}{detail}json: cannot unmarshal {NameOf(patch)} into Go value of type {wanted}");
    }

    /// <summary>What stands before the reason when a patch cannot be read.</summary>
    public static string Unreadable(string form) => form switch
    {
        PatchVerb.Json or PatchVerb.Merge => "error decoding patch: ",
        PatchVerb.Apply => "error decoding YAML: ",
        _ => "",
    };

    /// <summary>A patch that does not fit the object. What a JSON patch stumbled over is not told.</summary>
    public static Status DoesNotFit(string form, string why, bool isUnprocessable) => form == PatchVerb.Json || isUnprocessable
        ? ApiErrors.Failure(422, "Invalid", "the server rejected our request due to an error in our request", StatusDetails.Empty)
        : Nameless(why);

    /// <summary>
    /// What went wrong without a reason of its own. (The real server answers these with 500, as if it were at fault; its words are kept, not its code.)
    /// </summary>
    public static Status Nameless(string why) => ApiErrors.Failure(400, "", why);

    /// <summary>The patched object has a value of a wrong type.</summary>
    public static Status WrongType(string form, JsonValue patch, JsonValue patched, DecodeException error) =>
        OfPatch(form, patch, patched, form == PatchVerb.Strategic ? AsConverter(error) : error.Message);

    /// <summary>The patched object has unknown fields.</summary>
    public static Status Unknown(string form, JsonValue patch, JsonValue patched, IReadOnlyList<string> errors) =>
        OfPatch(form, patch, patched, "strict decoding error: " + string.Join(", ", errors));

    private static Status OfPatch(string form, JsonValue patch, JsonValue patched, string why)
    {
        var shown = form == PatchVerb.Strategic ? GoTree.Plain(patch) : patched.ToString();
        return ApiErrors.Invalid(NoKind, "", [FieldError.Invalid(FieldPath.Of("patch"), shown, why)]);
    }

    // Strategic patches end in Go's objects without JSON in between, through a converter with words of its own (runtime/converter.go).
    private static string AsConverter(DecodeException error)
    {
        if (error.WantedType is not { } wanted) return error.Message;
        var found = error.FoundType switch { "number" => "int64", "object" => "map", "array" => "slice", var other => other };
        if (wanted.StartsWith("[]", StringComparison.Ordinal)) return $"cannot restore slice from {found}";
        if (wanted.StartsWith("map[", StringComparison.Ordinal)) return $"cannot restore map from {found}";
        return wanted.Contains('.', StringComparison.Ordinal) ? $"cannot restore struct from: {found}" : $"unrecognized type: {wanted}";
    }

    private static string NameOf(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => "object",
        JsonKind.Array => "array",
        JsonKind.String => "string",
        JsonKind.Number => "number",
        JsonKind.Bool => "bool",
        _ => "null",
    };
}
