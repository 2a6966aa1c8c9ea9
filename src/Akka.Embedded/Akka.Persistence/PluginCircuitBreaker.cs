using Akka.Actor;
using Akka.Configuration;
using Akka.Pattern;

namespace Akka.Persistence;

/// <summary>
/// Protects a data store: after <c>max-failures</c> failed calls in a row every call fails at once, until <c>reset-timeout</c>
/// has passed and one call may try. A call that takes longer than <c>call-timeout</c> has failed. A call that completes
/// before it returns costs no timer and no thread.
/// </summary>
internal sealed class PluginCircuitBreaker(IScheduler scheduler, Config config)
{
    private readonly int _maxFailures = config.GetInt("circuit-breaker.max-failures");
    private readonly TimeSpan _callTimeout = config.GetTimeSpan("circuit-breaker.call-timeout");
    private readonly TimeSpan _resetTimeout = config.GetTimeSpan("circuit-breaker.reset-timeout");
    private readonly Lock _lock = new();
    private volatile bool _isTroubled;
    private int _failures;
    private bool _isOpen;
    private bool _isTrying;
    private TimeSpan _openedAt;

    public Task<T> Call<TState, T>(TState state, Func<TState, Task<T>> body)
    {
        if (_isTroubled && RefusesCall() is { } refusal)
        {
            return Task.FromException<T>(refusal);
        }

        Task<T> call;
        try
        {
            call = body(state);
        }
        catch (Exception e)
        {
            Failed();
            return Task.FromException<T>(e);
        }

        if (!call.IsCompleted)
        {
            return Watch(call);
        }

        Done(call);
        return call;
    }

    public Task Call<TState>(TState state, Func<TState, Task> body) => Call((state, body), static async s =>
    {
        await s.body(s.state).ConfigureAwait(false);
        return true;
    });

    private Task<T> Watch<T>(Task<T> call)
    {
        if (_callTimeout <= TimeSpan.Zero)
        {
            call.ContinueWith(Done, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return call;
        }

        var outcome = new TaskCompletionSource<T>();
        var timer = scheduler.Advanced.ScheduleOnceCancelable(_callTimeout, () =>
        {
            if (outcome.TrySetException(new TimeoutException($"The data store did not answer within {_callTimeout.TotalSeconds} s (circuit-breaker.call-timeout).")))
            {
                Failed();
            }
        });
        call.ContinueWith(
            done =>
            {
                timer.Cancel();
                if (outcome.TrySetFromTask(done))
                {
                    Done(done);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return outcome.Task;
    }

    private void Done(Task call)
    {
        if (!call.IsCompletedSuccessfully)
        {
            Failed();
        }
        else if (_isTroubled)
        {
            lock (_lock)
            {
                _failures = 0;
                _isOpen = _isTrying = _isTroubled = false;
            }
        }
    }

    private void Failed()
    {
        lock (_lock)
        {
            _isTroubled = true;
            _failures++;
            if (_isTrying || _failures >= _maxFailures)
            {
                _isOpen = true;
                _isTrying = false;
                _openedAt = scheduler.MonotonicClock;
            }
        }
    }

    private OpenCircuitException? RefusesCall()
    {
        lock (_lock)
        {
            if (!_isOpen)
            {
                return null;
            }

            var remaining = _openedAt + _resetTimeout - scheduler.MonotonicClock;
            if (remaining <= TimeSpan.Zero && !_isTrying)
            {
                _isTrying = true;
                return null;
            }

            return new OpenCircuitException("Circuit Breaker is open; calls are failing fast", remaining);
        }
    }
}
