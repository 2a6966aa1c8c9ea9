using System.Text;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>ConfigMaps and Secrets. Source: pkg/apis/core/validation/validation.go ValidateConfigMap, ValidateSecret.</summary>
internal static class ConfigMapValidation
{
    private const int MostBytes = 1024 * 1024;
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
        ValueList<string> required = value.Type switch
        {
            "kubernetes.io/dockercfg" => [".dockercfg"],
            "kubernetes.io/dockerconfigjson" => [".dockerconfigjson"],
            "kubernetes.io/ssh-auth" => ["ssh-privatekey"],
            "kubernetes.io/tls" => ["tls.crt", "tls.key"],
            _ => [],
        };
        foreach (var key in required)
        {
            if (!value.Data.ContainsKey(key)) errors.Add(FieldError.Required(path.Key(key)));
        }

        if (value.Type == "kubernetes.io/basic-auth" && !value.Data.ContainsKey("username") && !value.Data.ContainsKey("password"))
        {
            errors.Add(FieldError.Required(path.Key("username")));
            errors.Add(FieldError.Required(path.Key("password")));
        }

        if (required is [var only] && only.StartsWith(".docker", StringComparison.Ordinal) && value.Data.TryGetValue(only, out var json) && GoJsonSyntax.Describe(json.Span) is { } why)
            errors.Add(FieldError.Invalid(path.Key(only), "<secret contents redacted>", why));
        if (value.Type == "kubernetes.io/service-account-token" && value.Metadata.Annotations.GetValueOrDefault("kubernetes.io/service-account.name").IsBlank())
        {
            errors.Add(FieldError.Required(FieldPath.Of("metadata", "annotations").Key("kubernetes.io/service-account.name")));
        }
    }

    public static void ValidateUpdate(List<FieldError> errors, Secret value, Secret old)
    {
        if (!string.Equals(value.Type, old.Type, StringComparison.Ordinal)) errors.Add(FieldError.Invalid(FieldPath.Of("type"), value.Type, Checks.Immutable));
        if (old.Immutable != true) return;
        if (value.Immutable != true) errors.Add(FieldError.Forbidden(FieldPath.Of("immutable"), WhenImmutable));
        if (value.Data != old.Data) errors.Add(FieldError.Forbidden(FieldPath.Of("data"), WhenImmutable));
    }
}
