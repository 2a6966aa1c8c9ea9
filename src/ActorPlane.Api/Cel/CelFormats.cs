namespace ActorPlane.Api.Cel;

/// <summary>Formats of text that have a name. Source: k8s.io/apiserver/pkg/cel/library/format.go.</summary>
internal static class CelFormats
{
    /// <summary>Their names.</summary>
    public static readonly string[] Names =
    [
        "dns1123Label", "dns1123Subdomain", "dns1035Label", "qualifiedName", "dns1123LabelPrefix", "dns1123SubdomainPrefix", "dns1035LabelPrefix",
        "labelValue", "uri", "uuid", "byte", "date", "datetime",
    ];

    /// <summary>How long the pattern of a format is, for what looking at it costs.</summary>
    public static int PatternSize(string name) => name switch
    {
        "dns1123Label" or "dns1035Label" or "dns1123LabelPrefix" or "dns1035LabelPrefix" => 30,
        "labelValue" => 40,
        "uri" => 1000,
        "byte" or "uuid" => 80,
        "date" or "datetime" => 140,
        _ => 60,
    };

    /// <summary>Nothing when the text fits, else a list of what is wrong.</summary>
    public static CelValue.Optional Validate(string name, string text)
    {
        string[] errors = name switch
        {
            "dns1123Label" => [.. NameRules.DnsLabel(text)],
            "dns1123LabelPrefix" => [.. NameRules.DnsLabel(Prefix(text))],
            "dns1123Subdomain" => [.. NameRules.DnsSubdomain(text)],
            "dns1123SubdomainPrefix" => [.. NameRules.DnsSubdomain(Prefix(text))],
            "dns1035Label" => [.. NameRules.Dns1035Label(text)],
            "dns1035LabelPrefix" => [.. NameRules.Dns1035Label(Prefix(text))],
            "qualifiedName" => [.. NameRules.QualifiedName(text)],
            "labelValue" => [.. NameRules.LabelValue(text)],
            "uri" => CelUrl.TryParse(text, out _, out var error) ? [] : [error],
            "uuid" => CustomFormats.Fits("uuid", text) ? [] : ["does not match the UUID format"],
            "byte" => CustomFormats.Fits("byte", text) ? [] : ["invalid base64"],
            "date" => CustomFormats.Fits("date", text) ? [] : ["invalid date"],
            _ => CustomFormats.Fits("datetime", text) ? [] : ["invalid datetime"],
        };
        return errors.Length == 0 ? CelValue.Optional.None : new CelValue.Optional(CelList.Of([.. errors.Select(error => new CelValue.Text(error))]));
    }

    // A dash at the end will be followed by something.
    private static string Prefix(string text) => text.Length > 1 && text.EndsWith('-') ? text[..^1] + "a" : text;
}
