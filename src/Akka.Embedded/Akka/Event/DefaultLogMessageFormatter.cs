using System.Globalization;

namespace Akka.Event;

/// <summary>Joins as <see cref="string.Format(string, object[])" /> does: <c>{0}</c> is the first argument.</summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    /// <summary>The only one.</summary>
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    /// <inheritdoc />
    public string Format(string format, params object[] args) => string.Format(CultureInfo.InvariantCulture, format, args);

    /// <inheritdoc />
    public string Format(string format, IEnumerable<object> args) => string.Format(CultureInfo.InvariantCulture, format, args.ToArray());
}
