using Akka.TestKit.Internal;

namespace Akka.TestKit;

// Runs blocks that must end in time.
public abstract partial class TestKitBase
{
    /// <summary>Runs a block that must end before a time, dilated, has passed.</summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must end after one time and before another one, dilated, has passed.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within<object>(min, max, () =>
        {
            action();
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must end before a time, dilated, has passed.</summary>
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must end after one time and before another one, dilated, has passed.</summary>
    /// <param name="min">It must not take less.</param>
    /// <param name="max">It must not take more. Not checked if the last thing that it did was to expect no message.</param>
    /// <param name="function">The block.</param>
    /// <param name="hint">What the failure says.</param>
    /// <param name="epsilonValue">What is added to the limit.</param>
    /// <param name="cancellationToken">Not to begin at all.</param>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        var (start, limit, outerEnd) = BeginWithin(min, max, hint, cancellationToken);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = outerEnd;
        }

        EndWithin(min, limit, start, hint, epsilonValue);
        return result;
    }

    /// <summary>Runs a block that must end before a time, dilated, has passed.</summary>
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must end after one time and before another one, dilated, has passed.</summary>
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync<object>(min, max, async () =>
        {
            await actionAsync();
            return null;
        }, hint, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must end before a time, dilated, has passed.</summary>
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <summary>Runs a block that must end after one time and before another one, dilated, has passed. A block that does not end fails as well.</summary>
    public async Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var (start, limit, outerEnd) = BeginWithin(min, max, hint, cancellationToken);
        T result;
        try
        {
            // What the block waits for ends by itself at the limit, and says better what was missing: so it gets a little longer.
            result = await function().WaitAsync(limit.Min(TimeSpan.FromDays(1)) + epsilonValue.GetValueOrDefault() + Dilated(TestKitSettings.SingleExpectDefault), cancellationToken);
        }
        catch (TimeoutException) when (Now - start > limit)
        {
            _assertions.Fail("{0}", $"Failed: Block did not end within {limit}. {hint}");
            throw;
        }
        finally
        {
            _end = outerEnd;
        }

        EndWithin(min, limit, start, hint, epsilonValue);
        return result;
    }

    private (TimeSpan Start, TimeSpan Limit, TimeSpan? OuterEnd) BeginWithin(TimeSpan min, TimeSpan max, string hint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(min, TimeSpan.Zero);
        var dilated = Dilated(max);
        var start = Now;
        var outerEnd = _end;
        var remaining = outerEnd is { } end ? end - start : Timeout.InfiniteTimeSpan;
        _assertions.AssertTrue(remaining == Timeout.InfiniteTimeSpan || remaining >= min, "{0}",
            $"Required min time {min} not possible, only {remaining} left. {hint}");
        _lastWasNoMessage = false;
        var limit = dilated.Min(outerEnd == null ? null : remaining);
        _end = start + limit;
        return (start, limit, outerEnd);
    }

    private void EndWithin(TimeSpan min, TimeSpan limit, TimeSpan start, string hint, TimeSpan? epsilon)
    {
        var elapsed = Now - start;
        if (elapsed < min)
            _assertions.Fail("{0}", $"Failed: Block took {elapsed}, should have at least been {min}. {hint}");
        if (!_lastWasNoMessage && elapsed > limit + epsilon.GetValueOrDefault())
            _assertions.Fail("{0}", $"Failed: Block took {elapsed}, exceeding {limit}. {hint}");
    }
}
