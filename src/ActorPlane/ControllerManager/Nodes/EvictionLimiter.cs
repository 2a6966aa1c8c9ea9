namespace ActorPlane.ControllerManager.Nodes;

/// <summary>
/// Lets nodes of one zone be evicted one by one: a bucket for one token that fills at a rate. Pure: time is an argument.
/// (<c>C/nodelifecycle/scheduler/rate_limited_queue.go</c>, burst 1.)
/// </summary>
public sealed class EvictionLimiter(DateTimeOffset now)
{
    private DateTimeOffset _filledAt = now;
    private double _tokens = 1;
    private double _rate;

    /// <summary>From <paramref name="now"/> on, so many nodes a second.</summary>
    public void SetRate(double rate, DateTimeOffset now)
    {
        Fill(now);
        _rate = rate;
    }

    /// <summary>Takes a token if there is one.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        Fill(now);
        if (_rate <= 0 || _tokens < 1) return false;
        _tokens--;
        return true;
    }

    /// <summary>How long until there is a token; null when the rate is 0.</summary>
    public TimeSpan? Wait(DateTimeOffset now)
    {
        Fill(now);
        if (_rate <= 0) return null;
        return _tokens >= 1 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Ceiling((1 - _tokens) / _rate * TimeSpan.TicksPerSecond));
    }

    private void Fill(DateTimeOffset now)
    {
        // Within a billionth of a whole token the rest is the rounding of the division.
        var tokens = _tokens + (now - _filledAt).TotalSeconds * _rate;
        _tokens = tokens >= 1 - 1e-9 ? 1 : tokens;
        _filledAt = now;
    }
}
