using ActorPlane.Host.Live;

namespace ActorPlane.Host.Tests.CommandLine;

public sealed class ConfigLinesTests
{
    private const string Text = """
        a.b = 1        # a.b = 2
        c {
          d = "x } y", e = ${a.b}
          f : [1, 2]
          "g"
          {
            h += 3
          }
          i =
          {
            j = 4
          }
        } // k = 5
        l = 6
        l = 7
        """;

    [Theory]
    [InlineData("a.b", 1)]
    [InlineData("c", 2)]
    [InlineData("c.d", 3)]
    [InlineData("c.e", 3)]
    [InlineData("c.f", 4)]
    [InlineData("c.i", 9)]
    [InlineData("c.i.j", 11)]
    [InlineData("l", 15)]
    [InlineData("k", null)]
    [InlineData("b", null)]
    public void The_line_that_sets_a_key(string key, int? line) => Assert.Equal(line, ConfigLines.LineOf(Text, key));
}
