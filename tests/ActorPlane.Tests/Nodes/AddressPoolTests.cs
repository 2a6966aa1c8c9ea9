using ActorPlane.Nodes;

namespace ActorPlane.Tests.Nodes;

public sealed class AddressPoolTests
{
    [Fact]
    public void Addresses_go_round()
    {
        Assert.True(Cidr.TryParse("10.0.1.0/29", out var range));
        var pool = new AddressPool(range);

        Assert.Equal("10.0.1.2", Take(pool));
        Assert.Equal("10.0.1.3", Take(pool));
        pool.Release(range.Address + 2);
        Assert.Equal("10.0.1.4", Take(pool));
        Assert.Equal("10.0.1.5", Take(pool));
        Assert.Equal("10.0.1.6", Take(pool));
        Assert.Equal("10.0.1.2", Take(pool));
        Assert.False(pool.TryTake(out _));
        Assert.Equal(5, pool.Size);
    }

    private static string Take(AddressPool pool)
    {
        Assert.True(pool.TryTake(out var address));
        return Cidr.Dotted(address);
    }
}
