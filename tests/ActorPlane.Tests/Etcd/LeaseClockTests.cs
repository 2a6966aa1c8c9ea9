using ActorPlane.Etcd;

namespace ActorPlane.Tests.Etcd;

public class LeaseClockTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Leases_end_in_order_of_their_time_and_keeping_one_alive_moves_it_back()
    {
        var clock = new LeaseClock();
        clock.Start(1, Start.AddSeconds(10));
        clock.Start(2, Start.AddSeconds(5));
        clock.Start(3, Start.AddSeconds(5));
        clock.Start(2, Start.AddSeconds(20));
        Assert.Equal(Start.AddSeconds(5), clock.Next);
        Assert.False(clock.TryTakeEnded(Start.AddSeconds(4), out _));
        Assert.True(clock.TryTakeEnded(Start.AddSeconds(12), out var first));
        Assert.True(clock.TryTakeEnded(Start.AddSeconds(12), out var second));
        Assert.False(clock.TryTakeEnded(Start.AddSeconds(12), out _));
        Assert.Equal((3L, 1L), (first, second));
        Assert.Equal(TimeSpan.FromSeconds(8), clock.Left(2, Start.AddSeconds(12)));
        Assert.Equal(TimeSpan.Zero, clock.Left(1, Start));
        clock.Stop(2);
        Assert.Null(clock.Next);
    }
}
