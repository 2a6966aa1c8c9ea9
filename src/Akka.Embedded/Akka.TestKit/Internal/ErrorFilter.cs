using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

/// <summary>Looks for errors, with an exception of a given type perhaps.</summary>
public class ErrorFilter : EventFilterBase
{
    private readonly Type _exceptionType;
    private readonly bool _recurseInnerExceptions;

    /// <param name="messageMatcher">Decides about texts; <c>null</c> takes all.</param>
    /// <param name="sourceMatcher">Decides about sources; <c>null</c> takes all.</param>
    public ErrorFilter(IStringMatcher messageMatcher = null, IStringMatcher sourceMatcher = null) : this(null, messageMatcher, sourceMatcher)
    {
    }

    /// <param name="exceptionType">The type of the exception; <c>null</c> takes errors without one as well.</param>
    /// <param name="messageMatcher">Decides about the text of the event or of the exception; <c>null</c> takes all.</param>
    /// <param name="sourceMatcher">Decides about sources; <c>null</c> takes all.</param>
    /// <param name="recurseInnerExceptions">Whether the exception may be an inner one.</param>
    public ErrorFilter(Type exceptionType, IStringMatcher messageMatcher = null, IStringMatcher sourceMatcher = null, bool recurseInnerExceptions = false)
        : base(messageMatcher, sourceMatcher)
    {
        _exceptionType = exceptionType;
        _recurseInnerExceptions = recurseInnerExceptions;
    }

    /// <inheritdoc />
    protected override string FilterDescriptiveName => _exceptionType == null ? "Error" : "Error with Cause <" + _exceptionType + ">";

    /// <inheritdoc />
    protected override bool IsMatch(LogEvent evt) => evt is Error error && Matches(error, error.Cause);

    private bool Matches(Error error, Exception cause)
    {
        if (cause == null)
            return _exceptionType == null && InternalDoMatch(error.LogSource, error.Message);
        if ((_exceptionType == null || _exceptionType.IsInstanceOfType(cause))
            && (InternalDoMatch(error.LogSource, error.Message) || InternalDoMatch(error.LogSource, cause.Message)))
        {
            return true;
        }

        if (!_recurseInnerExceptions)
            return false;
        return cause is AggregateException aggregate
            ? aggregate.InnerExceptions.Any(inner => Matches(error, inner))
            : Matches(error, cause.InnerException);
    }
}
