using ActorPlane.Tracing;

namespace ActorPlane.Tests.Tracing;

public sealed class TraceIndentTests
{
    private static readonly Cause Chain = new(7);
    private readonly TraceIndent _indent = new();

    [Fact]
    public void What_follows_stands_one_deeper_than_what_led_to_it()
    {
        Assert.Equal((0, true), Depth("kubectl", "kube-apiserver"));
        Assert.Equal((1, false), Depth("kube-apiserver", "etcd"));
        Assert.Equal((2, false), Depth("etcd", "kube-apiserver"));
        Assert.Equal((1, false), Depth("kube-apiserver", "kube-scheduler"));
        Assert.Equal((2, false), Depth("kube-scheduler", "kube-apiserver"));
    }

    [Fact]
    public void Round_trips_push_nothing_deeper()
    {
        Depth("a", "b");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal((1, false), Depth("b", "c"));
            Assert.Equal((2, false), Depth("c", "b"));
        }
    }

    [Fact]
    public void Chains_do_not_mix()
    {
        Depth("a", "b");
        Assert.Equal(0, _indent.DepthOf(new Cause(8), "b", "c", out var isFirst));
        Assert.True(isFirst);
        Assert.Equal((1, false), Depth("b", "c"));
    }

    [Fact]
    public void A_message_without_a_cause_stands_alone()
    {
        Assert.Equal(0, _indent.DepthOf(Cause.None, "a", "b", out var isFirst));
        Assert.False(isFirst);
        Assert.Equal(0, _indent.DepthOf(Cause.None, "b", "c", out _));
    }

    [Fact]
    public void The_oldest_chain_is_forgotten_when_there_are_too_many()
    {
        Depth("a", "b");
        for (ulong i = 0; i < TraceIndent.MaxCauses; i++) _indent.DepthOf(new Cause(1000 + i), "a", "b", out _);

        Assert.Equal((0, true), Depth("b", "c"));
    }

    private (int, bool) Depth(string from, string to) => (_indent.DepthOf(Chain, from, to, out var isFirst), isFirst);
}
