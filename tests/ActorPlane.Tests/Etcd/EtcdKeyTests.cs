using ActorPlane.Etcd;

namespace ActorPlane.Tests.Etcd;

public class EtcdKeyTests
{
    [Theory]
    [InlineData("/a", "/b")]
    [InlineData("/registry/pods/", "/registry/pods0")]
    public void The_end_of_a_prefix_is_its_last_byte_raised(string prefix, string end) =>
        Assert.Equal(EtcdKey.Of(end), EtcdKey.Of(prefix).PrefixEnd());

    [Fact]
    public void The_end_of_a_prefix_skips_bytes_that_cannot_be_raised()
    {
        Assert.Equal(EtcdKey.Of([2]), EtcdKey.Of([1, 0xff, 0xff]).PrefixEnd());
        Assert.Equal(EtcdKey.Zero, EtcdKey.Of([0xff, 0xff]).PrefixEnd());
    }

    [Fact]
    public void Ranges_hold_what_etcds_two_special_ends_say()
    {
        EtcdKey a = "a", b = "b", c = "c";
        Assert.True(EtcdKeyRange.Single(b).Contains(b));
        Assert.False(EtcdKeyRange.Single(b).Contains(b.Next()));
        Assert.True(EtcdKeyRange.From(b).Contains(EtcdKey.Of([0xff])));
        Assert.False(EtcdKeyRange.From(b).Contains(a));
        Assert.True(new EtcdKeyRange(a, c).Contains(b));
        Assert.False(new EtcdKeyRange(a, c).Contains(c));
        Assert.True(new EtcdKeyRange(c, a).IsVoid);
        Assert.True(EtcdKeyRange.All.Contains(EtcdKey.Of([0])));
    }

    [Fact]
    public void Keys_are_ordered_by_unsigned_bytes()
    {
        Assert.True(EtcdKey.Of([0x7f]) < EtcdKey.Of([0x80]));
        Assert.True(EtcdKey.Of("a") < EtcdKey.Of("a").Next());
        Assert.True(EtcdKey.Of("a").Next() < EtcdKey.Of([(byte)'a', 1]));
    }
}
