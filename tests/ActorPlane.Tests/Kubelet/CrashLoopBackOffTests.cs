using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class CrashLoopBackOffTests
{
    private static readonly CrashLoopSettings Settings = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(300), TimeSpan.FromMinutes(10));
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_waits_are_none_then_ten_seconds_doubling_to_five_minutes()
    {
        var backOff = CrashLoopBackOff.None;
        var now = Start;
        var waits = new List<double>();
        for (var crash = 0; crash < 9; crash++)
        {
            var restart = backOff.NextStart(now, Settings);
            waits.Add((restart - now).TotalSeconds);
            backOff = backOff.Restarted(now, restart, Settings);
            now = restart + TimeSpan.FromSeconds(1);
        }

        Assert.Equal([0, 10, 20, 40, 80, 160, 300, 300, 300], waits);
    }

    [Fact]
    public void A_container_that_ran_for_more_than_ten_minutes_starts_over()
    {
        var failing = new CrashLoopBackOff(TimeSpan.FromSeconds(160), Start);
        var justBefore = Start + TimeSpan.FromMinutes(10);
        var later = justBefore + TimeSpan.FromTicks(1);

        Assert.Equal(justBefore + TimeSpan.FromSeconds(160), failing.NextStart(justBefore, Settings));
        Assert.Equal(later, failing.NextStart(later, Settings));
        Assert.Equal(new CrashLoopBackOff(TimeSpan.FromSeconds(10), later), failing.Restarted(later, later, Settings));
    }
}
