using Akka.Actor;

namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>Looks for a log source: a name, or the path of an actor with or without its address.</summary>
public class EqualsStringAndPathMatcher : IStringMatcher
{
    private readonly string _path;
    private readonly bool _canBeRelative;

    /// <param name="path">The source.</param>
    /// <param name="canBeRelative">Whether the address may be left out.</param>
    public EqualsStringAndPathMatcher(string path, bool canBeRelative = true)
    {
        _path = path;
        _canBeRelative = canBeRelative;
    }

    /// <inheritdoc />
    public bool IsMatch(string path)
    {
        if (string.Equals(_path, path, StringComparison.OrdinalIgnoreCase))
            return true;
        if (!_canBeRelative || !ActorPath.TryParse(path, out var actorPath))
            return false;
        var relative = actorPath.ToStringWithoutAddress();
        return string.Equals(_path, relative, StringComparison.OrdinalIgnoreCase) || string.Equals(_path, relative.TrimStart('/'), StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc />
    public override string ToString() => "== \"" + _path + "\"";
}
