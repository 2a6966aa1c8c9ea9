using ActorPlane.Api.Certificates.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/certificates/validation/validation.go ValidateCertificateSigningRequestCreate.</summary>
internal static class CertificateValidation
{
    private const int ShortestSeconds = 600;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, CertificateSigningRequest value)
    {
        var spec = value.Spec;
        if (!IsRequest(spec.Request)) errors.Add(FieldError.InvalidGo(Path.Child("request"), Printed(spec.Request), "PEM block type must be CERTIFICATE REQUEST"));
        if (spec.Usages.IsEmpty) errors.Add(FieldError.Required(Path.Child("usages"), "usages must be provided"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Usages.Count; i++)
        {
            if (!seen.Add(spec.Usages[i])) errors.Add(FieldError.Duplicate(Path.Child("usages").Index(i), spec.Usages[i]));
        }

        Signer(errors, Path.Child("signerName"), spec.SignerName);
        if (spec.ExpirationSeconds is < ShortestSeconds) errors.Add(FieldError.Invalid(Path.Child("expirationSeconds"), spec.ExpirationSeconds.Value, "may not specify a duration less than 600 seconds (10 minutes)"));
    }

    private static void Signer(List<FieldError> errors, FieldPath path, string? name)
    {
        if (name.IsBlank())
        {
            errors.Add(FieldError.Required(path, "signerName must be provided"));
            return;
        }

        var parts = name!.Split('/');
        if (parts.Length != 2) errors.Add(FieldError.Invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'"));
        else if (!parts[0].Contains('.', StringComparison.Ordinal)) errors.Add(FieldError.Invalid(path, parts[0], "should be a domain with at least two segments separated by dots"));
        else Checks.All(errors, path, parts[0], NameRules.DnsSubdomain(parts[0]));
    }

    private static bool IsRequest(ByteString? request) =>
        request is { } bytes && System.Text.Encoding.ASCII.GetString(bytes.Span).Contains("-----BEGIN CERTIFICATE REQUEST-----", StringComparison.Ordinal);

    private static string Printed(ByteString? request) => request is { Length: > 0 } bytes
        ? "[]byte{" + string.Join(", ", bytes.Span.ToArray().Select(b => $"0x{b:x}")) + "}"
        : "[]byte(nil)";
}
