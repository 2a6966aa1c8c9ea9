using System.Text;

namespace ActorPlane.Host.Tests.Otel;

/// <summary>A span as a collector gets it. Ids are lower-case hexadecimal; no parent is the empty text.</summary>
internal sealed record OtlpSpan(string Service, string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Span: trace_id = 1, span_id = 2, parent_span_id = 4, name = 5, attributes = 9.</summary>
    public static OtlpSpan Parse(byte[] message, string service)
    {
        var (trace, id, parent, name) = ("", "", "", "");
        var attributes = new Dictionary<string, string>();
        OtlpCollector.Each(message, (number, value) =>
        {
            switch (number)
            {
                case 1: trace = Convert.ToHexStringLower(value); break;
                case 2: id = Convert.ToHexStringLower(value); break;
                case 4: parent = Convert.ToHexStringLower(value); break;
                case 5: name = Encoding.UTF8.GetString(value); break;
                case 9:
                    var (key, text) = OtlpCollector.Attribute(value);
                    attributes[key] = text;
                    break;
            }
        });
        return new OtlpSpan(service, trace, id, parent, name, attributes);
    }

    /// <summary>An attribute; empty when it is not there.</summary>
    public string this[string key] => Attributes.GetValueOrDefault(key, "");
}
