namespace Akka.TestKit.Extensions;

/// <summary>Waits for tasks, but not for ever.</summary>
public static class TaskExtensions
{
    /// <summary>Waits for a task.</summary>
    /// <returns>Whether it completed in time.</returns>
    public static async Task<bool> AwaitWithTimeout(this Task parentTask, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        if (await Task.WhenAny(parentTask, Task.Delay(timeout, cancellationToken)) != parentTask)
            return false;
        await parentTask;
        return true;
    }

    /// <summary>Waits for the result of a task.</summary>
    /// <exception cref="TimeoutException">It did not complete in time.</exception>
    public static Task<T> WithTimeout<T>(this Task<T> parentTask, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        parentTask.WaitAsync(timeout, cancellationToken);

    /// <summary>Waits for the result of a task.</summary>
    /// <exception cref="TimeoutException">It did not complete in time.</exception>
    public static async Task<T> ShouldCompleteWithin<T>(this Task<T> task, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        await ((Task)task).ShouldCompleteWithin(timeout, because, becauseArgs);
        return await task;
    }

    /// <summary>Waits for a task and compares its result.</summary>
    /// <exception cref="TimeoutException">It did not complete in time.</exception>
    /// <exception cref="InvalidOperationException">It has another result.</exception>
    public static async Task ShouldCompleteWithin<T>(this Task<T> task, T expected, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        var actual = await task.ShouldCompleteWithin(timeout, because, becauseArgs);
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"Expected the task to return {expected}{Reason(because, becauseArgs)}, but it returned {actual}.");
    }

    /// <summary>Waits for a task.</summary>
    /// <exception cref="TimeoutException">It did not complete in time.</exception>
    public static async Task ShouldCompleteWithin(this Task task, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        if (await Task.WhenAny(task, Task.Delay(timeout)) != task)
            throw new TimeoutException($"Expected the task to complete within {timeout}{Reason(because, becauseArgs)}.");
        await task;
    }

    /// <summary>Waits for a task to fail.</summary>
    /// <returns>The exception that it failed with.</returns>
    /// <exception cref="TimeoutException">It did not complete in time.</exception>
    /// <exception cref="InvalidOperationException">It did not fail, or with another exception.</exception>
    public static async Task<T> ShouldThrowWithin<T>(this Task task, TimeSpan timeout, string because = "", params object[] becauseArgs) where T : Exception
    {
        Exception thrown = null;
        if (await Task.WhenAny(task, Task.Delay(timeout)) != task)
            throw new TimeoutException($"Expected the task to fail within {timeout}{Reason(because, becauseArgs)}.");
        try
        {
            await task;
        }
        catch (T expected)
        {
            return expected;
        }
        catch (Exception other)
        {
            thrown = other;
        }

        throw new InvalidOperationException($"Expected the task to fail with {typeof(T)}{Reason(because, becauseArgs)}, but found {thrown?.GetType().ToString() ?? "none"}.", thrown);
    }

    /// <summary>Waits for a task to fail with an exception of the same type and message.</summary>
    /// <exception cref="TimeoutException">It did not complete in time.</exception>
    /// <exception cref="InvalidOperationException">It did not fail, or with another exception.</exception>
    public static async Task ShouldThrowWithin<T>(this Task task, T expected, TimeSpan timeout, string because = "", params object[] becauseArgs) where T : Exception
    {
        var actual = await task.ShouldThrowWithin<T>(timeout, because, becauseArgs);
        if (!Equals(actual, expected) && (actual.GetType() != expected.GetType() || actual.Message != expected.Message))
            throw new InvalidOperationException($"Expected the task to fail with {expected}{Reason(because, becauseArgs)}, but found {actual}.", actual);
    }

    private static string Reason(string because, object[] arguments) =>
        string.IsNullOrEmpty(because) ? "" : " because " + string.Format(System.Globalization.CultureInfo.InvariantCulture, because, arguments);
}
