using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestEvent;

namespace Akka.TestKit.Internal;

/// <summary>Applies filters of log events to what a test does, by telling the system's <see cref="TestEventListener" /> of them.</summary>
public class InternalEventFilterApplier : IEventFilterApplier
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    /// <param name="testkit">The test.</param>
    /// <param name="system">The actor system; that of the test if <c>null</c>.</param>
    /// <param name="filters">The filters.</param>
    public InternalEventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
    {
        _testkit = testkit;
        _system = system;
        _filters = filters;
    }

    /// <inheritdoc />
    public EventFilterFactory And => new(_testkit, _system, _filters);

    private ActorSystem System => _system ?? _testkit.Sys;

    /// <inheritdoc />
    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    /// <inheritdoc />
    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) => Expect(1, timeout, action, cancellationToken);

    /// <inheritdoc />
    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    /// <inheritdoc />
    public T ExpectOne<T>(TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) => Expect(1, timeout, func, cancellationToken);

    /// <inheritdoc />
    public Task ExpectOneAsync(Func<Task> action, CancellationToken cancellationToken = default) => ExpectAsync(1, action, null, cancellationToken);

    /// <inheritdoc />
    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, action, timeout, cancellationToken);

    /// <inheritdoc />
    [Obsolete("Only for backwards compat. Use ExpectOneAsync(Func<Task>, CancellationToken) instead beginning in Akka.NET v1.5")]
    public Task ExpectOneAsync(Action action, CancellationToken cancellationToken = default) => ExpectAsync(1, Async(action), null, cancellationToken);

    /// <inheritdoc />
    public Task<T> ExpectOneAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) => ExpectAsync(1, func, cancellationToken);

    /// <inheritdoc />
    public Task<T> ExpectOneAsync<T>(TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, func, cancellationToken);

    /// <inheritdoc />
    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Returning(action), System, null, expectedCount, null, cancellationToken);

    /// <inheritdoc />
    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Intercept(Returning(action), System, timeout, expectedCount, null, cancellationToken);

    /// <inheritdoc />
    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(func, System, null, expectedCount, null, cancellationToken);

    /// <inheritdoc />
    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Intercept(func, System, timeout, expectedCount, null, cancellationToken);

    /// <inheritdoc />
    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, actionAsync, null, cancellationToken);

    /// <inheritdoc />
    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, TimeSpan? timeout, CancellationToken cancellationToken = default) =>
        InterceptAsync(Returning(actionAsync), System, timeout, expectedCount, null, cancellationToken);

    /// <inheritdoc />
    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, action, timeout, cancellationToken);

    /// <inheritdoc />
    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, Async(action), timeout, cancellationToken);

    /// <inheritdoc />
    public Task<T> ExpectAsync<T>(int expectedCount, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, System, null, expectedCount, null, cancellationToken);

    /// <inheritdoc />
    public Task<T> ExpectAsync<T>(int expectedCount, TimeSpan timeout, Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, System, timeout, expectedCount, null, cancellationToken);

    /// <inheritdoc />
    public void Mute(Action action, CancellationToken cancellationToken = default) => Mute(Returning(action), cancellationToken);

    /// <inheritdoc />
    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default) => Intercept(func, System, null, null, null, cancellationToken);

    /// <inheritdoc />
    public Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default) => MuteAsync(Returning(action), cancellationToken);

    /// <inheritdoc />
    public Task MuteAsync(Action action, CancellationToken cancellationToken = default) => MuteAsync(Async(action), cancellationToken);

    /// <inheritdoc />
    public Task<T> MuteAsync<T>(Func<Task<T>> func, CancellationToken cancellationToken = default) =>
        InterceptAsync(func, System, null, null, null, cancellationToken);

    /// <inheritdoc />
    public IUnmutableFilter Mute()
    {
        System.EventStream.Publish(new Mute(_filters));
        return new UnmutableFilter(System, _filters);
    }

    /// <summary>Runs a function and waits for the events.</summary>
    protected T Intercept<T>(Func<T> func, ActorSystem system, TimeSpan? timeout, int? expectedOccurrences, MatchedEventHandler matchedEventHandler = null,
        CancellationToken cancellationToken = default)
    {
        var limit = Limit(system, timeout);
        var matched = Begin(system, matchedEventHandler);
        try
        {
            var result = func();
            if (!AwaitDone(limit, expectedOccurrences, matched, cancellationToken))
                Fail(limit, expectedOccurrences, matched);
            return result;
        }
        finally
        {
            End(system, matched);
        }
    }

    /// <summary>Runs a function and waits for the events.</summary>
    protected async Task<T> InterceptAsync<T>(Func<Task<T>> func, ActorSystem system, TimeSpan? timeout, int? expectedOccurrences,
        MatchedEventHandler matchedEventHandler = null, CancellationToken cancellationToken = default)
    {
        var limit = Limit(system, timeout);
        var matched = Begin(system, matchedEventHandler);
        try
        {
            var result = await func();
            if (!await AwaitDoneAsync(limit, expectedOccurrences, matched, cancellationToken))
                Fail(limit, expectedOccurrences, matched);
            return result;
        }
        finally
        {
            End(system, matched);
        }
    }

    /// <summary>Waits for the events. If none is expected, it waits whether one comes.</summary>
    protected bool AwaitDone(TimeSpan timeout, int? expectedOccurrences, MatchedEventHandler matchedEventHandler, CancellationToken cancellationToken = default)
    {
        if (expectedOccurrences is not { } expected)
            return true;
        var reached = _testkit.AwaitConditionNoThrow(() => matchedEventHandler.ReceivedCount >= Math.Max(1, expected), timeout, null, cancellationToken);
        return expected == 0 ? !reached : matchedEventHandler.ReceivedCount == expected;
    }

    /// <summary>Waits for the events. If none is expected, it waits whether one comes.</summary>
    protected async Task<bool> AwaitDoneAsync(TimeSpan timeout, int? expectedOccurrences, MatchedEventHandler matchedEventHandler,
        CancellationToken cancellationToken = default)
    {
        if (expectedOccurrences is not { } expected)
            return true;
        var reached = await _testkit.AwaitConditionNoThrowAsync(() => matchedEventHandler.ReceivedCount >= Math.Max(1, expected), timeout, null, cancellationToken);
        return expected == 0 ? !reached : matchedEventHandler.ReceivedCount == expected;
    }

    /// <summary>One message, or several messages.</summary>
    protected static string GetMessageString(int number) => number == 1 ? "message" : "messages";

    private static Func<bool> Returning(Action action) => () =>
    {
        action();
        return true;
    };

    private static Func<Task<bool>> Returning(Func<Task> action) => async () =>
    {
        await action();
        return true;
    };

    private static Func<Task> Async(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private TimeSpan Limit(ActorSystem system, TimeSpan? timeout)
    {
        if (timeout is { } given)
            return _testkit.Dilated(given);
        return system.HasExtension<TestKitSettings>() ? TestKitExtension.For(system).TestEventFilterLeeway : _testkit.TestKitSettings.TestEventFilterLeeway;
    }

    private MatchedEventHandler Begin(ActorSystem system, MatchedEventHandler handler)
    {
        handler ??= new MatchedEventHandler();
        foreach (var filter in _filters)
            filter.EventMatched += handler.HandleEvent;
        system.EventStream.Publish(new Mute(_filters));
        return handler;
    }

    private void End(ActorSystem system, MatchedEventHandler handler)
    {
        foreach (var filter in _filters)
            filter.EventMatched -= handler.HandleEvent;
        system.EventStream.Publish(new Unmute(_filters));
    }

    private void Fail(TimeSpan limit, int? expectedOccurrences, MatchedEventHandler matched)
    {
        var received = matched.ReceivedCount;
        var expected = expectedOccurrences.GetValueOrDefault();
        var filters = string.Join(",", _filters);
        var message = received < expected
            ? $"Timeout ({limit}) while waiting for messages. Only received {received}/{expected} messages that matched filter [{filters}]"
            : $"Received {received - expected} {GetMessageString(received - expected)} too many. Expected {expected} {GetMessageString(expected)} but received {received} that matched filter [{filters}]";
        _testkit.Assertions.Fail("{0}", message);
    }

    /// <summary>Counts the events that filters take.</summary>
    protected class MatchedEventHandler
    {
        private int _received;

        /// <summary>How many were taken.</summary>
        public int ReceivedCount => Volatile.Read(ref _received);

        /// <summary>One was taken.</summary>
        public virtual void HandleEvent(EventFilterBase eventFilter, LogEvent logEvent) => Interlocked.Increment(ref _received);
    }

    private sealed class UnmutableFilter(ActorSystem system, IReadOnlyList<EventFilterBase> filters) : IUnmutableFilter
    {
        private bool _ended;

        public void Unmute()
        {
            if (_ended)
                return;
            _ended = true;
            system.EventStream.Publish(new Unmute(filters));
        }

        public void Dispose() => Unmute();
    }
}
