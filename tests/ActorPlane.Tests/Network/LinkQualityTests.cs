using ActorPlane.Network;

namespace ActorPlane.Tests.Network;

public sealed class LinkQualityTests
{
    private static readonly RetransmissionSettings Settings = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), 5);

    [Fact]
    public void Without_loss_a_message_takes_the_latency() =>
        Assert.Equal(TimeSpan.FromMilliseconds(30), new LinkQuality(false, TimeSpan.FromMilliseconds(30), 0).Delay(new Chance(1), Settings));

    [Fact]
    public void What_is_always_lost_is_given_up() => Assert.Null(new LinkQuality(false, TimeSpan.Zero, 1).Delay(new Chance(1), Settings));

    [Fact]
    public void A_loss_shows_as_the_wait_before_the_repetition()
    {
        const int messages = 10_000;
        var (chance, quality) = (new Chance(7), new LinkQuality(false, TimeSpan.Zero, 0.5));

        var delays = Enumerable.Range(0, messages).Select(_ => quality.Delay(chance, Settings)).ToList();

        // 1, 2, 4, 4 and 4 s after one loss more each: nothing in between.
        Assert.Equal([0, 1, 3, 7, 11, 15], delays.OfType<TimeSpan>().Select(delay => delay.TotalSeconds).Distinct().Order());
        Assert.InRange(delays.Count(delay => delay == TimeSpan.Zero), 0.48 * messages, 0.52 * messages);
        Assert.InRange(delays.Count(delay => delay is null), 0.010 * messages, 0.022 * messages);
    }
}
