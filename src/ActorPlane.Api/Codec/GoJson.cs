using System.Buffers;
using System.Text;

namespace ActorPlane.Api;

/// <summary>
/// JSON byte for byte as Go's encoding/json writes it. The real server keeps the bytes of a RawExtension as its client sent them,
/// and the StatefulSet and DaemonSet controllers tell revisions apart by these bytes: another spelling of the same text would be a new revision.
/// </summary>
internal static class GoJson
{
    // What Go spells in another way than our writer can show by these bytes alone.
    private static readonly SearchValues<byte> Suspicious = SearchValues.Create("<>&\\"u8);

    /// <summary>The tree without white space, numbers and the order of members as they are.</summary>
    public static byte[] Write(JsonValue value)
    {
        var plain = value.ToUtf8();
        if (plain.AsSpan().IndexOfAny(Suspicious) < 0) return plain;
        var text = new StringBuilder(plain.Length + 64);
        Write(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonValue value)
    {
        var isFirst = true;
        switch (value.Kind)
        {
            case JsonKind.Object:
                text.Append('{');
                foreach (var (name, member) in value.Members)
                {
                    if (!isFirst) text.Append(',');
                    isFirst = false;
                    Write(text, name);
                    text.Append(':');
                    Write(text, member);
                }

                text.Append('}');
                break;
            case JsonKind.Array:
                text.Append('[');
                foreach (var item in value.Items)
                {
                    if (!isFirst) text.Append(',');
                    isFirst = false;
                    Write(text, item);
                }

                text.Append(']');
                break;
            case JsonKind.String: Write(text, value.AsString!); break;
            default: text.Append(value.ToString()); break;
        }
    }

    private static void Write(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\': text.Append('\\').Append(c); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029': text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }
}
