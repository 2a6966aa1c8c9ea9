using System.Text;

namespace ActorPlane.Api;

/// <summary>Prints JSON as Go prints the maps, lists and values it decodes it to, since errors show them so.</summary>
public static class GoTree
{
    /// <summary>As <c>%v</c>: <c>map[a:1 b:[x y]]</c>, with sorted keys.</summary>
    public static string Plain(JsonValue value)
    {
        var text = new StringBuilder();
        Plain(text, value);
        return text.ToString();
    }

    /// <summary>As <c>%#v</c>: <c>map[string]interface {}{"a":1, "b":[]interface {}{"x", "y"}}</c>, with sorted keys.</summary>
    public static string Detailed(JsonValue value)
    {
        var text = new StringBuilder();
        Detailed(text, value);
        return text.ToString();
    }

    /// <summary>The kind that Go's reflection names: <c>map</c>, <c>slice</c>, <c>string</c>, <c>bool</c>, <c>int64</c>, <c>float64</c>.</summary>
    public static string KindOf(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => "map",
        JsonKind.Array => "slice",
        JsonKind.String => "string",
        JsonKind.Bool => "bool",
        JsonKind.Number => value.AsInt64 is null ? "float64" : "int64",
        _ => "invalid",
    };

    private static void Plain(StringBuilder text, JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                text.Append("map[");
                Join(text, Sorted(value), " ", static (t, member) =>
                {
                    t.Append(member.Name).Append(':');
                    Plain(t, member.Value);
                });
                text.Append(']');
                break;
            case JsonKind.Array:
                text.Append('[');
                Join(text, value.Items.ToArray(), " ", Plain);
                text.Append(']');
                break;
            case JsonKind.String: text.Append(value.AsString); break;
            case JsonKind.Null: text.Append("<nil>"); break;
            default: text.Append(value); break;
        }
    }

    private static void Detailed(StringBuilder text, JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                text.Append("map[string]interface {}{");
                Join(text, Sorted(value), ", ", static (t, member) =>
                {
                    t.Append(GoText.Quote(member.Name)).Append(':');
                    Detailed(t, member.Value);
                });
                text.Append('}');
                break;
            case JsonKind.Array:
                text.Append("[]interface {}{");
                Join(text, value.Items.ToArray(), ", ", Detailed);
                text.Append('}');
                break;
            case JsonKind.String: text.Append(GoText.Quote(value.AsString!)); break;
            case JsonKind.Null: text.Append("interface {}(nil)"); break;
            default: text.Append(value); break;
        }
    }

    private static JsonMember[] Sorted(JsonValue value) => [.. value.Members.ToArray().OrderBy(member => member.Name, StringComparer.Ordinal)];

    private static void Join<T>(StringBuilder text, T[] items, string separator, Action<StringBuilder, T> write)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) text.Append(separator);
            write(text, items[i]);
        }
    }
}
