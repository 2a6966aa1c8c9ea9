namespace Akka.Event;

/// <summary>A format and its arguments, joined only when the text is needed: on the logger's time, not on the actor's.</summary>
public abstract class LogMessage
{
    /// <summary>Joins format and arguments.</summary>
    protected readonly ILogMessageFormatter Formatter;

    /// <summary>With a format whose arguments the subclass has.</summary>
    public LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    public string Format { get; }

    /// <summary>The arguments joined without their format.</summary>
    [Annotations.InternalApi]
    public abstract string Unformatted();

    /// <summary>The arguments.</summary>
    [Annotations.InternalApi]
    public abstract IEnumerable<object> Parameters();
}
