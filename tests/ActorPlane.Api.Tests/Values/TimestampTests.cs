namespace ActorPlane.Api.Tests;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("2024-02-14T10:33:49Z", "2024-02-14T10:33:49Z")]
    [InlineData("2024-02-14T10:33:49.987654321Z", "2024-02-14T10:33:49Z")]
    [InlineData("2024-02-14T12:33:49+02:00", "2024-02-14T10:33:49Z")]
    public void A_time_is_kept_to_the_second_in_UTC(string written, string kept)
    {
        Assert.Equal(kept, Timestamp.Parse(written).ToString());
    }

    [Fact]
    public void A_micro_time_is_kept_to_the_microsecond()
    {
        Assert.Equal("2024-02-14T10:33:49.987654Z", MicroTimestamp.Parse("2024-02-14T10:33:49.987654321Z").ToString());
        Assert.Equal("2024-02-14T10:33:49.000000Z", MicroTimestamp.Parse("2024-02-14T10:33:49Z").ToString());
    }

    [Theory]
    [InlineData("2024-02-14")]
    [InlineData("2024-02-14 10:33:49Z")]
    [InlineData("2024-02-14T10:33:49")]
    [InlineData("2024-13-14T10:33:49Z")]
    [InlineData("yesterday")]
    public void What_Go_does_not_read_is_refused(string written)
    {
        Assert.False(Timestamp.TryParse(written, out _));
    }

    [Theory]
    [InlineData("9999-12-30T00:00:00Z", long.MaxValue, "9999-12-31T23:59:59Z")]
    [InlineData("0001-01-02T00:00:00Z", long.MinValue, "0001-01-01T00:00:00Z")]
    [InlineData("2024-02-14T10:33:49Z", 11, "2024-02-14T10:34:00Z")]
    public void A_time_stays_within_the_calendar_whatever_is_added(string time, long seconds, string later)
    {
        Assert.Equal(later, (Timestamp.Parse(time) + Durations.OfSeconds(seconds)).ToString());
    }
}
