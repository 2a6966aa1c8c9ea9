using ActorPlane.Scheduler;

namespace ActorPlane.Tests.Scheduler;

public class NodeSamplingTests
{
    [Theory]
    [InlineData(5, 5)]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(500, 230)]
    [InlineData(1000, 420)]
    [InlineData(5000, 500)]
    [InlineData(10000, 500)]
    public void The_sample_follows_the_size_of_the_cluster(int nodes, int feasible) =>
        Assert.Equal(feasible, new NodeSampling(100, 5).FeasibleToFind(nodes));
}
