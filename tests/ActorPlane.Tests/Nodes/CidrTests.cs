using ActorPlane.Nodes;

namespace ActorPlane.Tests.Nodes;

public sealed class CidrTests
{
    [Theory]
    [InlineData("10.0.0.0/8", 0, 24, "10.0.0.0/24")]
    [InlineData("10.0.0.0/8", 300, 24, "10.1.44.0/24")]
    [InlineData("10.0.0.0/8", 65535, 24, "10.255.255.0/24")]
    public void A_range_is_cut_into_parts(string range, int index, int length, string part)
    {
        Assert.True(Cidr.TryParse(range, out var whole));
        Assert.Equal(part, whole.Part(index, length).ToString());
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0/8")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.256/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    public void What_is_no_range_is_refused(string text) => Assert.False(Cidr.TryParse(text, out _));

    [Fact]
    public void A_part_beyond_the_range_is_an_error()
    {
        Assert.True(Cidr.TryParse("10.0.0.0/8", out var whole));
        Assert.Equal(65536, whole.CountOf(24));
        Assert.Throws<ArgumentOutOfRangeException>(() => whole.Part(65536, 24));
    }
}
