using Akka.Configuration;

namespace Akka.Tests.Configuration;

public class ConfigTests
{
    private static Config Read(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Theory]
    [InlineData("10 ns", 0)]
    [InlineData("100 nanoseconds", 1)]
    [InlineData("10us", 100)]
    [InlineData("1 microsecond", 10)]
    [InlineData("250", 2_500_000)]
    [InlineData("250ms", 2_500_000)]
    [InlineData("1 milli", 10_000)]
    [InlineData("0.05 s", 500_000)]
    [InlineData("10 seconds", 100_000_000)]
    [InlineData("2 m", 1_200_000_000)]
    [InlineData("1 minute", 600_000_000)]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("2 days", 1_728_000_000_000)]
    [InlineData("infinite", -10_000)]
    public void Durations_know_the_units_of_akka(string text, long ticks)
    {
        Assert.Equal(TimeSpan.FromTicks(ticks), Read("a = " + text).GetTimeSpan("a"));
    }

    [Theory]
    [InlineData("-1s")]
    [InlineData("1 fortnight")]
    [InlineData("soon")]
    [InlineData("null")]
    public void What_is_no_duration_is_an_error(string text)
    {
        Assert.Throws<FormatException>(() => Read("a = " + text).GetTimeSpan("a"));
    }

    [Fact]
    public void Infinite_can_be_refused()
    {
        Assert.Throws<FormatException>(() => Read("a = infinite").GetTimeSpan("a", allowInfinite: false));
    }

    [Theory]
    [InlineData("17", 17)]
    [InlineData("17 B", 17)]
    [InlineData("2kB", 2_000)]
    [InlineData("2K", 2_048)]
    [InlineData("2k", 2_048)]
    [InlineData("2 KiB", 2_048)]
    [InlineData("3 MB", 3_000_000)]
    [InlineData("3 mebibytes", 3 * 1024 * 1024)]
    [InlineData("1g", 1024L * 1024 * 1024)]
    [InlineData("2 terabytes", 2_000_000_000_000)]
    [InlineData("1 Ei", 1L << 60)]
    public void Sizes_know_the_units_of_akka(string text, long bytes)
    {
        Assert.Equal(bytes, Read("a = " + text).GetByteSize("a"));
    }

    [Fact]
    public void A_size_with_an_unknown_unit_is_an_error_and_a_missing_one_is_the_default()
    {
        Assert.Throws<FormatException>(() => Read("a = 1 stone").GetByteSize("a"));
        Assert.Null(Read("").GetByteSize("a"));
        Assert.Equal(5, Read("").GetByteSize("a", 5));
    }

    [Fact]
    public void Getters_read_what_is_there()
    {
        var config = Read("i = 3, l = 9000000000, d = 1.25, t = on, f = off, y = yes, s = text, b = [1, 255], bs = [on, false]");

        Assert.Equal(3, config.GetInt("i"));
        Assert.Equal(9_000_000_000, config.GetLong("l"));
        Assert.Equal((1.25, 1.25f, 1.25m), (config.GetDouble("d"), config.GetFloat("d"), config.GetDecimal("d")));
        Assert.Equal((true, false, true), (config.GetBoolean("t"), config.GetBoolean("f"), config.GetBoolean("y")));
        Assert.Equal("text", config.GetString("s"));
        Assert.Equal([1, 255], config.GetByteList("b"));
        Assert.Equal([true, false], config.GetBooleanList("bs"));
        Assert.Throws<NotSupportedException>(() => config.GetBoolean("s"));
        Assert.Throws<FormatException>(() => config.GetInt("s"));
    }

    [Fact]
    public void Getters_give_the_default_where_nothing_is()
    {
        var config = Read("a { b = 1 }");

        Assert.Equal((0, 7), (config.GetInt("a.c"), config.GetInt("a.c", 7)));
        Assert.Equal((null, "x"), (config.GetString("x.y"), config.GetString("a.b.c", "x")));
        Assert.Equal((false, true), (config.GetBoolean("c"), config.GetBoolean("c", true)));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(1)), (config.GetTimeSpan("c"), config.GetTimeSpan("c", TimeSpan.FromSeconds(1))));
        Assert.Empty(config.GetStringList("c"));
        Assert.Equal(["d"], config.GetStringList("c", ["d"]));
        Assert.Null(config.GetConfig("c"));
        Assert.Null(config.GetValue("c"));
        Assert.False(config.HasPath("a.c"));
        Assert.True(config.HasPath("a.b"));
    }

    [Fact]
    public void A_fallback_answers_for_what_is_missing()
    {
        var first = Read("foo.bar.a = 123");
        var second = Read("foo.bar { a = 1, b = 2, c = 3 }");
        var third = Read("foo.bar { a = 99, zork = 555 }\nelse = 1");

        foreach (var config in (Config[])[first.WithFallback(second).WithFallback(third), first.WithFallback(second.WithFallback(third))])
        {
            Assert.Equal((123, 2, 555), (config.GetInt("foo.bar.a"), config.GetInt("foo.bar.b"), config.GetInt("foo.bar.zork")));
            Assert.Equal((123, 2, 555), (config.GetConfig("foo.bar").GetInt("a"), config.GetConfig("foo").GetInt("bar.b"), config.GetConfig("foo.bar").GetInt("zork")));
            Assert.Equal(["foo", "else"], config.AsEnumerable().Select(item => item.Key));
            Assert.Equal(["a", "b", "c", "zork"], config.GetConfig("foo.bar").AsEnumerable().Select(item => item.Key));
        }

        Assert.False(first.HasPath("foo.bar.b"));
        Assert.False(second.HasPath("else"));
    }

    [Fact]
    public void A_scalar_is_not_overridden_by_an_object_of_the_fallback_nor_the_other_way_round()
    {
        var scalar = Read("a.b = 1");
        var nested = Read("a.b.c = 2");

        Assert.Equal(1, scalar.WithFallback(nested).GetInt("a.b"));
        Assert.Equal(2, nested.WithFallback(scalar).GetInt("a.b.c"));
    }

    [Fact]
    public void Nothing_is_a_harmless_fallback_and_itself_none()
    {
        var config = Read("a = 1");

        Assert.Same(config, config.WithFallback(null));
        Assert.Same(config, config.WithFallback(Config.Empty));
        Assert.Same(config, Config.Empty.WithFallback(config));
        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
        Assert.True(Config.Empty.IsNullOrEmpty());
        Assert.Same(config, ((Config)null!).SafeWithFallback(config));
    }

    [Fact]
    public void Text_converts_and_adds()
    {
        Config config = "a = 1";

        Assert.Equal((1, 2), ((config + "a = 2, b = 2").GetInt("a"), ("b = 2" + config).GetInt("b")));
    }

    [Fact]
    public void The_text_of_a_configuration_reads_back_as_the_same()
    {
        var config = Read("a { b = \"x y\", \"c.d\" = 1 }, e = [1, \"{\"], f = \"\", g = \"a\\\"b\"").WithFallback(Read("a.z = 1, y = 2"));

        Assert.Equal("  a : {\r\n    b : \"x y\"\r\n    \"c.d\" : 1\r\n  }\r\n  e : [1,\"{\"]\r\n  f : \"\"\r\n  g : \"a\\\"b\"\r\n", config.ToString());
        Assert.Equal(config.ToString(), Read(config.ToString()).ToString());
        Assert.Equal(1, Read(config.ToString(true)).GetInt("a.z"));
        Assert.Equal(2, Read(config.ToString(true)).GetInt("y"));
        Assert.False(Read(config.ToString()).HasPath("y"));
    }

    [Fact]
    public void An_object_becomes_a_configuration()
    {
        var config = ConfigurationFactory.FromObject(new { Name = "x", Nested = new { Count = 3 }, List = new[] { 1, 2 } });

        Assert.Equal(("x", 3), (config.GetString("Name"), config.GetInt("Nested.Count")));
        Assert.Equal([1, 2], config.GetIntList("List"));
    }

    [Fact]
    public void The_reference_configuration_carries_the_defaults_of_akka()
    {
        var config = ConfigurationFactory.Default();

        Assert.Equal("INFO", config.GetString("akka.loglevel"));
        Assert.Equal(TimeSpan.FromMilliseconds(10), config.GetTimeSpan("akka.scheduler.tick-duration"));
        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("akka.actor.ask-timeout"));
        Assert.Equal(["Akka.Event.DefaultLogger"], config.GetStringList("akka.loggers"));
    }

    [Fact]
    public void A_value_can_be_put_under_another_key()
    {
        Assert.Equal(1, Read("a.b = 1").GetValue("a").AtKey("x").GetInt("x.b"));
        Assert.Equal(1, Read("a.b = 1").GetValue("a").ToConfig().GetInt("b"));
    }
}
