using ActorPlane.Client;

namespace ActorPlane.Tests.Client;

public sealed class ExponentialBackoffTests
{
    private static readonly BackoffSettings Settings = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), 2, 0, TimeSpan.FromMinutes(2));
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        var backoff = default(ExponentialBackoff);
        var waits = Enumerable.Range(0, 6).Select(i => backoff.Next(Settings, new Chance(1), Start.AddSeconds(i)).TotalSeconds);
        Assert.Equal([1, 2, 4, 8, 10, 10], waits);
    }

    [Fact]
    public void After_a_quiet_time_the_first_wait_is_short_again()
    {
        var backoff = default(ExponentialBackoff);
        for (var i = 0; i < 5; i++) backoff.Next(Settings, new Chance(1), Start);
        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next(Settings, new Chance(1), Start.AddMinutes(2)));
    }

    [Fact]
    public void Jitter_lengthens_a_wait_by_a_share_of_it_drawn_from_the_seed()
    {
        var settings = Settings with { Jitter = 1 };
        var waits = Enumerable.Range(1, 100).Select(seed => default(ExponentialBackoff).Next(settings, new Chance((ulong)seed), Start)).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
        Assert.True(waits.Distinct().Count() > 90);
        Assert.Equal(waits[4], default(ExponentialBackoff).Next(settings, new Chance(5), Start));
    }
}
