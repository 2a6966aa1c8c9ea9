using System.Text.RegularExpressions;

namespace Akka.Tests.ApiSignatures;

/// <summary>The public API of one assembly of Akka.NET 1.5.30, as a text file lists it.</summary>
internal sealed partial class SignatureFile
{
    private readonly Dictionary<(string Namespace, string Name), Entry> _types = [];

    private SignatureFile(IEnumerable<string> lines)
    {
        var @namespace = "";
        Entry? type = null;
        foreach (var line in lines)
        {
            if (Namespace().Match(line) is { Success: true } section)
            {
                @namespace = section.Groups[1].Value;
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                type!.Members.Add(WithoutAttributes(line.Trim()));
            }
            else if (WithoutAttributes(line) is { Length: > 0 } header && header.StartsWith("public ", StringComparison.Ordinal))
            {
                type = new Entry(header);
                _types.Add((@namespace, NameOf(header)), type);
            }
        }
    }

    /// <summary>A type: its line and those of its members.</summary>
    internal sealed record Entry(string Header)
    {
        internal HashSet<string> Members { get; } = new(StringComparer.Ordinal);
    }

    internal static SignatureFile Of(string assembly)
    {
        var name = $"ApiSignatures.{assembly}.txt";
        using var stream = typeof(SignatureFile).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException("The signatures are not in the test assembly.", name);
        using var reader = new StreamReader(stream);
        return new SignatureFile(reader.ReadToEnd().Split('\n'));
    }

    internal Entry? Find(Type type) => _types.GetValueOrDefault((type.Namespace ?? "", SignatureRenderer.NameInFile(type)));

    /// <summary>The name in the line of a type, with its type parameters.</summary>
    private static string NameOf(string header)
    {
        var rest = Kind().Replace(header, "");
        if (header.Contains(" delegate ", StringComparison.Ordinal))
            return rest[..rest.LastIndexOf('(')][(LastSpaceOutsideBrackets(rest[..rest.LastIndexOf('(')]) + 1)..];
        var depth = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            depth += rest[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0 && rest[i] == ' ')
                return rest[..i];
        }

        return rest;
    }

    private static int LastSpaceOutsideBrackets(string text)
    {
        var depth = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            depth += text[i] switch { '>' => 1, '<' => -1, _ => 0 };
            if (depth == 0 && text[i] == ' ')
                return i;
        }

        return -1;
    }

    private static string WithoutAttributes(string line) => Attributes().Replace(line, "");

    [GeneratedRegex("^===== namespace (.*) =====")]
    private static partial Regex Namespace();

    [GeneratedRegex("^public (?:(?:abstract|sealed|static|readonly|record) )*(?:class|struct|interface|enum|delegate) ")]
    private static partial Regex Kind();

    [GeneratedRegex("""^(?:\[(?:InternalApi|InternalStableApi|Obsolete(?:\("(?:[^"]|"(?!\)\]))*"\))?)\] )+""")]
    private static partial Regex Attributes();
}
