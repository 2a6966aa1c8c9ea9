using System.Collections;
using System.Runtime.CompilerServices;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

// Takes messages as they come.
public abstract partial class TestKitBase
{
    /// <summary>Waits for the next message.</summary>
    /// <param name="max">How long to wait, as it is: zero not at all, infinite for ever; what is left of <c>Within</c> or the default if not given.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The message, or <c>null</c> if none came.</returns>
    public object ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryReceiveOne(out var envelope, max, cancellationToken) ? envelope.Message : null;

    /// <summary>Waits for the next message.</summary>
    public async ValueTask<object> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await NextAsync(max, cancellationToken))?.Message;

    /// <summary>Waits for the next message.</summary>
    /// <returns>Whether one came.</returns>
    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        envelope = Next(max, cancellationToken);
        if (envelope != null)
            return true;
        envelope = NullMessageEnvelope.Instance;
        return false;
    }

    /// <summary>Waits for the next message.</summary>
    /// <returns>Whether one came, and which.</returns>
    public async ValueTask<(bool, MessageEnvelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default) =>
        await NextAsync(max, cancellationToken) is { } envelope ? (true, envelope) : (false, NullMessageEnvelope.Instance);

    /// <summary>Waits for the next message and leaves it where it is.</summary>
    public object PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        TryPeekOne(out var envelope, max, cancellationToken) ? envelope.Message : null;

    /// <summary>Waits for the next message and leaves it where it is.</summary>
    public object PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);

    /// <summary>Waits for the next message and leaves it where it is.</summary>
    public async ValueTask<object> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        await TryPeekOneAsync(max, cancellationToken) is (true, var envelope) ? envelope.Message : null;

    /// <summary>Waits for the next message and leaves it where it is.</summary>
    public ValueTask<object> PeekOneAsync(CancellationToken cancellationToken) => PeekOneAsync(null, cancellationToken);

    /// <summary>Waits for the next message and leaves it where it is.</summary>
    public bool TryPeekOne(out MessageEnvelope envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        var peeked = _queue.Next(take: false, GetTimeoutOrDefault(max), cancellationToken);
        envelope = peeked ?? NullMessageEnvelope.Instance;
        Peeked(peeked);
        return peeked != null;
    }

    /// <summary>Waits for the next message and leaves it where it is.</summary>
    public async ValueTask<(bool, MessageEnvelope)> TryPeekOneAsync(TimeSpan? max, CancellationToken cancellationToken)
    {
        var peeked = await _queue.NextAsync(take: false, GetTimeoutOrDefault(max), cancellationToken);
        Peeked(peeked);
        return (peeked != null, peeked ?? NullMessageEnvelope.Instance);
    }

    /// <summary>Waits for a number of messages.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveMany(numberOfMessages, RemainingOrDefault, cancellationToken);

    /// <summary>Waits for a number of messages, for a time, dilated, in all.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        max.EnsureIsPositiveFinite(nameof(max));
        return ReceiveMany(numberOfMessages, Dilated(max), cancellationToken);
    }

    /// <summary>Waits for a number of messages.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        ReceiveManyAsync(numberOfMessages, RemainingOrDefault, cancellationToken);

    /// <summary>Waits for a number of messages, for a time, dilated, in all.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default)
    {
        max.EnsureIsPositiveFinite(nameof(max));
        return ReceiveManyAsync(numberOfMessages, Dilated(max), cancellationToken);
    }

    /// <summary>Takes messages as long as the filter gives a result.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);

    /// <summary>Takes messages as long as the filter gives a result.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    /// <summary>Takes messages as long as the filter gives a result.</summary>
    /// <param name="filter">Gives <c>null</c> for the first message that is left where it is.</param>
    /// <param name="max">How long to wait in all, dilated; what is left of <c>Within</c> or the default if not given.</param>
    /// <param name="idle">How long to wait for each message.</param>
    /// <param name="msgs">How many messages to take at most.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
    {
        var stop = Now + RemainingOrDilated(max);
        var received = new List<T>();
        for (var last = (MessageEnvelope)NullMessageEnvelope.Instance; received.Count < msgs;)
        {
            if (!TryPeekOne(out var envelope, NotNegative((stop - Now).Min(idle)), cancellationToken) || filter(envelope.Message) is not { } result)
            {
                _lastMessage = last;
                break;
            }

            last = Next(TimeSpan.Zero, cancellationToken);
            received.Add(result);
        }

        _lastWasNoMessage = true;
        return received;
    }

    /// <summary>Takes messages of a type as long as the predicate says so.</summary>
    /// <param name="shouldContinue">Says <c>false</c> for the first message that is left where it is.</param>
    /// <param name="max">How long to wait in all, dilated; what is left of <c>Within</c> or the default if not given.</param>
    /// <param name="idle">How long to wait for each message.</param>
    /// <param name="msgs">How many messages to take at most.</param>
    /// <param name="shouldIgnoreOtherMessageTypes">Whether messages of another type are taken and left out, or end the taking.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default)
    {
        var stop = Now + RemainingOrDilated(max);
        var received = new List<T>();
        for (var last = (MessageEnvelope)NullMessageEnvelope.Instance; received.Count < msgs;)
        {
            if (!TryPeekOne(out var envelope, NotNegative((stop - Now).Min(idle)), cancellationToken)
                || !(envelope.Message is T typed ? shouldContinue(typed) : shouldIgnoreOtherMessageTypes))
            {
                _lastMessage = last;
                break;
            }

            last = Next(TimeSpan.Zero, cancellationToken);
            if (envelope.Message is T taken)
                received.Add(taken);
        }

        _lastWasNoMessage = true;
        return received;
    }

    /// <summary>Takes messages as long as the filter gives a result.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, Func<object, T> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);

    /// <summary>Takes messages as long as the filter gives a result.</summary>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, TimeSpan? idle, Func<object, T> filter, int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);

    /// <summary>Takes messages as long as the filter gives a result.</summary>
    public async IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stop = Now + RemainingOrDilated(max);
        var last = (MessageEnvelope)NullMessageEnvelope.Instance;
        for (var count = 0; count < msgs; count++)
        {
            if (await TryPeekOneAsync(NotNegative((stop - Now).Min(idle)), cancellationToken) is not (true, var envelope) || filter(envelope.Message) is not { } result)
            {
                _lastMessage = last;
                break;
            }

            last = Next(TimeSpan.Zero, cancellationToken);
            yield return result;
        }

        _lastWasNoMessage = true;
    }

    /// <summary>Takes messages of a type as long as the predicate says so.</summary>
    public async IAsyncEnumerable<T> ReceiveWhileAsync<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stop = Now + RemainingOrDilated(max);
        var last = (MessageEnvelope)NullMessageEnvelope.Instance;
        for (var count = 0; count < msgs;)
        {
            if (await TryPeekOneAsync(NotNegative((stop - Now).Min(idle)), cancellationToken) is not (true, var envelope)
                || !(envelope.Message is T typed ? shouldContinue(typed) : shouldIgnoreOtherMessageTypes))
            {
                _lastMessage = last;
                break;
            }

            last = Next(TimeSpan.Zero, cancellationToken);
            if (envelope.Message is not T taken)
                continue;
            count++;
            yield return taken;
        }

        _lastWasNoMessage = true;
    }

    /// <summary>Takes messages until one comes that is looked for.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Takes messages until one of the type comes that is looked for.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage(isMessage, null, max, hint, cancellationToken);

    /// <summary>Takes messages until one of the type comes that is looked for.</summary>
    /// <param name="isMessage">Whether the message is looked for.</param>
    /// <param name="allMessages">Is emptied, and gets the messages that are not; may be <c>null</c>.</param>
    /// <param name="max">How long to wait in all, dilated; what is left of <c>Within</c> or the default if not given.</param>
    /// <param name="hint">What the failure says.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public T FishForMessage<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        allMessages?.Clear();
        while (true)
        {
            var envelope = Next(NotNegative(end - Now), cancellationToken);
            if (IsFished(envelope, isMessage, limit, hint))
                return (T)envelope.Message;
            allMessages?.Add(envelope.Message);
        }
    }

    /// <summary>Takes messages until one comes that is looked for.</summary>
    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Takes messages until one of the type comes that is looked for.</summary>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessageAsync(isMessage, null, max, hint, cancellationToken);

    /// <summary>Takes messages until one of the type comes that is looked for.</summary>
    public async ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "",
        CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        allMessages?.Clear();
        while (true)
        {
            var envelope = await NextAsync(NotNegative(end - Now), cancellationToken);
            if (IsFished(envelope, isMessage, limit, hint))
                return (T)envelope.Message;
            allMessages?.Add(envelope.Message);
        }
    }

    /// <summary>Takes all messages for a time, dilated, none of which may be of the type.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        await foreach (var message in ReceiveWhileAsync<object>(_ => true, max, cancellationToken: cancellationToken))
            _assertions.AssertFalse(message is T, "{0}", $"did not expect a message of type {typeof(T)}");
    }

    /// <summary>Takes messages until none has come for a time.</summary>
    /// <param name="max">That time; the default if not given.</param>
    /// <param name="maxMessages">How many may come before.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The messages.</returns>
    public async Task<ArrayList> WaitForRadioSilenceAsync(TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var messages = new ArrayList();
        while (await ReceiveOneAsync(max, cancellationToken) is { } message)
        {
            messages.Add(message);
            _assertions.AssertFalse(messages.Count > maxMessages, "{0}", $"No silence: more than {maxMessages} messages came");
        }

        return messages;
    }

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    private MessageEnvelope Next(TimeSpan? max, CancellationToken cancellationToken) =>
        Took(_queue.Next(take: true, GetTimeoutOrDefault(max), cancellationToken));

    private async ValueTask<MessageEnvelope> NextAsync(TimeSpan? max, CancellationToken cancellationToken) =>
        Took(await _queue.NextAsync(take: true, GetTimeoutOrDefault(max), cancellationToken));

    private MessageEnvelope Took(MessageEnvelope envelope)
    {
        _lastWasNoMessage = false;
        _lastMessage = envelope ?? NullMessageEnvelope.Instance;
        return envelope;
    }

    private void Peeked(MessageEnvelope envelope)
    {
        _lastWasNoMessage = false;
        _lastMessage = envelope ?? NullMessageEnvelope.Instance;
    }

    private bool IsFished<T>(MessageEnvelope envelope, Predicate<T> isMessage, TimeSpan limit, string hint)
    {
        _assertions.AssertTrue(envelope != null, "{0}", $"Timeout ({limit}) during fishForMessage{(string.IsNullOrEmpty(hint) ? "" : ", hint: " + hint)}");
        return envelope.Message is T typed && isMessage(typed);
    }

    private List<object> ReceiveMany(int count, TimeSpan max, CancellationToken cancellationToken)
    {
        var start = Now;
        var received = new List<object>();
        while (received.Count < count)
            received.Add(OneOf(Next(NotNegative(start + max - Now), cancellationToken), count, received.Count, start, max));
        return received;
    }

    private async IAsyncEnumerable<object> ReceiveManyAsync(int count, TimeSpan max, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = Now;
        for (var received = 0; received < count; received++)
            yield return OneOf(await NextAsync(NotNegative(start + max - Now), cancellationToken), count, received, start, max);
    }

    private object OneOf(MessageEnvelope envelope, int count, int received, TimeSpan start, TimeSpan max)
    {
        _assertions.AssertTrue(envelope != null, "{0}", $"Timeout ({max}) while expecting {count} messages. Only got {received} after {Now - start}.");
        return envelope.Message;
    }
}
