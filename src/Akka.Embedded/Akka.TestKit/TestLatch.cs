namespace Akka.TestKit;

/// <summary>Lets a test wait until something has happened a number of times.</summary>
#pragma warning disable CA1001 // As in Akka.NET, it is not disposed: its wait handle goes with it.
public class TestLatch
#pragma warning restore CA1001
{
    /// <summary>5 s.</summary>
    [Obsolete("This field will be removed. TestKitSettings.DefaultTimeout is an alternative.")]
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly CountdownEvent _latch;
    private readonly Func<TimeSpan, TimeSpan> _dilate;
    private readonly TimeSpan _defaultTimeout;

    /// <summary>Waits for one event, 5 s by default.</summary>
    public TestLatch() : this(1)
    {
    }

    /// <summary>Waits for a number of events, 5 s by default.</summary>
    public TestLatch(int count) : this(count, TimeSpan.FromSeconds(5))
    {
    }

    /// <summary>Waits for a number of events.</summary>
    public TestLatch(int count, TimeSpan defaultTimeout) : this(null, defaultTimeout, count)
    {
    }

    /// <summary>Waits for a number of events.</summary>
    /// <param name="dilate">Multiplies times on a slow machine; <c>null</c> if they stay as they are.</param>
    /// <param name="defaultTimeout">How long to wait.</param>
    /// <param name="count">How many events.</param>
    protected TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count)
    {
        _latch = new CountdownEvent(count);
        _dilate = dilate;
        _defaultTimeout = defaultTimeout;
    }

    /// <summary>Whether all events have happened.</summary>
    public bool IsOpen => _latch.CurrentCount == 0;

    /// <summary>An event has happened.</summary>
    public void CountDown() => _latch.Signal();

    /// <summary>All events have happened.</summary>
    public void Open()
    {
        while (!IsOpen)
            CountDown();
    }

    /// <summary>Begins to count anew.</summary>
    public void Reset() => _latch.Reset();

    /// <summary>Waits for the events.</summary>
    /// <exception cref="TimeoutException">They did not happen in time.</exception>
    /// <exception cref="ArgumentException">The time is infinite.</exception>
    public void Ready(TimeSpan timeout)
    {
        if (timeout == TimeSpan.MaxValue)
            throw new ArgumentException("TestLatch does not support waiting for TimeSpan.MaxValue", nameof(timeout));
        var dilated = _dilate?.Invoke(timeout) ?? timeout;
        if (!_latch.Wait(dilated))
            throw new TimeoutException($"Timeout of {dilated}");
    }

    /// <summary>Waits for the events.</summary>
    /// <exception cref="TimeoutException">They did not happen in time.</exception>
    public void Ready() => Ready(_defaultTimeout);

    internal static TestLatch For(TestKitBase testKit, int count) => new(testKit.Dilated, testKit.TestKitSettings.DefaultTimeout, count);
}
