using ActorPlane.Network;

namespace ActorPlane.Tests.Network;

public sealed class PipeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_late_holds_up_what_is_behind_it()
    {
        var pipe = new Pipe();
        pipe.Put("late", Now, TimeSpan.FromSeconds(5));
        pipe.Put("quick", Now, TimeSpan.FromSeconds(1));

        Assert.Equal(Now + TimeSpan.FromSeconds(5), pipe.NextDue);
        Assert.False(pipe.TryTake(Now + TimeSpan.FromSeconds(4), out _));
        Assert.Equal(["late", "quick"], Drain(pipe, Now + TimeSpan.FromSeconds(5)));
        Assert.True(pipe.IsEmpty);
    }

    private static List<object> Drain(Pipe pipe, DateTimeOffset now)
    {
        var taken = new List<object>();
        while (pipe.TryTake(now, out var message)) taken.Add(message);
        return taken;
    }
}
