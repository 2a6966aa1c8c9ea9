using ActorPlane.Api.Certificates.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/certificates/validation/validation.go ValidateCertificateSigningRequestCreate.</summary>
internal static class CertificateValidation
{
    private const int ShortestSeconds = 600;
    private const int LongestDomain = 253;
    private const string Approved = "Approved";
    private const string Denied = "Denied";
    private const string Failed = "Failed";
    private static readonly FieldPath Path = FieldPath.Of("spec");

    private static readonly string[] Usages =
    [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only", "digital signature", "email protection",
        "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement", "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime",
        "server auth", "signing", "timestamping",
    ];

    public static void Validate(List<FieldError> errors, CertificateSigningRequest value)
    {
        var spec = value.Spec;
        if (!HasBlock(spec.Request, "CERTIFICATE REQUEST")) errors.Add(FieldError.InvalidGo(Path.Child("request"), Printed(spec.Request), "PEM block type must be CERTIFICATE REQUEST"));
        if (spec.Usages.IsEmpty) errors.Add(FieldError.Required(Path.Child("usages"), "usages must be provided"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Usages.Count; i++)
        {
            Checks.OneOf(errors, Path.Child("usages").Index(i), spec.Usages[i], Usages);
        }

        for (var i = 0; i < spec.Usages.Count; i++)
        {
            if (!seen.Add(spec.Usages[i])) errors.Add(FieldError.Duplicate(Path.Child("usages").Index(i), spec.Usages[i]));
        }

        Signer(errors, Path.Child("signerName"), spec.SignerName);
        if (spec.ExpirationSeconds is < ShortestSeconds) errors.Add(FieldError.Invalid(Path.Child("expirationSeconds"), spec.ExpirationSeconds.Value, "may not specify a duration less than 600 seconds (10 minutes)"));
    }

    /// <summary>Source: validateCertificateSigningRequestUpdate. Only an approval may approve and deny, and only a status report may bring the certificate.</summary>
    public static void ValidateStatus(List<FieldError> errors, CertificateSigningRequest value, CertificateSigningRequest old, bool isApproval)
    {
        var path = FieldPath.Of("status", "conditions");
        Conditions(errors, path, value, old);
        foreach (var type in (ReadOnlySpan<string>)[Approved, Denied, Failed])
        {
            var (before, after) = (Of(old, type), Of(value, type));
            if (after.Count < before.Count) errors.Add(FieldError.Forbidden(path, $"updates may not remove a condition of type {GoText.Quote(type)}"));
            else if (isApproval || type == Failed) continue;
            else if (after.Count > before.Count) errors.Add(FieldError.Forbidden(path, $"updates may not add a condition of type {GoText.Quote(type)}"));
            else if (!after.SequenceEqual(before)) errors.Add(FieldError.Forbidden(path, $"updates may not modify a condition of type {GoText.Quote(type)}"));
        }

        var certificate = FieldPath.Of("status", "certificate");
        if (isApproval || value.Status.Certificate == old.Status.Certificate) return;
        if (old.Status.Certificate is { Length: > 0 }) errors.Add(FieldError.Forbidden(certificate, "updates may not modify existing certificate content"));
        if (!HasBlock(value.Status.Certificate, "CERTIFICATE")) errors.Add(FieldError.Invalid(certificate, "<certificate data>", "must contain at least one CERTIFICATE PEM block"));
    }

    // Source: validateConditions.
    private static void Conditions(List<FieldError> errors, FieldPath path, CertificateSigningRequest value, CertificateSigningRequest old)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var wasBoth = Of(old, Approved).Count > 0 && Of(old, Denied).Count > 0;
        for (var i = 0; i < value.Status.Conditions.Count; i++)
        {
            var condition = value.Status.Conditions[i];
            var (type, at) = (condition.Type ?? "", path.Index(i));
            if (type.Length == 0) errors.Add(FieldError.Required(at.Child("type")));
            if (!old.Status.Conditions.Contains(condition)) State(errors, at.Child("status"), type, condition.Status);
            if (!wasBoth && (type == Approved ? seen.Contains(Denied) : type == Denied && seen.Contains(Approved)))
                errors.Add(FieldError.Invalid(at.Child("type"), type, "Approved and Denied conditions are mutually exclusive"));
            if (!seen.Add(type)) errors.Add(FieldError.Duplicate(at.Child("type"), type));
        }
    }

    private static void State(List<FieldError> errors, FieldPath path, string type, string? state)
    {
        ReadOnlySpan<string> allowed = type is Approved or Denied or Failed ? ["True"] : ["False", "True", "Unknown"];
        if (string.IsNullOrEmpty(state)) errors.Add(FieldError.Required(path));
        else if (!allowed.Contains(state)) errors.Add(FieldError.NotSupported(path, state, allowed));
    }

    private static List<CertificateSigningRequestCondition> Of(CertificateSigningRequest item, string type) => [.. item.Status.Conditions.Where(condition => condition.Type == type)];

    // Source: pkg/apis/core/validation/names.go ValidateSignerName.
    private static void Signer(List<FieldError> errors, FieldPath path, string? name)
    {
        if (name == "kubernetes.io/legacy-unknown")
        {
            errors.Add(FieldError.Invalid(path, name, "the legacy signerName is not allowed via this API version"));
            return;
        }

        if (name.IsBlank()) errors.Add(FieldError.Required(path));
        var parts = (name ?? "").Split('/');
        if (parts.Length != 2)
        {
            errors.Add(FieldError.Invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'"));
            return;
        }

        if (parts[0].Length > LongestDomain) errors.Add(FieldError.TooLong(path, LongestDomain));
        Labels(errors, path, parts[0], NameRules.DnsLabel);
        if (!parts[0].Contains('.', StringComparison.Ordinal)) errors.Add(FieldError.Invalid(path, parts[0], "should be a domain with at least two segments separated by dots"));
        Labels(errors, path, parts[1], NameRules.DnsSubdomain);
    }

    // Only the first label that is wrong is told.
    private static void Labels(List<FieldError> errors, FieldPath path, string text, Func<string, ValueList<string>> rule)
    {
        var wrong = text.Split('.').FirstOrDefault(label => !rule(label).IsEmpty);
        if (wrong is null) return;
        foreach (var problem in rule(wrong)) errors.Add(FieldError.Invalid(path, text, $"validating label {GoText.Quote(wrong)}: {problem}"));
    }

    private static bool HasBlock(ByteString? pem, string type) =>
        pem is { } bytes && System.Text.Encoding.ASCII.GetString(bytes.Span).Contains($"-----BEGIN {type}-----", StringComparison.Ordinal);

    private static string Printed(ByteString? request) => request is { Length: > 0 } bytes
        ? "[]byte{" + string.Join(", ", bytes.Span.ToArray().Select(b => $"0x{b:x}")) + "}"
        : "[]byte(nil)";
}
