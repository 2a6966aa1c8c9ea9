using ActorPlane.Api;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ActorPlane.Host.Manifests;

/// <summary>
/// Reads the documents of a YAML (or JSON) text as JSON trees, with the line of every field. Anchors, aliases and merge
/// keys are followed; what they expand to is bounded, so that a small file cannot become a huge object.
/// </summary>
internal sealed class YamlReader(string file)
{
    private const int MaxNodes = 1_000_000;
    private const int MaxDepth = 200;
    private const long MaxCharacters = 64 << 20;

    // A longer path is shown up to here: it helps nobody, and all of them together would not fit into memory.
    private const int MaxPath = 500;

    private readonly Dictionary<AnchorName, Anchored> _anchors = [];
    private Dictionary<string, int> _lines = [];

    // With all that aliases stand for.
    private long _nodes;
    private long _characters;

    /// <summary>Every document that is not empty, in order.</summary>
    /// <exception cref="InputFileException">The text is no YAML.</exception>
    public IReadOnlyList<ManifestDocument> Read(TextReader text)
    {
        var documents = new List<ManifestDocument>();
        var scanner = new Scanner(text, skipComments: true);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            while (parser.TryConsume<DocumentStart>(out _))
            {
                _anchors.Clear();
                _lines = new Dictionary<string, int>(StringComparer.Ordinal);
                var line = LineOf(parser.Current!);
                var content = Node(parser, "", 0);
                parser.Consume<DocumentEnd>();
                if (!content.IsNull) documents.Add(new ManifestDocument(file, line, content, _lines));
            }
        }
        catch (YamlException e)
        {
            throw new InputFileException(file, (int)e.Start.Line, null, "not valid YAML: " + e.Message.ReplaceLineEndings(" "));
        }
        catch (ArgumentException)
        {
            // And so on half a surrogate pair, "\ud800".
            throw new InputFileException(file, (int)scanner.CurrentPosition.Line, null, "not valid YAML: an escape stands for no character");
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner fails so on a flow sequence or mapping that is not closed before the next key.
            throw new InputFileException(file, (int)scanner.CurrentPosition.Line, null, "not valid YAML: a bracket or brace may not be closed");
        }

        return documents;
    }

    private static int LineOf(ParsingEvent parsed) => (int)parsed.Start.Line;

    private static JsonValue MergedInto(List<JsonMember> own, HashSet<string> names, List<JsonValue> merged)
    {
        foreach (var source in merged)
        {
            foreach (var member in source.Members)
            {
                if (names.Add(member.Name)) own.Add(member);
            }
        }

        return JsonValue.Object(own);
    }

    private JsonValue Node(Parser parser, string path, int depth)
    {
        var current = parser.Current!;
        Count(1, 0, current, path);
        if (depth > MaxDepth) throw new InputFileException(file, LineOf(current), path, $"nested deeper than {MaxDepth}");
        switch (current)
        {
            case AnchorAlias:
                var alias = parser.Consume<AnchorAlias>();
                if (!_anchors.TryGetValue(alias.Value, out var known)) throw new InputFileException(file, LineOf(alias), path, $"the anchor {alias.Value} is not defined above");
                Count(known.Nodes, known.Characters, alias, path);
                return known.Value;
            case Scalar:
                var (nodes, characters) = (_nodes, _characters);
                var scalar = parser.Consume<Scalar>();
                Count(0, scalar.Value.Length, scalar, path);
                return Remember(scalar.Anchor, YamlScalar.Resolve(scalar), nodes, characters);
            case SequenceStart:
                return Sequence(parser, path, depth);
            case MappingStart:
                return Mapping(parser, path, depth);
            default:
                throw new InputFileException(file, LineOf(current), path, "not a value");
        }
    }

    private JsonValue Sequence(Parser parser, string path, int depth)
    {
        var (nodes, characters) = (_nodes, _characters);
        var start = parser.Consume<SequenceStart>();
        var items = new List<JsonValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var itemPath = path.Length > MaxPath ? path : $"{path}[{items.Count}]";
            _lines[itemPath] = LineOf(parser.Current!);
            items.Add(Node(parser, itemPath, depth + 1));
        }

        return Remember(start.Anchor, JsonValue.Array(items), nodes, characters);
    }

    private JsonValue Mapping(Parser parser, string path, int depth)
    {
        var (nodes, characters) = (_nodes, _characters);
        var start = parser.Consume<MappingStart>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<JsonMember>();
        var merged = new List<JsonValue>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var keyEvent = parser.Current!;
            if (keyEvent is not Scalar) throw new InputFileException(file, LineOf(keyEvent), path, "a field's name must be a text");
            var key = parser.Consume<Scalar>().Value;
            var fieldPath = path.Length == 0 ? key : path.Length > MaxPath ? path : $"{path}.{key}";
            if (!names.Add(key) && key != "<<")
                throw new InputFileException(file, LineOf(keyEvent), fieldPath, "the field is given twice");
            _lines[fieldPath] = LineOf(keyEvent);
            Count(0, key.Length, keyEvent, path);
            var value = Node(parser, fieldPath, depth + 1);
            if (key != "<<") members.Add(new JsonMember(key, value));
            else if (value.IsArray) merged.AddRange(value.Items);
            else merged.Add(value);
        }

        return Remember(start.Anchor, MergedInto(members, names, merged), nodes, characters);
    }

    private JsonValue Remember(AnchorName anchor, JsonValue value, long nodesBefore, long charactersBefore)
    {
        if (!anchor.IsEmpty) _anchors[anchor] = new Anchored(value, _nodes - nodesBefore, _characters - charactersBefore);
        return value;
    }

    private void Count(long nodes, long characters, ParsingEvent at, string path)
    {
        _nodes += nodes;
        _characters += characters;
        if (_nodes > MaxNodes || _characters > MaxCharacters)
            throw new InputFileException(file, LineOf(at), path, $"more than {MaxNodes} values or {MaxCharacters} characters, with what aliases stand for");
    }

    private sealed record Anchored(JsonValue Value, long Nodes, long Characters);
}
