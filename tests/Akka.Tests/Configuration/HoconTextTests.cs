using Akka.Configuration;

namespace Akka.Tests.Configuration;

public class HoconTextTests
{
    private static Config Read(string hocon) => ConfigurationFactory.ParseString(hocon);

    [Fact]
    public void Dotted_keys_and_nested_objects_mean_the_same()
    {
        Assert.Equal(42, Read("foo.bar.baz : 42").GetInt("foo.bar.baz"));
        Assert.Equal(42, Read("foo { bar { baz : 42 } }").GetInt("foo.bar.baz"));
        Assert.Equal(42, Read("foo { bar.baz = 42 }").GetInt("foo.bar.baz"));
        Assert.Equal(42, Read("{ \"foo\" : { \"bar\" : { \"baz\" : 42 } } }").GetInt("foo.bar.baz"));
        Assert.Equal("42", Read("3.14 : 42").GetString("3.14"));
        Assert.Equal("42", Read("a b c : 42").GetString("a b c"));
    }

    [Fact]
    public void A_quoted_key_keeps_its_dots()
    {
        var config = Read("a { \"/abc/d.ev/*\" { d = 1 }, \"some, key\": 2 }");

        Assert.Equal(1, config.GetInt("a.\"/abc/d.ev/*\".d"));
        Assert.Equal(1, config.GetConfig("a.\"/abc/d.ev/*\"").GetInt("d"));
        Assert.Equal(2, config.GetInt("a.some, key"));
        Assert.Equal(["/abc/d.ev/*", "some, key"], config.GetConfig("a").AsEnumerable().Select(item => item.Key));
    }

    [Fact]
    public void A_key_and_its_object_may_stand_on_two_lines()
    {
        Assert.Equal(1, Read("a\n{\n  b = 1\n}").GetInt("a.b"));
        Assert.Equal(1, Read("a.b =\n 1").GetInt("a.b"));
    }

    [Fact]
    public void Comments_end_with_the_line()
    {
        var config = Read("# first\na = 1 # one\n// second\nb = 2 // two\nc = \"#3\" # three\nd = a/b");

        Assert.Equal(1, config.GetInt("a"));
        Assert.Equal(2, config.GetInt("b"));
        Assert.Equal("#3", config.GetString("c"));
        Assert.Equal("a/b", config.GetString("d"));
    }

    [Fact]
    public void White_space_inside_a_value_is_kept_and_around_it_is_not()
    {
        Assert.Equal("1 2 3", Read("a= \t \t 1 2 3 \t \t,").GetString("a"));
        Assert.Equal("akka.tcp://host:1/x y", Read("a = \"akka.tcp://host:1/\"x y").GetString("a"));
        Assert.Equal("127.0.0.1", Read("a=127.0.0.1").GetString("a"));
    }

    [Fact]
    public void Triple_quotes_keep_lines_and_backslashes()
    {
        Assert.Equal("C:\\a\n  \"b\"", Read("a = \"\"\"C:\\a\n  \"b\"\"\"\"").GetString("a"));
    }

    [Fact]
    public void Escapes_are_those_of_json()
    {
        Assert.Equal("a\"b\\c\n\tdA/", Read("a = \"a\\\"b\\\\c\\n\\td\\u0041\\/\"").GetString("a"));
    }

    [Fact]
    public void Null_is_no_text_and_hides_what_stood_before()
    {
        var config = Read("a.b = 1\na = null\na.c = 3");

        Assert.Null(config.GetString("a.b"));
        Assert.Equal("3", config.GetString("a.c"));
        Assert.Null(Read("a = null").GetString("a", "default"));
    }

    [Fact]
    public void Objects_merge_and_other_values_replace()
    {
        var config = Read("a.b = { x = 1, y = 2 }\na.b = { z = 3, y = 4 }\na.c = 1\na.c = 2\na.d = [1]\na.d = [2, 3]\na.e = 1\na.e { f = 2 }");

        Assert.Equal((1, 4, 3), (config.GetInt("a.b.x"), config.GetInt("a.b.y"), config.GetInt("a.b.z")));
        Assert.Equal(2, config.GetInt("a.c"));
        Assert.Equal([2, 3], config.GetIntList("a.d"));
        Assert.Equal(2, config.GetInt("a.e.f"));
    }

    [Fact]
    public void Arrays_take_commas_or_lines_and_join()
    {
        Assert.Equal([1, 2, 3], Read("a = [1, 2, 3]").GetIntList("a"));
        Assert.Equal([1, 2, 3], Read("a=\n[\n 1\n 2 # two\n 3,\n]").GetIntList("a"));
        Assert.Equal([1, 2, 3, 4], Read("a = [1,2] [3,4]").GetIntList("a"));
        Assert.Equal(["1 2 3"], Read("a = [1 2 3]").GetStringList("a"));
        Assert.Empty(Read("a = []").GetStringList("a"));
        Assert.Equal([1, 2], Read("a = [{ b = 1 }, { b = 2 }]").GetValue("a").GetArray().Select(element => element.GetObject().GetKey("b").GetInt()));
        Assert.Equal([2, 2], Read("a = [[1,2] [3,4]\n[5, 6]]").GetValue("a").GetArray().Select(element => element.GetArray().Count / 2 * 2 > 2 ? 2 : element.GetArray().Count));
    }

    [Fact]
    public void Append_adds_to_a_list_and_makes_one_where_there_is_none()
    {
        Assert.Equal([1, 2, 3], Read("a = [1]\na += 2\na += 3").GetIntList("a"));
        Assert.Equal([1], Read("a += 1").GetIntList("a"));
        Assert.Equal([1, 2], Read("b = [1]\na = ${b}\na += 2").GetIntList("a"));
    }

    [Fact]
    public void A_missing_or_surplus_brace_at_the_very_end_is_forgiven()
    {
        Assert.Equal(1, Read("a { b { c = 1 }").GetInt("a.b.c"));
        Assert.Equal(1, Read("a { b { c = 1 } } }\n").GetInt("a.b.c"));
    }

    [Theory]
    [InlineData("a = 1\nb = tcp://x@y", "line 2, column 8")]
    [InlineData("a {\n  b = [1, 2\n", "line 2, column 7")]
    [InlineData("a = \"x\ny\"", "line 1, column 5")]
    [InlineData("a = \"\\q\"", "line 1, column 6")]
    [InlineData("a = \"\"\"x", "line 1, column 5")]
    [InlineData("a\nb = 1", "line 1, column 2")]
    [InlineData("a = 1\n  b = ${c}", "line 2, column 7")]
    [InlineData("a = ${b", "line 1, column 5")]
    [InlineData("a = }", "line 1, column 5")]
    [InlineData("a = [1] 2", "line 1, column 5")]
    [InlineData("a = { b = 1 } c = 2", "line 1, column 17")]
    [InlineData("c = 2 }\nd = 1", "line 2, column 1")]
    [InlineData("a { b = 1 } c = 2 }\nd = 1 } x = 3", "line 2, column 1")]
    [InlineData("include \"other.conf\"", "line 1, column 1")]
    [InlineData("a = 1\na += 2", "line 2, column 3")]
    [InlineData("[1, 2]", "line 1, column 1")]
    public void An_error_names_line_and_column(string hocon, string where)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(hocon));

        Assert.EndsWith($"({where})", error.Message, StringComparison.Ordinal);
    }
}
