using Akka.Actor;

namespace Akka.TestKit;

// Expects messages. Times are dilated; without one, what is left of Within counts, or else the default.
public abstract partial class TestKitBase
{
    /// <summary>Waits for a message of the type, and hands it to an assertion.</summary>
    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, actual) => assertMessageAndSender(message, actual), cancellationToken);

    /// <summary>Waits for a message of the type, and hands it to an assertion.</summary>
    public T ExpectMsg<T>(Action<T> @assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, _) => @assert(message), cancellationToken);

    /// <summary>Waits for a message of the type that the predicate takes.</summary>
    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, actual) => Matching(message, actual, isMessageAndSender, hint), cancellationToken);

    /// <summary>Waits for a message of the type that the predicate takes.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, _) => Matching(message, isMessage, hint), cancellationToken);

    /// <summary>Waits for a message that equals the given one as the comparer sees it.</summary>
    public T ExpectMsg<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, _) => _assertions.AssertEqual(expected, message, comparer, "{0}", Hint(hint)), cancellationToken);

    /// <summary>Waits for a message that equals the given one.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (received, _) => Equal(message, received, hint), cancellationToken);

    /// <summary>Waits for a message of the type.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, null, cancellationToken);

    /// <summary>Waits for a message of the type, and hands it to an assertion.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, actual) => assertMessageAndSender(message, actual), cancellationToken);

    /// <summary>Waits for a message of the type, and hands it to an assertion.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> @assert, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, _) => @assert(message), cancellationToken);

    /// <summary>Waits for a message of the type that the predicate takes.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, actual) => Matching(message, actual, isMessageAndSender, hint), cancellationToken);

    /// <summary>Waits for a message of the type that the predicate takes.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, _) => Matching(message, isMessage, hint), cancellationToken);

    /// <summary>Waits for a message that equals the given one as the comparer sees it.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, _) => _assertions.AssertEqual(expected, message, comparer, "{0}", Hint(hint)), cancellationToken);

    /// <summary>Waits for a message that equals the given one.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (received, _) => Equal(message, received, hint), cancellationToken);

    /// <summary>Waits for a message of the type.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, hint, null, cancellationToken);

    /// <summary>Waits for a message from a sender of the type, and hands it to an assertion.</summary>
    public T ExpectMsgFrom<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, actual) =>
        {
            assertSender(actual);
            assertMessage(message);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender of the type, and hands it to an assertion.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, actual) =>
        {
            Sender(actual, sender, hint);
            assertMessage(message);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender of the type that the predicate takes.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, actual) =>
        {
            Sender(actual, sender, hint);
            Matching(message, isMessage, hint);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender that equals the given one.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (received, actual) =>
        {
            Sender(actual, sender, hint);
            Equal(message, received, hint);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender of the type.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(duration, hint, (_, actual) => Sender(actual, sender, hint), cancellationToken);

    /// <summary>Waits for a message from a sender of the type that the predicate takes.</summary>
    public T ExpectMsgFrom<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(timeout, hint, (message, actual) =>
        {
            Sender(actual, isSender, hint);
            Matching(message, isMessage, hint);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender of the type, and hands it to an assertion.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, actual) =>
        {
            assertSender(actual);
            assertMessage(message);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender of the type, and hands it to an assertion.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, actual) =>
        {
            Sender(actual, sender, hint);
            assertMessage(message);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender of the type that the predicate takes.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, actual) =>
        {
            Sender(actual, sender, hint);
            Matching(message, isMessage, hint);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender that equals the given one.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (received, actual) =>
        {
            Sender(actual, sender, hint);
            Equal(message, received, hint);
        }, cancellationToken);

    /// <summary>Waits for a message from a sender of the type.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, TimeSpan? duration = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(duration, hint, (_, actual) => Sender(actual, sender, hint), cancellationToken);

    /// <summary>Waits for a message from a sender of the type that the predicate takes.</summary>
    public ValueTask<T> ExpectMsgFromAsync<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<T>(timeout, hint, (message, actual) =>
        {
            Sender(actual, isSender, hint);
            Matching(message, isMessage, hint);
        }, cancellationToken);

    /// <summary>Waits for the <see cref="Terminated" /> of an actor that is watched.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        Expect<Terminated>(timeout, EndOf(target, hint), (terminated, _) => Equal(target, terminated.ActorRef, EndOf(target, hint)), cancellationToken);

    /// <summary>Waits for the <see cref="Terminated" /> of an actor that is watched.</summary>
    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string hint = null, CancellationToken cancellationToken = default) =>
        ExpectAsync<Terminated>(timeout, EndOf(target, hint), (terminated, _) => Equal(target, terminated.ActorRef, EndOf(target, hint)), cancellationToken);

    /// <summary>Waits for a message that equals one of the given ones.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDefault;
        return AnyOf(messages, limit, Next(limit, cancellationToken));
    }

    /// <summary>Waits for a message that equals one of the given ones.</summary>
    public async ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDefault;
        return AnyOf(messages, limit, await NextAsync(limit, cancellationToken));
    }

    /// <summary>Waits for as many messages as given, which must equal the given ones in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) => AllOf(messages, ReceiveMany(messages.Length, RemainingOrDefault, default));

    /// <summary>Waits for as many messages as given, which must equal the given ones in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) => AllOf(messages, ReceiveMany(messages.Length, Dilated(max), default));

    /// <summary>Waits for as many messages as given, which must equal the given ones in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(messages, ReceiveMany(messages.Count, RemainingOrDefault, cancellationToken));

    /// <summary>Waits for as many messages as given, which must equal the given ones in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOf(messages, ReceiveMany(messages.Count, Dilated(max), cancellationToken));

    /// <summary>Waits for as many messages as given, which must equal the given ones in any order.</summary>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(messages.Count, RemainingOrDefault, received => AllOf(messages, received), cancellationToken);

    /// <summary>Waits for as many messages as given, which must equal the given ones in any order.</summary>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        AllOfAsync(messages.Count, Dilated(max), received => AllOf(messages, received), cancellationToken);

    /// <summary>Waits for as many messages as there are predicates, each of which must take one.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(params PredicateInfo[] predicates) =>
        ExpectMsgAllOfMatchingPredicates(predicates, CancellationToken.None);

    /// <summary>Waits for as many messages as there are predicates, each of which must take one.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, params PredicateInfo[] predicates) =>
        ExpectMsgAllOfMatchingPredicates(max, predicates, CancellationToken.None);

    /// <summary>Waits for as many messages as there are predicates, each of which must take one.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        AllMatching(predicates, ReceiveMany(predicates.Count, RemainingOrDefault, cancellationToken));

    /// <summary>Waits for as many messages as there are predicates, each of which must take one.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates,
        CancellationToken cancellationToken) =>
        AllMatching(predicates, ReceiveMany(predicates.Count, Dilated(max), cancellationToken));

    /// <summary>Waits for as many messages as there are predicates, each of which must take one.</summary>
    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(IReadOnlyCollection<PredicateInfo> predicates,
        CancellationToken cancellationToken = default) =>
        AllOfAsync(predicates.Count, RemainingOrDefault, received => AllMatching(predicates, received), cancellationToken);

    /// <summary>Waits for as many messages as there are predicates, each of which must take one.</summary>
    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates,
        CancellationToken cancellationToken = default) =>
        AllOfAsync(predicates.Count, Dilated(max), received => AllMatching(predicates, received), cancellationToken);

    /// <summary>Waits whether no message comes.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => NoMessage(RemainingOrDefault, cancellationToken);

    /// <summary>Waits whether no message comes.</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => NoMessage(Dilated(duration), cancellationToken);

    /// <summary>Waits whether no message comes.</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>Waits whether no message comes.</summary>
    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => NoMessageAsync(RemainingOrDefault, cancellationToken);

    /// <summary>Waits whether no message comes.</summary>
    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) => NoMessageAsync(Dilated(duration), cancellationToken);

    /// <summary>Waits whether no message comes.</summary>
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private static string Hint(string hint) => hint ?? "";

    private static string EndOf(IActorRef target, string hint) => $"Terminated {target}. {hint}";

    private T Expect<T>(TimeSpan? timeout, string hint, Action<T, IActorRef> assert, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        return Check(Next(NotNegative(limit), cancellationToken), limit, hint, assert);
    }

    private async ValueTask<T> ExpectAsync<T>(TimeSpan? timeout, string hint, Action<T, IActorRef> assert, CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(timeout);
        return Check(await NextAsync(NotNegative(limit), cancellationToken), limit, hint, assert);
    }

    private T Check<T>(MessageEnvelope envelope, TimeSpan limit, string hint, Action<T, IActorRef> assert)
    {
        if (envelope == null)
            _assertions.Fail("{0}", $"Failed: Timeout {limit} while waiting for a message of type {typeof(T)} {hint}");
        if (envelope.Message is not T message)
        {
            _assertions.Fail("{0}",
                $"Failed: Expected a message of type {typeof(T)}, but received {{{envelope.Message}}} (type {envelope.Message.GetType()}) instead {hint} from {envelope.Sender}");
            return default;
        }

        assert?.Invoke(message, envelope.Sender);
        return message;
    }

    private void Matching<T>(T message, Predicate<T> isMessage, string hint) =>
        _assertions.AssertTrue(isMessage(message), "{0}",
            $"Got a message of the expected type <{typeof(T).FullName}>. Also expected {hint ?? "the predicate to return true"} but the message {{{message}}} of type <{message.GetType().FullName}> did not match");

    private void Matching<T>(T message, IActorRef actual, Func<T, IActorRef, bool> isMessageAndSender, string hint) =>
        _assertions.AssertTrue(isMessageAndSender(message, actual), "{0}",
            $"Got a message of the expected type <{typeof(T).FullName}> from {actual}. Also expected {hint ?? "the predicate to return true"} but the message {{{message}}} of type <{message.GetType().FullName}> did not match");

    private void Equal<T>(T expected, T actual, string hint) => _assertions.AssertEqual(expected, actual, "{0}", Hint(hint));

    private void Sender(IActorRef actual, IActorRef expected, string hint) =>
        _assertions.AssertEqual(expected, actual, "{0}", $"{Hint(hint)} Sender does not match. Got a message from {actual}. But expected it from {expected}");

    private void Sender(IActorRef actual, Predicate<IActorRef> isSender, string hint) =>
        _assertions.AssertTrue(isSender(actual), "{0}", $"{Hint(hint)} Sender does not match. Got a message from {actual}, which the predicate does not take");

    private T AnyOf<T>(IEnumerable<T> messages, TimeSpan limit, MessageEnvelope envelope)
    {
        var expected = messages.ToList();
        _assertions.AssertTrue(envelope != null, "{0}", $"Timeout {limit} during waiting for ExpectMsgAnyOf waiting for ({string.Join(",", expected)})");
        _assertions.AssertTrue(envelope.Message is T typed && expected.Contains(typed), "{0}", $"ExpectMsgAnyOf found unexpected {envelope.Message}");
        return (T)envelope.Message;
    }

    private IReadOnlyCollection<T> AllOf<T>(IReadOnlyCollection<T> messages, IReadOnlyCollection<object> received)
    {
        var missing = messages.Where(expected => !received.Any(actual => actual is T typed && EqualityComparer<T>.Default.Equals(expected, typed))).ToList();
        var unexpected = received.Where(actual => !(actual is T typed && messages.Contains(typed))).ToList();
        NoneOf(missing, unexpected);
        return received.Cast<T>().ToList();
    }

    private IReadOnlyCollection<object> AllMatching(IReadOnlyCollection<PredicateInfo> predicates, IReadOnlyCollection<object> received)
    {
        var missing = predicates.Where(predicate => !received.Any(predicate.Matches)).ToList();
        var unexpected = received.Where(message => !predicates.Any(predicate => predicate.Matches(message))).ToList();
        NoneOf(missing, unexpected);
        return received;
    }

    private void NoneOf<TMissing, TUnexpected>(IReadOnlyCollection<TMissing> missing, IReadOnlyCollection<TUnexpected> unexpected)
    {
        if (missing.Count == 0 && unexpected.Count == 0)
            return;
        _assertions.Fail("{0}",
            (missing.Count == 0 ? "" : $"not found [{string.Join(", ", missing)}] ") + (unexpected.Count == 0 ? "" : $"found unexpected [{string.Join(", ", unexpected)}]"));
    }

    private async IAsyncEnumerable<T> AllOfAsync<T>(int count, TimeSpan max, Func<IReadOnlyCollection<object>, IReadOnlyCollection<T>> check,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var received = new List<object>();
        await foreach (var message in ReceiveManyAsync(count, max, cancellationToken))
            received.Add(message);
        foreach (var message in check(received))
            yield return message;
    }

    private void NoMessage(TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = Now;
        GotNone(_queue.Next(take: true, NotNegative(duration), cancellationToken), duration, start);
    }

    private async ValueTask NoMessageAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var start = Now;
        GotNone(await _queue.NextAsync(take: true, NotNegative(duration), cancellationToken), duration, start);
    }

    private void GotNone(MessageEnvelope envelope, TimeSpan duration, TimeSpan start)
    {
        Took(envelope);
        if (envelope != null)
            _assertions.Fail("{0}", $"Failed: Expected no messages during {duration}, instead we received {envelope} after {Now - start}");
        _lastWasNoMessage = true;
    }
}
