using System.Text;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Tests.Tracing;

public sealed class JsonLinesSinkTests
{
    private static readonly DateTimeOffset Time = new DateTimeOffset(2025, 1, 1, 0, 0, 1, TimeSpan.Zero).AddTicks(5);

    [Fact]
    public void A_message_is_one_line_of_JSON()
    {
        var text = Write(TraceFilter.None, new Said("create \"x\"\nand more", new Cause(255)));

        Assert.Equal(
            """{"time":"2025-01-01T00:00:01.0000005Z","seq":3,"cause":"00000000000000ff","from":"-","to":"-","type":"Said","text":"create \u0022x\u0022\nand more"}""" + "\n",
            text);
    }

    [Fact]
    public void An_unknown_cause_is_left_out() => Assert.DoesNotContain("cause", Write(TraceFilter.None, new Said("hello", Cause.None)));

    [Fact]
    public void What_the_filter_hides_is_not_written() => Assert.Equal("", Write(TraceFilter.Parse("-hello"), new Said("hello", Cause.None)));

    private static string Write(TraceFilter filter, ITraced message)
    {
        var stream = new MemoryStream();
        using (var sink = new JsonLinesSink(stream, filter)) sink.Observe(new TraceEvent(Time, 3, ActorRefs.NoSender, ActorRefs.Nobody, message));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed record Said(string Text, Cause Cause) : ITraced
    {
        public string Describe() => Text;
    }
}
