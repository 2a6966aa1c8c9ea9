namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>Looks for a text at the start of another.</summary>
public class StartsWithString : IStringMatcher
{
    private readonly string _start;

    /// <param name="start">What the text starts with.</param>
    public StartsWithString(string start) => _start = start;

    /// <inheritdoc />
    public bool IsMatch(string s) => s.StartsWith(_start, StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => "starts with \"" + _start + "\"";
}
