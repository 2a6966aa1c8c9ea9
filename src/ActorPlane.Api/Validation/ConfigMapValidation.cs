using System.Text;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>ConfigMaps and Secrets. Source: pkg/apis/core/validation/validation.go ValidateConfigMap, ValidateSecret.</summary>
internal static class ConfigMapValidation
{
    private const int MostBytes = 1024 * 1024;
    private const string AccountAnnotation = "kubernetes.io/service-account.name";
    private const string WhenImmutable = "field is immutable when `immutable` is set";

    public static void Validate(List<FieldError> errors, ConfigMap value)
    {
        long bytes = 0;
        foreach (var (key, text) in value.Data)
        {
            Checks.All(errors, FieldPath.Of("data").Key(key), key, NameRules.ConfigMapKey(key));
            if (value.BinaryData.ContainsKey(key)) errors.Add(FieldError.Invalid(FieldPath.Of("data").Key(key), key, "duplicate of key present in binaryData"));
            bytes += Encoding.UTF8.GetByteCount(text);
        }

        foreach (var (key, data) in value.BinaryData)
        {
            Checks.All(errors, FieldPath.Of("binaryData").Key(key), key, NameRules.ConfigMapKey(key));
            bytes += data.Length;
        }

        if (bytes > MostBytes) errors.Add(FieldError.TooLong(FieldPath.Of(""), MostBytes));
    }

    public static void ValidateUpdate(List<FieldError> errors, ConfigMap value, ConfigMap old)
    {
        if (old.Immutable != true) return;
        if (value.Immutable != true) errors.Add(FieldError.Forbidden(FieldPath.Of("immutable"), WhenImmutable));
        if (value.Data != old.Data) errors.Add(FieldError.Forbidden(FieldPath.Of("data"), WhenImmutable));
        if (value.BinaryData != old.BinaryData) errors.Add(FieldError.Forbidden(FieldPath.Of("binaryData"), WhenImmutable));
    }

    public static void Validate(List<FieldError> errors, Secret value)
    {
        var path = FieldPath.Of("data");
        long bytes = 0;
        foreach (var (key, data) in value.Data)
        {
            Checks.All(errors, path.Key(key), key, NameRules.ConfigMapKey(key));
            bytes += data.Length;
        }

        if (bytes > MostBytes) errors.Add(FieldError.TooLong(path, MostBytes));
        switch (value.Type)
        {
            case "kubernetes.io/service-account-token":
                if (value.Metadata.Annotations.GetValueOrDefault(AccountAnnotation).IsBlank()) errors.Add(FieldError.Required(FieldPath.Of("metadata", "annotations").Key(AccountAnnotation)));
                break;
            case "kubernetes.io/dockercfg":
                Json(errors, path.Key(".dockercfg"), value, ".dockercfg");
                break;
            case "kubernetes.io/dockerconfigjson":
                Json(errors, path.Key(".dockerconfigjson"), value, ".dockerconfigjson");
                break;
            case "kubernetes.io/basic-auth":
                if (value.Data.ContainsKey("username") || value.Data.ContainsKey("password")) break;
                errors.Add(FieldError.Required(path.Key("username")));
                errors.Add(FieldError.Required(path.Key("password")));
                break;
            case "kubernetes.io/ssh-auth":
                if (!value.Data.TryGetValue("ssh-privatekey", out var key) || key.Length == 0) errors.Add(FieldError.Required(path.Key("ssh-privatekey")));
                break;
            case "kubernetes.io/tls":
                if (!value.Data.ContainsKey("tls.crt")) errors.Add(FieldError.Required(path.Key("tls.crt")));
                if (!value.Data.ContainsKey("tls.key")) errors.Add(FieldError.Required(path.Key("tls.key")));
                break;
        }
    }

    private static void Json(List<FieldError> errors, FieldPath path, Secret value, string key)
    {
        if (!value.Data.TryGetValue(key, out var data)) errors.Add(FieldError.Required(path));
        else if (NotAnObject(data.Span) is { } problem) errors.Add(FieldError.Invalid(path, "<secret contents redacted>", problem));
    }

    // What is wrong with what is to be a JSON object, as Go says it; null when it is one.
    private static string? NotAnObject(ReadOnlySpan<byte> json)
    {
        if (GoJsonSyntax.Describe(json) is { } problem) return problem;
        var kind = json[json.IndexOfAnyExcept(" \t\r\n"u8)] switch
        {
            (byte)'{' or (byte)'n' => null,
            (byte)'[' => "array",
            (byte)'"' => "string",
            (byte)'t' or (byte)'f' => "bool",
            _ => "number",
        };
        return kind is null ? null : $"json: cannot unmarshal {kind} into Go value of type map[string]interface {{}}";
    }

    public static void ValidateUpdate(List<FieldError> errors, Secret value, Secret old)
    {
        if (!string.Equals(value.Type, old.Type, StringComparison.Ordinal)) errors.Add(FieldError.Invalid(FieldPath.Of("type"), value.Type, Checks.Immutable));
        if (old.Immutable != true) return;
        if (value.Immutable != true) errors.Add(FieldError.Forbidden(FieldPath.Of("immutable"), WhenImmutable));
        if (value.Data != old.Data) errors.Add(FieldError.Forbidden(FieldPath.Of("data"), WhenImmutable));
    }
}
