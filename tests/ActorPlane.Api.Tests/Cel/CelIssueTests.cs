using ActorPlane.Api.Cel;

namespace ActorPlane.Api.Tests.Cel;

/// <summary>What does not compile, in cel-go's words.</summary>
public sealed class CelIssueTests
{
    private static readonly CelType Self = CelType.Object("selfType", new Dictionary<string, CelType>
    {
        ["name"] = CelType.String, ["replicas"] = CelType.Int, ["list"] = CelType.ListOf(CelType.String), ["any"] = CelType.Dyn,
    });

    [Theory]
    [InlineData("self.nam == 'x'", "ERROR: <input>:1:5: undefined field 'nam'\n | self.nam == 'x'\n | ....^")]
    [InlineData("selfie.name == 'x'", "ERROR: <input>:1:1: undeclared reference to 'selfie' (in container '')\n | selfie.name == 'x'\n | ^")]
    [InlineData("self.name == 1", "ERROR: <input>:1:11: found no matching overload for '_==_' applied to '(string, int)'\n | self.name == 1\n | ..........^")]
    [InlineData("self.name.foo()", "ERROR: <input>:1:14: undeclared reference to 'foo' (in container '')\n | self.name.foo()\n | .............^")]
    [InlineData("self.name.startsWith(1)", "ERROR: <input>:1:21: found no matching overload for 'startsWith' applied to 'string.(int)'\n | self.name.startsWith(1)\n | ....................^")]
    [InlineData("self.replicas.x", "ERROR: <input>:1:14: type 'int' does not support field selection\n | self.replicas.x\n | .............^")]
    [InlineData("self.replicas.all(x, true)", "ERROR: <input>:1:5: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)\n | self.replicas.all(x, true)\n | ....^")]
    [InlineData("[1, 'a']", "ERROR: <input>:1:5: expected type 'int' but found 'string'\n | [1, 'a']\n | ....^")]
    [InlineData("self.list.all(x, x)", "ERROR: <input>:1:14: found no matching overload for '_&&_' applied to '(bool, string)'\n | self.list.all(x, x)\n | .............^")]
    [InlineData("1 + 1 == 2 && 'a'", "ERROR: <input>:1:12: found no matching overload for '_&&_' applied to '(bool, string)'\n | 1 + 1 == 2 && 'a'\n | ...........^")]
    [InlineData("has(self)", "ERROR: <input>:1:5: invalid argument to has() macro\n | has(self)\n | ....^")]
    [InlineData("[1].all(1, true)", "ERROR: <input>:1:9: argument must be a simple name\n | [1].all(1, true)\n | ........^")]
    [InlineData("duration('x') == duration('1s')", "ERROR: <input>:1:10: invalid duration argument\n | duration('x') == duration('1s')\n | .........^")]
    [InlineData("self.name.matches('(')", "ERROR: <input>:1:19: invalid matches argument\n | self.name.matches('(')\n | ..................^")]
    [InlineData("true &&\n  self.x", "ERROR: <input>:2:7: undefined field 'x'\n |   self.x\n | ......^")]
    [InlineData("cel.bind(x, 1, x)", "ERROR: <input>:1:1: undeclared reference to 'cel' (in container '')\n | cel.bind(x, 1, x)\n | ^")]
    [InlineData("let + 1", "ERROR: <input>:1:1: reserved identifier: let\n | let + 1\n | ^")]
    [InlineData("1 +", "ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | 1 +\n | ...^")]
    [InlineData("self.true", "ERROR: <input>:1:6: Syntax error: mismatched input 'true' expecting IDENTIFIER\n | self.true\n | .....^")]
    [InlineData("(1", "ERROR: <input>:1:3: Syntax error: missing ')' at '<EOF>'\n | (1\n | ..^")]
    [InlineData("1 2", "ERROR: <input>:1:3: Syntax error: extraneous input '2' expecting <EOF>\n | 1 2\n | ..^")]
    [InlineData("9223372036854775808", "ERROR: <input>:1:1: invalid int literal\n | 9223372036854775808\n | ^")]
    public void What_does_not_compile_is_shown_with_its_place(string expression, string expected)
    {
        Assert.Null(CelProgram.Compile(expression, [("self", Self)], out var issues));
        Assert.Equal(expected, issues.Split("\nERROR", 2)[0]);
    }

    [Theory]
    [InlineData("self.any == 1 || self.any == 'x'")]
    [InlineData("self.list.map(x, x.size()).sum() > 0")]
    [InlineData("[] == self.list && {}.size() == 0")]
    [InlineData("self.list.filter(x, x != '').all(x, x in self.list)")]
    public void What_goes_together_compiles(string expression) => Assert.True(CelProgram.Compile(expression, [("self", Self)], out var issues)?.Type.Kind == CelTypeKind.Bool, issues);
}
