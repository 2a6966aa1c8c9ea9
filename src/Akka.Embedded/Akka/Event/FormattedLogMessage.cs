namespace Akka.Event;

/// <summary>A format and an array of arguments.</summary>
internal sealed class FormattedLogMessage(ILogMessageFormatter formatter, string format, object[] arguments) : LogMessage(formatter, format)
{
    public override string Unformatted() => string.Join(',', arguments);

    public override IEnumerable<object> Parameters() => arguments;

    public override string ToString() => Formatter.Format(Format, arguments);
}
