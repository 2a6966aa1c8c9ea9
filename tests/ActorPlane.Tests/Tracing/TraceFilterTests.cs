using ActorPlane.Tracing;

namespace ActorPlane.Tests.Tracing;

public sealed class TraceFilterTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("scheduler", true)]
    [InlineData("APISERVER", true)]
    [InlineData("Bind", true)]
    [InlineData("web-1", true)]
    [InlineData("etcd", false)]
    [InlineData("etcd, web-1", true)]
    [InlineData("-web-1", false)]
    [InlineData("scheduler,-node-3", false)]
    [InlineData("scheduler,-lease", true)]
    [InlineData(" , -", true)]
    public void A_message_is_shown_when_a_word_names_it_and_no_word_hides_it(string words, bool expected) =>
        Assert.Equal(expected, TraceFilter.Parse(words).Shows("kube-scheduler", "kube-apiserver", "Bind", "bind pod default/web-1 to node-3"));

    [Fact]
    public void None_shows_everything() => Assert.True(TraceFilter.None.Shows("", "", "", ""));
}
