using System.Globalization;
using System.Reflection;
using System.Text;
using ActorPlane.Api.Cel;

namespace ActorPlane.Api.Tests.Cel;

/// <summary>
/// Expressions made of parts of those in the other tests, whole and damaged: each is refused or evaluated within its budget, and none
/// throws. ACTORPLANE_FUZZ_OBJECTS sets how many hundreds (100 unless set), ACTORPLANE_FUZZ_SEED which (7 unless set).
/// </summary>
public sealed class CelFuzzTests
{
    private const long Budget = 100_000;

    private static readonly string[] Corpus =
    [
        .. typeof(CelFuzzTests).Assembly.GetTypes().Where(type => type.Namespace == typeof(CelFuzzTests).Namespace)
            .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(method)))
            .Select(row => row[0]).OfType<string>().Order(StringComparer.Ordinal),
    ];

    private static readonly string[] Tokens =
        ["(", ")", "[", "]", "{", "}", ".", "?.", "[?", "?", ":", ",", "&&", "||", "!", "-", "==", "in", "self", "oldSelf", "x", "true", "null", "9223372036854775807", "18446744073709551615u", "1e308", "''", "'\\", "b'", "\"", "//", "\n", "\ud83d", "\0", ".all(x, ", ".map(x, ", "has(", "optional.of(", "duration('", "cel.bind(x, "];

    private readonly Random _random = new(Number("ACTORPLANE_FUZZ_SEED", 7));

    [Fact]
    public void No_expression_breaks_the_compiler_or_the_evaluator()
    {
        var (compiled, evaluated) = (0, 0);
        var self = new CelValue.Text("self");
        for (var i = Number("ACTORPLANE_FUZZ_OBJECTS", 100) * 100; i > 0; i--)
        {
            var text = Draw();
            try
            {
                if (CelProgram.Compile(text, [("self", CelType.Dyn), ("oldSelf", CelType.String)], out var issues) is not { } program)
                {
                    Assert.NotEqual("", issues);
                    continue;
                }

                compiled++;
                var (value, cost) = program.Evaluate(Budget, ("self", self), ("oldSelf", self));
                Assert.True(value is CelValue.Error || cost <= Budget, $"{cost} for {text}");
                if (value is not CelValue.Error) evaluated++;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{text}\n{e}");
            }
        }

        Assert.True(compiled > 100 && evaluated > 50, $"{compiled} compiled, {evaluated} gave a value");
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private string Draw()
    {
        var text = new StringBuilder(Pick(Corpus));
        for (var i = _random.Next(5); i > 0; i--)
        {
            var at = _random.Next(text.Length + 1);
            switch (_random.Next(6))
            {
                case 0: text.Insert(at, Pick(Tokens)); break;
                case 1: text.Insert(at, Pick(Corpus)); break;
                case 2: text.Insert(0, Pick("(", "[", "!", "-", "size(", "string(", "dyn(")).Append(Pick(")", "]", "", " == ", " + ")); break;
                case 3: text.Append(Pick(" && ", " || ", " + ", " == ", " in ", " ? 1 : ", ".", " - ", " * ")).Append(Pick(Corpus)); break;
                case 4 when at < text.Length: text.Remove(at, Math.Min(_random.Next(1, 6), text.Length - at)); break;
                default: text.Insert(at, text.ToString(at / 2, Math.Min(at - (at / 2), 20))); break;
            }
        }

        return text.ToString();
    }

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];
}
