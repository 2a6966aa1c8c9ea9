namespace Akka.TestKit;

/// <summary>Lets a number of threads wait for each other.</summary>
#pragma warning disable CA1001 // As in Akka.NET, it is not disposed: its wait handle goes with it.
public class TestBarrier
#pragma warning restore CA1001
{
    /// <summary>5 s.</summary>
    [Obsolete("This field will be removed in future versions.")]
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly TestKitBase _testKit;
    private readonly int _count;
    private readonly TimeSpan _defaultTimeout;
    private Barrier _barrier;

    /// <param name="testKit">Multiplies times on a slow machine.</param>
    /// <param name="count">How many threads.</param>
    /// <param name="defaultTimeout">How long they wait; the default of the test kit if not given.</param>
    public TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
    {
        _testKit = testKit;
        _count = count;
        _defaultTimeout = defaultTimeout ?? testKit.TestKitSettings.DefaultTimeout;
        _barrier = new Barrier(count);
    }

    /// <summary>Waits for the other threads.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public void Await() => Await(_defaultTimeout);

    /// <summary>Waits for the other threads.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public void Await(TimeSpan timeout)
    {
        var dilated = _testKit.Dilated(timeout);
        if (!_barrier.SignalAndWait(dilated))
            throw new TimeoutException($"Timeout of {dilated} waiting for the barrier");
    }

    /// <summary>Begins anew.</summary>
    public void Reset() => _barrier = new Barrier(_count);
}
