using System.Text;
using ActorPlane.Api;
using ActorPlane.Host.Manifests;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ActorPlane.Host.Http;

/// <summary>Writes a tree as YAML in blocks, the members of objects by name (<c>sigs.k8s.io/yaml</c>, JSONToYAML).</summary>
internal static class YamlText
{
    /// <summary>The text, in UTF-8.</summary>
    public static byte[] Of(JsonValue tree)
    {
        var text = new StringBuilder();
        if (IsBlock(tree)) Block(text, tree, 0);
        else text.Append(Scalar(tree)).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Block(StringBuilder text, JsonValue tree, int indent)
    {
        var isFirst = true;
        if (tree.IsArray)
        {
            foreach (var item in tree.Items)
            {
                Indent(text, indent, ref isFirst);
                text.Append("- ");

                // What is in an item stands behind its dash.
                if (IsBlock(item)) Block(text, item, indent + 2);
                else text.Append(Scalar(item)).Append('\n');
            }

            return;
        }

        foreach (var (name, value) in tree.Members.ToArray().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            Indent(text, indent, ref isFirst);
            text.Append(Plain(name)).Append(':');
            if (!IsBlock(value))
            {
                text.Append(' ').Append(Scalar(value)).Append('\n');
                continue;
            }

            // A list stands below its name, not further in.
            text.Append('\n');
            var inner = value.IsArray ? indent : indent + 2;
            text.Append(' ', inner);
            Block(text, value, inner);
        }
    }

    // The first line of a block begins where its parent ended.
    private static void Indent(StringBuilder text, int indent, ref bool isFirst)
    {
        if (!isFirst) text.Append(' ', indent);
        isFirst = false;
    }

    private static bool IsBlock(JsonValue value) => value.IsObject && value.Members.Length > 0 || value.IsArray && value.Items.Length > 0;

    private static string Scalar(JsonValue value) => value.AsString is { } text ? Plain(text) : value.ToString();

    // Without quotes where it would be read as the same text.
    private static string Plain(string text)
    {
        var isSafe = text.Length > 0 && text[0] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '/' or '.' or '_'
            && text[^1] is not (':' or ' ') && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_./+:= ()@^$,".Contains(c, StringComparison.Ordinal))
            && !text.Contains(": ", StringComparison.Ordinal);
        return isSafe && YamlScalar.Resolve(new Scalar(AnchorName.Empty, TagName.Empty, text, ScalarStyle.Plain, true, false)).AsString == text
            && !DateTime.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? text
            : JsonValue.Of(text).ToString();
    }
}
