namespace ActorPlane.Api;

/// <summary>
/// A parsed <c>labelSelector</c> of a request: <c>app=web,tier in (a,b),!old</c>.
/// Source: staging/src/k8s.io/apimachinery/pkg/labels/selector.go.
/// </summary>
public sealed class LabelQuery
{
    /// <summary>Fits every object.</summary>
    public static readonly LabelQuery Everything = new([]);

    private readonly LabelRequirement[] _requirements;

    private LabelQuery(LabelRequirement[] requirements) => _requirements = requirements;

    /// <summary>Whether it fits every object.</summary>
    public bool IsEmpty => _requirements.Length == 0;

    /// <summary>What is required, by key.</summary>
    public IReadOnlyList<LabelRequirement> Requirements => _requirements;

    /// <summary>Reads a selector. Throws <see cref="FormatException"/> with the real server's text.</summary>
    public static LabelQuery Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Everything;
        var requirements = new LabelQueryParser(text).Parse();
        return new LabelQuery([.. requirements.OrderBy(r => r.Key, StringComparer.Ordinal)]);
    }

    /// <summary>Whether labels fit.</summary>
    public bool Matches(ValueMap<string> labels)
    {
        foreach (var requirement in _requirements)
        {
            if (!requirement.Matches(labels)) return false;
        }

        return true;
    }

    /// <summary>The canonical text.</summary>
    public override string ToString() => string.Join(",", (object[])_requirements);
}
