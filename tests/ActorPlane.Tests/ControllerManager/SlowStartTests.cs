using ActorPlane.ControllerManager;

namespace ActorPlane.Tests.ControllerManager;

public class SlowStartTests
{
    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(3, new[] { 1, 2 })]
    [InlineData(10, new[] { 1, 2, 4, 3 })]
    [InlineData(500, new[] { 1, 2, 4, 8, 16, 32, 64, 128, 245 })]
    public void Batches_double_until_all_are_ordered(int count, int[] batches)
    {
        var seen = new List<int>();
        for (var batch = SlowStart.Begin(count, 1); batch.BatchSize > 0; batch = batch.Next()) seen.Add(batch.BatchSize);
        Assert.Equal(batches, seen);
    }
}
