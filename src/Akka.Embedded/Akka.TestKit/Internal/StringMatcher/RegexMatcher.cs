using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>Looks for texts that a regular expression matches.</summary>
public class RegexMatcher : IStringMatcher
{
    private readonly Regex _regex;

    /// <param name="regex">The expression.</param>
    public RegexMatcher(Regex regex) => _regex = regex;

    /// <inheritdoc />
    public bool IsMatch(string s) => _regex.IsMatch(s);

    /// <inheritdoc />
    public override string ToString() => "matches regex \"" + _regex + "\"";
}
