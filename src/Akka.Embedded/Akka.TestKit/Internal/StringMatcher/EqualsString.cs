namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>Looks for exactly this text.</summary>
public class EqualsString : IStringMatcher
{
    private readonly string _s;

    /// <param name="s">The text.</param>
    public EqualsString(string s) => _s = s;

    /// <inheritdoc />
    public bool IsMatch(string s) => string.Equals(_s, s, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => "== \"" + _s + "\"";
}
