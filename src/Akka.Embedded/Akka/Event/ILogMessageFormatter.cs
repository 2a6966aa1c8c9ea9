namespace Akka.Event;

/// <summary>Joins a format and its arguments to text.</summary>
public interface ILogMessageFormatter
{
    /// <summary>Joins a format and its arguments.</summary>
    string Format(string format, params object[] args);

    /// <summary>Joins a format and its arguments.</summary>
    string Format(string format, IEnumerable<object> args);
}
