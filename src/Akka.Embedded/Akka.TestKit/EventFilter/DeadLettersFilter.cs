using Akka.Event;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit;

/// <summary>Looks for dead letters, which <see cref="TestEventListener" /> turns into warnings.</summary>
public sealed class DeadLettersFilter : EventFilterBase
{
    private readonly Predicate<DeadLetter> _isMatch;

    /// <param name="messageMatcher">Decides about the letter as text; <c>null</c> takes all.</param>
    /// <param name="sourceMatcher">Decides about the path of the recipient; <c>null</c> takes all.</param>
    /// <param name="isMatch">Decides about the letter; <c>null</c> takes all.</param>
    public DeadLettersFilter(IStringMatcher messageMatcher, IStringMatcher sourceMatcher, Predicate<DeadLetter> isMatch = null) : base(messageMatcher, sourceMatcher) =>
        _isMatch = isMatch;

    /// <inheritdoc />
    protected override string FilterDescriptiveName => "DeadLetter";

    /// <inheritdoc />
    protected override bool IsMatch(LogEvent evt) =>
        evt is Warning { Message: DeadLetter letter } && (_isMatch == null || _isMatch(letter)) && InternalDoMatch(evt.LogSource, letter.Message);
}
