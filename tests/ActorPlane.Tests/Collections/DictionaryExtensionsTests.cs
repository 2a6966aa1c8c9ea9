using ActorPlane.Collections;

namespace ActorPlane.Tests.Collections;

public sealed class DictionaryExtensionsTests
{
    [Fact]
    public void The_room_of_a_burst_is_given_back_when_nothing_is_left()
    {
        var underWay = new Dictionary<int, string>();
        for (var i = 0; i < 10_000; i++) underWay[i] = "write";
        for (var i = 1; i < 10_000; i++) Assert.True(underWay.RemoveAndShrink(i));
        Assert.InRange(underWay.Capacity, 10_000, int.MaxValue);

        Assert.True(underWay.RemoveAndShrink(0));
        Assert.InRange(underWay.Capacity, 0, 16);
        Assert.False(underWay.RemoveAndShrink(0));
    }
}
