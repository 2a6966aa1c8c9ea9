using Akka.Configuration;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

public class AwaitTests : Xunit2.TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    public AwaitTests() : base(ConfigurationFactory.ParseString("akka.test.timefactor = 2"))
    {
    }

    [Fact]
    public async Task A_condition_is_looked_at_until_it_holds()
    {
        var looks = 0;
        AwaitCondition(() => ++looks == 3, TimeSpan.FromSeconds(3), Step);
        await AwaitConditionAsync(() => ++looks == 6, TimeSpan.FromSeconds(3), Step);

        Assert.Equal(6, looks);
        Assert.False(AwaitConditionNoThrow(() => false, Soon, Step));
        Assert.Contains("while waiting for condition. of mine", Assert.Throws<FailException>(() => AwaitCondition(() => false, Soon, Step, "of mine")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_assertion_is_tried_until_it_holds()
    {
        var tries = 0;
        AwaitAssert(() => Assert.Equal(3, ++tries), TimeSpan.FromSeconds(3), Step);
        await AwaitAssertAsync(async () =>
        {
            await Task.Yield();
            Assert.Equal(6, ++tries);
        }, TimeSpan.FromSeconds(3), Step);

        Assert.Equal(6, tries);
        Assert.Throws<EqualException>(() => AwaitAssert(() => Assert.Equal(0, ++tries), Soon, Step));
    }

    [Fact]
    public void Times_are_dilated()
    {
        Assert.Equal(TimeSpan.FromSeconds(6), Dilated(TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromSeconds(6), RemainingOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(2), RemainingOrDilated(TimeSpan.FromSeconds(1)));
        Assert.Equal(Timeout.InfiniteTimeSpan, Dilated(Timeout.InfiniteTimeSpan));
        Assert.Throws<ArgumentException>(() => RemainingOrDilated(Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task A_block_must_end_within_its_time()
    {
        Assert.Equal(5, Within(TimeSpan.FromSeconds(3), () => 5));
        Assert.Throws<FailException>(() => Within(Soon, () => Thread.Sleep(100)));
        Assert.Throws<FailException>(() => Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), () => { }));
        Within(Soon, () => ExpectNoMsg());
        await WithinAsync(TimeSpan.FromSeconds(3), () => Task.CompletedTask);
        await Assert.ThrowsAsync<FailException>(() => WithinAsync(Soon, () => Task.Delay(100)));
    }

    [Fact]
    public void What_is_left_of_a_block_limits_what_is_inside()
    {
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Within(TimeSpan.FromSeconds(10), () =>
        {
            Assert.True(Remaining <= TimeSpan.FromSeconds(20));
            Within(TimeSpan.FromSeconds(100), () => Assert.True(Remaining <= TimeSpan.FromSeconds(20)));
            Within(TimeSpan.FromSeconds(1), () => Assert.True(RemainingOrDefault <= TimeSpan.FromSeconds(2)));
        });
    }

    [Fact]
    public void Latches_and_barriers_wait()
    {
        var latch = CreateTestLatch(2);
        latch.CountDown();
        Assert.Throws<TimeoutException>(() => latch.Ready(Soon));
        latch.Open();
        latch.Ready();
        Assert.True(latch.IsOpen);

        var barrier = CreateTestBarrier(2);
        Assert.Throws<TimeoutException>(() => barrier.Await(Soon));
    }
}
