using System.Globalization;
using System.Text;
using ActorPlane.Api;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>Writes trees as YAML, in blocks, with some of what YAML has besides.</summary>
internal static class FuzzYaml
{
    /// <summary>The text; at times with a twist that a reader has to understand or refuse.</summary>
    public static string Of(JsonValue tree, Random random)
    {
        var text = new StringBuilder();
        Block(text, tree, 0);
        return random.Next(12) switch
        {
            0 => "---\n" + text + "...\n",
            1 => "# a comment\n" + text,
            2 => text + "---\na: b\n",
            3 => "%YAML 1.2\n---\n" + text,
            4 => Bomb(),
            5 => text + "a: &x [1, 2]\nb: *x\nc: *nope\n",
            6 => text + "<<: {a: b}\n? [complex]\n: key\n",
            7 => text + "t: !!binary YQ==\nu: !custom {a: b}\nv: 0x1F\nw: .inf\nx: 0o7\ny: yes\nz: 2020-01-01\n",
            8 => text + "\tindented: by a tab\n",
            9 => text + "a: &loop {b: *loop}\n",
            _ => text.ToString(),
        };
    }

    // A few lines that stand for a billion words.
    private static string Bomb()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++) text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        return text.ToString();
    }

    private static void Block(StringBuilder text, JsonValue value, int indent)
    {
        var pad = new string(' ', indent);
        if (value.IsObject && value.Members.Length > 0)
        {
            foreach (var (name, inner) in value.Members)
            {
                text.Append(pad).Append(JsonValue.Of(name)).Append(':');
                Below(text, inner, indent + 2);
            }
        }
        else if (value.IsArray && value.Items.Length > 0)
        {
            foreach (var inner in value.Items)
            {
                text.Append(pad).Append('-');
                Below(text, inner, indent + 2);
            }
        }
        else
        {
            text.Append(pad).Append(value).Append('\n');
        }
    }

    private static void Below(StringBuilder text, JsonValue value, int indent)
    {
        if (value.IsObject && value.Members.Length > 0 || value.IsArray && value.Items.Length > 0)
        {
            text.Append('\n');
            Block(text, value, indent);
        }
        else
        {
            text.Append(' ').Append(value).Append('\n');
        }
    }
}
