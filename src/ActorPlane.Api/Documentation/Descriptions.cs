using System.Collections.Frozen;

namespace ActorPlane.Api;

/// <summary>What types and fields mean, in words, for OpenAPI documents and Tables. Read from <c>descriptions.txt</c> when first asked for.</summary>
public static class Descriptions
{
    private const string Any = "*";

    internal const string Columns = "columns";

    private static readonly Lazy<FrozenDictionary<(string Type, string Field), string>> Texts = new(static () => Read().ToFrozenDictionary());

    /// <summary>What a type is; null when nothing is said about it.</summary>
    /// <param name="type">Its name in the schema, such as <c>io.k8s.api.core.v1.Pod</c>.</param>
    public static string? Type(string type) => Texts.Value.GetValueOrDefault((Short(type), ""));

    /// <summary>What a field means, in this type or in any; null when nothing is said about it.</summary>
    /// <param name="type">The name in the schema of the type that has it.</param>
    /// <param name="field">Its name in JSON.</param>
    public static string? Field(string type, string field) =>
        Texts.Value.GetValueOrDefault((Short(type), field)) ?? Texts.Value.GetValueOrDefault((Any, field));

    /// <summary>What is in a column of a Table; null when nothing is said about it.</summary>
    /// <param name="head">The column's head.</param>
    public static string? Column(string head) => Texts.Value.GetValueOrDefault((Columns, head));

    /// <summary>All types and fields that something is said about: a type alone has no field, <c>*</c> is any type, <see cref="Columns"/> stands for the heads of Tables.</summary>
    internal static IEnumerable<(string Type, string Field)> Keys => Texts.Value.Keys;

    /// <summary>The last three parts of a name: <c>core.v1.Pod</c>.</summary>
    internal static string Short(string type)
    {
        var start = type.Length;
        for (var part = 0; part < 3 && start > 0; part++) start = type.LastIndexOf('.', start - 1);
        return type[(start + 1)..];
    }

    private static Dictionary<(string Type, string Field), string> Read()
    {
        using var stream = typeof(Descriptions).Assembly.GetManifestResourceStream("descriptions.txt")!;
        using var reader = new StreamReader(stream);
        var texts = new Dictionary<(string, string), string>();
        string[] types = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var (name, text) = (line[..colon].Trim(), line[(colon + 2)..]);
            var isField = line[0] == ' ';
            if (!isField) types = name.Split(", ");
            foreach (var type in types) texts.Add((type, isField ? name : ""), text);
        }

        return texts;
    }
}
