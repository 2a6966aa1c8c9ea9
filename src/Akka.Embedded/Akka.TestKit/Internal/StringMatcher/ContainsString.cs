namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>Looks for a text within another.</summary>
public class ContainsString : IStringMatcher
{
    private readonly string _part;

    /// <param name="part">What the text contains.</param>
    public ContainsString(string part) => _part = part;

    /// <inheritdoc />
    public bool IsMatch(string s) => s.Contains(_part, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => "contains \"" + _part + "\"";
}
