using Akka.Configuration;

namespace Akka.Tests.Configuration;

public class HoconSubstitutionTests
{
    private static Config Read(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Fact]
    public void A_reference_stands_for_text_lists_and_objects()
    {
        var config = Read("""
            a {
              name = Roger
              hello = Hello my name is ${a.name}!
              list = [1, 2]
              more = ${a.list} [3]
              object { x = 1, y = 2 }
              other = ${a.object}
            }
            """.Replace("!", "", StringComparison.Ordinal));

        Assert.Equal("Hello my name is Roger", config.GetString("a.hello"));
        Assert.Equal([1, 2, 3], config.GetIntList("a.more"));
        Assert.Equal(2, config.GetConfig("a.other").GetInt("y"));
    }

    [Fact]
    public void References_follow_each_other_and_see_the_last_definition()
    {
        var config = Read("a = ${b}\nb = ${c}3\nc = 1\nc = 2");

        Assert.Equal(23, config.GetInt("a"));
    }

    [Fact]
    public void Objects_join_and_the_origin_stays_as_it_was()
    {
        var config = Read("base { x = 1, n { p = 1 } }\na = ${base} { y = 2, n { q = 2 } }\nb = ${base}\nb { x = 3 }\nc = ${base}\nc.x = 4");

        Assert.Equal((1, 2), (config.GetInt("a.x"), config.GetInt("a.y")));
        Assert.Equal((1, 2), (config.GetInt("a.n.p"), config.GetInt("a.n.q")));
        Assert.Equal((3, 1), (config.GetInt("b.x"), config.GetInt("b.n.p")));
        Assert.Equal(4, config.GetInt("c.x"));
        Assert.Equal(1, config.GetInt("base.x"));
        Assert.False(config.HasPath("base.n.q"));
    }

    [Fact]
    public void A_reference_may_point_into_its_own_object_or_through_another_reference()
    {
        var config = Read("bar { foo = 42, baz = ${bar.foo} }\nx = ${y}\ny { z = 7 }\nw = ${x.z}");

        Assert.Equal(42, config.GetInt("bar.baz"));
        Assert.Equal(7, config.GetInt("w"));
    }

    [Fact]
    public void A_field_may_refer_to_what_it_meant_before()
    {
        var config = Read("path = [1]\npath = ${path} [2]\npath = [0] ${path}\na { s = x }\na { s = ${a.s}y }\no { p { q = 1 } }\no = ${o.p}");

        Assert.Equal([0, 1, 2], config.GetIntList("path"));
        Assert.Equal("xy", config.GetString("a.s"));
        Assert.Equal(1, config.GetInt("o.q"));
    }

    [Fact]
    public void An_optional_reference_that_leads_nowhere_leaves_no_trace()
    {
        var config = Read("a = ${?missing}\nb = 1\nb = ${?missing}\nc = x${?missing}y\nd = [1, ${?missing}, 2]\ne = ${?e} [1]\nf = ${?b}\ng = ${?x} ${?y}");

        Assert.False(config.HasPath("a"));
        Assert.False(config.HasPath("g"));
        Assert.Equal(1, config.GetInt("b"));
        Assert.Equal("xy", config.GetString("c"));
        Assert.Equal([1, 2], config.GetIntList("d"));
        Assert.Equal([1], config.GetIntList("e"));
        Assert.Equal(1, config.GetInt("f"));
    }

    [Theory]
    [InlineData("a = ${b}\nb = ${a}")]
    [InlineData("a = ${a}")]
    [InlineData("a { b = ${c} }\nc = ${a.b}")]
    public void A_reference_to_itself_alone_is_an_error(string hocon)
    {
        Assert.Throws<ConfigurationException>(() => Read(hocon));
    }

    [Fact]
    public void Elements_of_lists_are_resolved()
    {
        var config = Read("x = 1\na = [${x}, { y = ${x} }, z${x}]");

        Assert.Equal("1", config.GetValue("a").GetArray()[0].GetString());
        Assert.Equal(1, config.GetValue("a").GetArray()[1].GetObject().GetKey("y").GetInt());
        Assert.Equal("z1", config.GetValue("a").GetArray()[2].GetString());
    }
}
