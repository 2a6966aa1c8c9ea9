namespace ActorPlane.Client;

/// <summary>The waits between failures of one thing: doubling, bounded, jittered from the seed, and short again after a quiet time.</summary>
public struct ExponentialBackoff
{
    private TimeSpan _next;
    private DateTimeOffset _lastFailure;

    /// <summary>The wait after a failure at <paramref name="now"/>.</summary>
    public TimeSpan Next(BackoffSettings settings, Chance chance, DateTimeOffset now)
    {
        if (_next == TimeSpan.Zero || now - _lastFailure >= settings.ResetAfter) _next = settings.Initial;
        var wait = _next;
        _lastFailure = now;
        var longer = _next * settings.Factor;
        _next = longer < settings.Max ? longer : settings.Max;
        return chance.Jitter(wait, settings.Jitter);
    }
}
