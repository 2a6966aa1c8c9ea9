using ActorPlane.Kubelet;

namespace ActorPlane.Tests.Kubelet;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.00025, "250µs")]
    [InlineData(0.25, "250ms")]
    [InlineData(1.5, "1.5s")]
    [InlineData(10, "10s")]
    [InlineData(80, "1m20s")]
    [InlineData(300, "5m0s")]
    [InlineData(3600, "1h0m0s")]
    [InlineData(90061, "25h1m1s")]
    public void Durations_read_as_in_Go(double seconds, string text) => Assert.Equal(text, GoDuration.Format(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("-250ms", -0.25)]
    [InlineData("+32s", 32)]
    [InlineData("1.5h", 5400)]
    public void Texts_of_Go_are_durations(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), GoDuration.Parse(text));

    [Theory]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("soon", "time: invalid duration \"soon\"")]
    [InlineData("10", "time: missing unit in duration \"10\"")]
    [InlineData("1d", "time: unknown unit \"d\" in duration \"1d\"")]
    public void Other_texts_are_none(string text, string why) => Assert.Equal(why, Assert.Throws<FormatException>(() => GoDuration.Parse(text)).Message);
}
