#nullable disable
namespace Akka.Actor;

/// <summary>The children whose names match.</summary>
public class SelectChildPattern : SelectionPathElement
{
    public SelectChildPattern(string patternStr) => PatternStr = patternStr;

    public string PatternStr { get; }

    protected bool Equals(SelectChildPattern other) => string.Equals(PatternStr, other.PatternStr, StringComparison.Ordinal);

    public override bool Equals(object obj) => obj is SelectChildPattern other && Equals(other);

    public override int GetHashCode() => PatternStr is null ? 0 : StringComparer.Ordinal.GetHashCode(PatternStr);

    public override string ToString() => PatternStr;
}
