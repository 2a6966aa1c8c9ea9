namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>Lets a function decide about texts.</summary>
public class PredicateMatcher : IStringMatcher
{
    private readonly Predicate<string> _predicate;
    private readonly string _hint;

    /// <param name="predicate">Decides.</param>
    /// <param name="hint">Says in messages what it looks for.</param>
    public PredicateMatcher(Predicate<string> predicate, string hint = "")
    {
        _predicate = predicate;
        _hint = hint;
    }

    /// <inheritdoc />
    public bool IsMatch(string s) => _predicate(s);

    /// <inheritdoc />
    public override string ToString() => "matches predicate " + _hint;
}
