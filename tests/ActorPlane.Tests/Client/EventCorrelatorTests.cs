using ActorPlane.Client;

namespace ActorPlane.Tests.Client;

public sealed class EventCorrelatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly EventSettings Settings = new(100, 10, TimeSpan.FromMinutes(10), 25, TimeSpan.FromMinutes(5));

    private readonly EventCorrelator _correlator = new(Settings, new Chance(1));

    [Fact]
    public void The_same_message_again_raises_the_count()
    {
        var first = Observe("BackOff", "restarting", 0)!.Value;
        var second = Observe("BackOff", "restarting", 30)!.Value;
        Assert.Equal(first with { Count = 2, Last = Start.AddSeconds(30).UtcDateTime }, second);
        Assert.Equal(Start.UtcDateTime, second.First);
    }

    [Fact]
    public void Another_message_or_reason_or_object_is_another_event()
    {
        var all = new[]
        {
            Observe("BackOff", "restarting a", 0), Observe("BackOff", "restarting b", 0), Observe("Failed", "restarting a", 0),
            _correlator.Observe("other", "Normal", "BackOff", "restarting a", Start),
        };
        Assert.Equal(4, all.DistinctBy(series => series!.Value.Id).Count());
        Assert.All(all, series => Assert.Equal(1, series!.Value.Count));
    }

    [Fact]
    public void From_the_tenth_message_on_what_differs_only_in_its_text_is_combined()
    {
        var series = Enumerable.Range(1, 12).Select(i => Observe("SuccessfulCreate", $"Created pod: web-{i}", i)!.Value).ToList();
        Assert.Equal(10, series.DistinctBy(one => one.Id).Count());
        Assert.Equal("Created pod: web-9", series[8].Message);
        Assert.Equal(series[9].Id, series[11].Id);
        Assert.Equal((3, "(combined from similar events): Created pod: web-12"), (series[11].Count, series[11].Message));
    }

    [Fact]
    public void What_is_far_apart_is_not_similar()
    {
        Assert.All(Enumerable.Range(1, 20), i => Assert.Equal($"message {i}", Observe("Odd", $"message {i}", i * 700)!.Value.Message));
    }

    [Fact]
    public void Who_says_too_much_about_one_object_is_cut_short()
    {
        Assert.All(Enumerable.Range(1, 25), _ => Assert.NotNull(Observe("Unhealthy", "probe failed", 0)));
        Assert.Null(Observe("Unhealthy", "probe failed", 0));
        Assert.Null(Observe("Unhealthy", "probe failed", 299));
        Assert.NotNull(Observe("Unhealthy", "probe failed", 300));
        Assert.Null(Observe("Unhealthy", "probe failed", 301));
        Assert.NotNull(_correlator.Observe("other", "Normal", "Unhealthy", "probe failed", Start.AddSeconds(301)));
    }

    [Fact]
    public void The_objects_that_were_silent_longest_are_forgotten()
    {
        for (var i = 0; i < 1000; i++) _correlator.Observe($"pod-{i}", "Normal", "Started", "started", Start);
        Assert.Equal(100, _correlator.Count);
        Assert.Equal(2, _correlator.Observe("pod-999", "Normal", "Started", "started", Start)!.Value.Count);
        Assert.Equal(1, _correlator.Observe("pod-0", "Normal", "Started", "started", Start)!.Value.Count);
    }

    private EventSeries? Observe(string reason, string message, int seconds) =>
        _correlator.Observe("web", "Normal", reason, message, Start.AddSeconds(seconds));
}
