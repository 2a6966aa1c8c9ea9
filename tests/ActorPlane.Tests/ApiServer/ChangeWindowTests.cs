using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer;

public sealed class ChangeWindowTests
{
    [Fact]
    public void A_watch_may_begin_where_the_window_began()
    {
        var window = Window(capacity: 3, floor: 10);
        Assert.Equal(10, window.Floor);
        Assert.Empty(window.After(10));
    }

    [Fact]
    public void What_came_after_a_revision_is_told_in_order()
    {
        var window = Window(capacity: 100, floor: 10, 12, 15, 19);
        Assert.Equal([12, 15, 19], window.After(10).Select(change => change.Revision));
        Assert.Equal([15, 19], window.After(12).Select(change => change.Revision));
        Assert.Equal([15, 19], window.After(14).Select(change => change.Revision));
        Assert.Empty(window.After(19));
    }

    [Fact]
    public void A_full_window_forgets_the_oldest_and_raises_its_floor()
    {
        var window = Window(capacity: 3, floor: 10, 12, 15, 19, 20, 23);
        Assert.Equal((3, 15L), (window.Count, window.Floor));
        Assert.Equal([19, 20, 23], window.After(15).Select(change => change.Revision));
        Assert.Equal([23], window.After(20).Select(change => change.Revision));
    }

    [Fact]
    public void The_window_holds_its_capacity_whatever_its_size()
    {
        for (var capacity = 1; capacity < 70; capacity++)
        {
            var window = Window(capacity, floor: 0, [.. Enumerable.Range(1, 200).Select(i => (long)i)]);
            Assert.Equal(capacity, window.Count);
            Assert.Equal(200 - capacity, window.Floor);
            Assert.Equal(Enumerable.Range(201 - capacity, capacity).Select(i => (long)i), window.After(window.Floor).Select(change => change.Revision));
        }
    }

    [Fact]
    public void What_is_no_longer_fresh_is_forgotten_but_for_the_last_hundred()
    {
        var window = new ChangeWindow(capacity: 1000, floor: 0);
        for (var i = 1; i <= 500; i++) window.Add(new ObjectChange(null, null, null, i, default), Start.AddSeconds(i));

        window.Trim(Start.AddSeconds(301));
        Assert.Equal((200, 300L), (window.Count, window.Floor));
        Assert.Equal(Enumerable.Range(301, 200).Select(i => (long)i), window.After(300).Select(change => change.Revision));

        window.Trim(Start.AddSeconds(1000));
        Assert.Equal((100, 400L), (window.Count, window.Floor));
        window.Add(new ObjectChange(null, null, null, 501, default), Start.AddSeconds(1000));
        Assert.Equal(Enumerable.Range(401, 101).Select(i => (long)i), window.After(400).Select(change => change.Revision));
    }

    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static ChangeWindow Window(int capacity, long floor, params long[] revisions)
    {
        var window = new ChangeWindow(capacity, floor);
        foreach (var revision in revisions) window.Add(new ObjectChange(null, null, null, revision, default), Start);
        return window;
    }
}
