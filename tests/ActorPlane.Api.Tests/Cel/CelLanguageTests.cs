using ActorPlane.Api.Cel;

namespace ActorPlane.Api.Tests.Cel;

/// <summary>Expressions of the language and what they give, from its specification (cel-spec/doc/langdef.md) and what Kubernetes adds.</summary>
public sealed class CelLanguageTests
{
    [Theory]
    [InlineData("1 + 2 * 3 - 4 / 2 % 3", "5")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("0x1F + 0xa", "41")]
    [InlineData("17u / 5u", "3")]
    [InlineData("1.5e3 + .5", "1500.5")]
    [InlineData("1e21", "1e+21")]
    [InlineData("7 / -2", "-3")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("1.0 / 0.0", "+Inf")]
    [InlineData("--5", "5")]
    [InlineData("-(3 - 5)", "2")]
    [InlineData("!!true", "true")]
    [InlineData("'a' + \"b\" + '''c'd''' + r'\\n'", "abc'd\\n")]
    [InlineData("'\\x41\\u00e9\\U0001F600\\101\\n'.size()", "5")]
    [InlineData("b'\\xff\\x00' == b'\\377\\000'", "true")]
    [InlineData("size(b'é')", "2")]
    [InlineData("'é😀'.size()", "2")]
    [InlineData("[1, 2] + [3]", "[1, 2, 3]")]
    [InlineData("{'a': 1, 'b': 2}.b", "2")]
    [InlineData("{'a': {'b': [1, 2]}}['a'].b[1]", "2")]
    [InlineData("{1: 'one', 2: 'two'}[2]", "two")]
    [InlineData("true ? 1 : 2", "1")]
    [InlineData("1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 != 2", "true")]
    [InlineData("'a' < 'b' && b'a' < b'b' && false < true", "true")]
    [InlineData("'\\uffff' < '😀'", "true")]
    [InlineData("2 in [1, 2] && 'a' in {'a': 1} && !(3 in [1, 2])", "true")]
    [InlineData("type(1) == int && type('') == string && type([]) == list && type({}) == map && type(null) == null_type && type(int) == type", "true")]
    [InlineData("type(duration('1s')) == google.protobuf.Duration", "true")]
    [InlineData("null == null", "true")]
    [InlineData("// a comment\n1 +\n2", "3")]
    public void Literals_and_operators(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("1 < 1.5 && 1u < 2 && 2.5 > 2u && 1 <= 1u && 3.0 >= 3", "true")]
    [InlineData("dyn(1) == dyn(1u) && dyn(1) == dyn(1.0) && dyn(2u) == dyn(2.0)", "true")]
    [InlineData("dyn(1) == dyn('1')", "false")]
    [InlineData("[1, 2] == [1, 2] && [1, 2] != [2, 1] && {'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "true")]
    [InlineData("9007199254740993 > 9007199254740992.0", "true")]
    [InlineData("-1 < 18446744073709551615u", "true")]
    [InlineData("double('NaN') == double('NaN')", "false")]
    [InlineData("dyn(1) in [1.0, 2.0]", "true")]
    public void Numbers_compare_across_types(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("9223372036854775807 + 1", "integer overflow")]
    [InlineData("-9223372036854775808 - 1", "integer overflow")]
    [InlineData("9223372036854775807 * 2", "integer overflow")]
    [InlineData("-9223372036854775808 / -1", "integer overflow")]
    [InlineData("-(-9223372036854775808)", "integer overflow")]
    [InlineData("0u - 1u", "unsigned integer overflow")]
    [InlineData("18446744073709551615u + 1u", "unsigned integer overflow")]
    [InlineData("1 / 0", "division by zero")]
    [InlineData("1 % 0", "modulus by zero")]
    [InlineData("[1][1]", "index out of bounds: 1")]
    [InlineData("[1][-1]", "index out of bounds: -1")]
    [InlineData("{'a': 1}['b']", "no such key: b")]
    [InlineData("{'a': 1}.b", "no such key: b")]
    [InlineData("{'a': 1, 'a': 2}", "Failed with repeated key: a")]
    [InlineData("dyn(1) + dyn('a')", "no such overload")]
    [InlineData("dyn(1) ? 1 : 2", "no such overload")]
    [InlineData("int('x')", "type conversion error from 'string' to 'int'")]
    [InlineData("int(1e19)", "integer overflow")]
    [InlineData("uint(-1)", "unsigned integer overflow")]
    [InlineData("int(9223372036854775808u)", "integer overflow")]
    [InlineData("double('x')", "type conversion error from 'string' to 'double'")]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1s')", "timestamp overflow")]
    [InlineData("duration('2562047h') + duration('2562047h')", "duration overflow")]
    [InlineData("'abc'.substring(4)", "index out of range: 4")]
    [InlineData("'abc'.charAt(-1)", "index out of range: -1")]
    [InlineData("[1].filter(x, false).max()", "max called on empty list")]
    [InlineData("optional.none().value()", "optional.none() dereference")]
    [InlineData("string(b'\\xff')", "invalid UTF-8 in bytes, cannot convert to string")]
    public void What_cannot_be_done_is_an_error(string expression, string error) => Assert.Equal("error: " + error, Evaluate(expression));

    [Theory]
    [InlineData("1 / 0 > 1 || true", "true")]
    [InlineData("true || 1 / 0 > 1", "true")]
    [InlineData("1 / 0 > 1 && false", "false")]
    [InlineData("1 / 0 > 1 || false", "error: division by zero")]
    [InlineData("1 / 0 > 1 && true", "error: division by zero")]
    [InlineData("false ? 1 / 0 : 2", "2")]
    [InlineData("[0, 1].exists(x, 1 / x == 1)", "true")]
    [InlineData("[0, 2].all(x, 1 / x == 1)", "false")]
    [InlineData("[0, 1].all(x, 1 / x == 1)", "error: division by zero")]
    [InlineData("has({'a': 1}.b) || true", "true")]
    public void Errors_are_absorbed_by_what_decides(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("[1, 2, 3].all(x, x > 0)", "true")]
    [InlineData("[].all(x, false)", "true")]
    [InlineData("[1, 2, 3].exists(x, x == 2)", "true")]
    [InlineData("[1, 2, 2].exists_one(x, x == 2)", "false")]
    [InlineData("[1, 2, 3].map(x, x * 2)", "[2, 4, 6]")]
    [InlineData("[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]")]
    [InlineData("[1, 2, 3].filter(x, x % 2 == 1)", "[1, 3]")]
    [InlineData("{'a': 1, 'b': 2}.filter(k, k == 'b')", "[\"b\"]")]
    [InlineData("{'a': 1}.all(k, k == 'a')", "true")]
    [InlineData("[[1, 2], [3]].map(x, x.map(y, y + 1))", "[[2, 3], [4]]")]
    [InlineData("[1, 2].exists(x, [2, 3].exists(y, x == y))", "true")]
    [InlineData("[1, 2].map(x, [x].map(x, x + 10))", "[[11], [12]]")]
    [InlineData("has({'a': 1}.a)", "true")]
    [InlineData("has({'a': 1}.b)", "false")]
    public void Macros(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("[1, 2, 3].all(i, v, i < v)", "true")]
    [InlineData("{'a': 'ab', 'b': 'ba'}.all(k, v, v.startsWith(k))", "true")]
    [InlineData("{'greeting': 'hello'}.exists(k, v, k.size() > v.size())", "true")]
    [InlineData("[5, 5].existsOne(i, v, i == 1 && v == 5)", "true")]
    [InlineData("[1, 2, 3].transformList(i, v, i * v + v)", "[1, 4, 9]")]
    [InlineData("[1, 2, 3].transformList(i, v, i % 2 == 0, v)", "[1, 3]")]
    [InlineData("[1, 2].transformMap(i, v, v * 10)", "{0: 10, 1: 20}")]
    [InlineData("{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v + 1)", "{\"b\": 3}")]
    [InlineData("{'a': 'x'}.transformMapEntry(k, v, {v: k})", "{\"x\": \"a\"}")]
    [InlineData("{'a': 'x', 'b': 'x'}.transformMapEntry(k, v, {v: k})", "error: insert failed: key x already exists")]
    public void Macros_of_two_variables(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("optional.of(1).value()", "1")]
    [InlineData("optional.none().orValue(2)", "2")]
    [InlineData("optional.ofNonZeroValue('').hasValue()", "false")]
    [InlineData("optional.none().or(optional.of(3)).value()", "3")]
    [InlineData("{'a': {'b': 1}}.?a.?b.orValue(0)", "1")]
    [InlineData("{'a': {'b': 1}}.?x.b.orValue(0)", "0")]
    [InlineData("[1, 2][?5].hasValue()", "false")]
    [InlineData("{'a': [1]}.?a[0].value()", "1")]
    [InlineData("[?optional.none(), ?optional.of(1), 2]", "[1, 2]")]
    [InlineData("{?'a': optional.none(), ?'b': optional.of(1)}", "{\"b\": 1}")]
    [InlineData("optional.of(2).optMap(x, x * 2).value()", "4")]
    [InlineData("optional.of([1]).optFlatMap(x, x[?3]).hasValue()", "false")]
    [InlineData("has({'a': {}}.?a.b)", "false")]
    [InlineData("optional.of(1) == optional.of(1) && optional.none() != optional.of(1)", "true")]
    public void Optional_values(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("duration('1h30m') == duration('90m')", "true")]
    [InlineData("duration('1.5s').getMilliseconds()", "1500")]
    [InlineData("string(duration('1m1ms'))", "60.001s")]
    [InlineData("timestamp('2024-02-29T12:30:45.123Z').getMilliseconds()", "123")]
    [InlineData("timestamp('2024-02-29T23:00:00Z').getDate('+02:00')", "1")]
    [InlineData("timestamp('2024-02-29T23:00:00Z').getMonth()", "1")]
    [InlineData("timestamp('2024-03-03T00:00:00Z').getDayOfWeek()", "0")]
    [InlineData("timestamp('2024-01-01T00:00:00Z').getDayOfYear() + timestamp('2024-01-01T00:00:00Z').getDayOfMonth()", "0")]
    [InlineData("timestamp('2024-07-01T12:00:00Z').getHours('Europe/Berlin')", "14")]
    [InlineData("timestamp('2024-01-02T00:00:00Z') - timestamp('2024-01-01T00:00:00Z') == duration('24h')", "true")]
    [InlineData("timestamp('2024-01-01T00:00:00+01:00') < timestamp('2024-01-01T00:00:00Z')", "true")]
    [InlineData("string(timestamp('2024-01-01T00:00:00Z') + duration('1ms'))", "2024-01-01T00:00:00.001Z")]
    [InlineData("string(timestamp('2011-08-18T19:03:37.01+01:00') + duration('1h'))", "2011-08-18T20:03:37.01+01:00")]
    [InlineData("timestamp('2011-08-18T19:03:37.01+01:00').getHours()", "18")]
    [InlineData("int(timestamp('1970-01-01T00:01:00Z'))", "60")]
    [InlineData("timestamp(60) == timestamp('1970-01-01T00:01:00Z')", "true")]
    public void Times_and_durations(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("int('-12') + int(3.9) + int(4u)", "-5")]
    [InlineData("uint('7') + uint(3)", "10")]
    [InlineData("double('1.5') + double(2)", "3.5")]
    [InlineData("bool('true') && !bool('f')", "true")]
    [InlineData("string(1) + string(2u) + string(1.5) + string(true) + string(b'x')", "121.5truex")]
    [InlineData("string(1234567.0)", "1.234567e+06")]
    [InlineData("string(0.0001) + ' ' + string(0.00001)", "0.0001 1e-05")]
    [InlineData("bytes('é') == b'\\303\\251'", "true")]
    public void Conversions(string expression, string expected) => Assert.Equal(expected, Evaluate(expression));

    [Fact]
    public void A_long_chain_of_conditions_compiles_and_deep_nesting_does_not()
    {
        Assert.Equal("true", Evaluate(string.Join(" && ", Enumerable.Repeat("true", 3000))));
        Assert.StartsWith("ERROR: <input>:1:1: expression code point size exceeds limit: size: 100001, limit 100000", Evaluate(new string(' ', 100001)), StringComparison.Ordinal);
        foreach (var deep in (string[])[string.Join('+', Enumerable.Repeat("1", 3000)), new string('(', 3000) + "1" + new string(')', 3000), new string('[', 3000) + new string(']', 3000), "a" + string.Concat(Enumerable.Repeat(".a", 3000))])
            Assert.Contains("expression recursion limit exceeded: 250", Evaluate(deep), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_large_or_used_twice_is_checked_in_time()
    {
        Assert.Equal("1", Evaluate("optional.of(1)" + string.Concat(Enumerable.Repeat(".optMap(x, x)", 12)) + ".value()"));
        Assert.NotNull(CelProgram.Compile("optional.of(1)" + string.Concat(Enumerable.Repeat(".optMap(x, x)", 60)), [], out _));
        Assert.Equal("30000", Evaluate($"[{string.Join(',', Enumerable.Repeat("[]", 30000))}].size()"));
        Assert.EndsWith("\n1900 more errors were truncated", Evaluate($"[{string.Join(',', Enumerable.Repeat("x", 2000))}]"), StringComparison.Ordinal);
    }

    // Values that share their parts are small to make and endless to walk.
    [Theory]
    [InlineData("X == X")]
    [InlineData("X in [X]")]
    [InlineData("sets.contains([X], [X])")]
    [InlineData("[X].indexOf(X) == 0")]
    public void What_shares_its_parts_costs_as_much_as_it_takes(string expression)
    {
        var shared = "[[1]]" + string.Concat(Enumerable.Repeat(".map(a, [a, a])", 60));
        Assert.Equal("error: " + CelEvaluator.TooExpensive, Evaluate(expression.Replace("X", $"dyn({shared})", StringComparison.Ordinal)));
    }

    [Fact]
    public void Constant_lists_are_looked_in_quickly_and_stay_as_they_are()
    {
        var numbers = string.Join(",", Enumerable.Range(0, 10_000));
        Assert.Equal("true", Evaluate($"[{numbers}].all(x, x in [{numbers}])"));
        Assert.Equal("[[1, 2, 1], [1, 2, 2], [1, 2, 3]]", Evaluate("[1, 2, 3].map(x, [1, 2] + [x])"));
    }

    // Nothing throws, and a value has the type that was promised.
    [Fact]
    public void Expressions_drawn_at_random_are_refused_or_evaluated()
    {
        string[] atoms = ["1", "2u", "1.5", "'a😀'", "b'x'", "true", "null", "[]", "{}", "[1, 2]", "{'a': 1}", "x", "duration('1s')", "timestamp('2020-01-01T00:00:00Z')", "optional.none()", "quantity('1')", "ip('::1')", "cidr('10.0.0.0/8')", "url('http://a/b?c=d')", "-9223372036854775808", "int"];
        string[] operators = ["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "in", "&&", "||"];
        string[] members =
        [
            "size()", "charAt(1)", "indexOf('a', 3)", "lastIndexOf('a', 2)", "replace('', 'b', 2)", "split('', 1)", "substring(0, 1)", "join(',')", "format([1])", "isSorted()", "sum()", "min()",
            "find('a')", "getHours('Europe/Berlin')", "getDate('-99:00')", "value()", "orValue(1)", "or(optional.of(1))", "getQuery()", "asInteger()", "masked()", "containsIP('10.1.1.1')", "a", "?a", "b.c",
            "all(x, x == 1)", "exists_one(x, x == x)", "map(x, true, x)", "filter(x, x != x)", "all(i, v, i == v)", "transformMap(i, v, v)", "transformMapEntry(i, v, {v: i})", "optMap(y, y)",
        ];
        string[] functions = ["size", "type", "dyn", "int", "uint", "double", "string", "bytes", "bool", "duration", "timestamp", "has", "optional.of", "isURL", "quantity", "ip", "cidr", "strings.quote"];
        const int Seed = 7;
        var chance = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var expression = Draw(1 + chance.Next(4));
            var program = CelProgram.Compile(expression, [("x", CelType.Dyn)], out _);
            if (program is null) continue;
            var value = program.Evaluate(100_000, ("x", new CelValue.Int(1))).Value;
            if (value is CelValue.Error || program.Type.Kind is CelTypeKind.Dyn or CelTypeKind.Object) continue;
            Assert.True(value.Type.Kind == program.Type.Kind, $"seed {Seed}: {expression} is {CelText.Show(value)}, not {program.Type}");
        }

        string Draw(int depth)
        {
            if (depth == 0 || chance.Next(6) == 0) return chance.Next(3) == 0 ? $"dyn({One(atoms)})" : One(atoms);
            return chance.Next(8) switch
            {
                0 => $"({Draw(depth - 1)} {One(operators)} {Draw(depth - 1)})",
                1 => $"{Draw(depth - 1)}.{One(members)}",
                2 => $"{One(functions)}({Draw(depth - 1)})",
                3 => $"({Draw(depth - 1)} ? {Draw(depth - 1)} : {Draw(depth - 1)})",
                4 => $"{Draw(depth - 1)}[{Draw(depth - 1)}]",
                5 => $"[{Draw(depth - 1)}, {Draw(depth - 1)}]",
                6 => $"{{{Draw(depth - 1)}: {Draw(depth - 1)}}}",
                _ => $"{(chance.Next(2) == 0 ? "!" : "-")}{Draw(depth - 1)}",
            };
        }

        string One(string[] from) => from[chance.Next(from.Length)];
    }

    [Fact]
    public void Evaluation_stops_when_it_costs_too_much()
    {
        var list = "[" + string.Join(", ", Enumerable.Range(0, 100)) + "]";
        var program = CelProgram.Compile($"{list}.all(x, {list}.all(y, {list}.all(z, x + y + z >= 0)))", [], out var issues)!;
        Assert.Empty(issues);
        Assert.Equal(CelEvaluator.TooExpensive, Assert.IsType<CelValue.Error>(program.Evaluate(1_000_000).Value).Message);
        Assert.Same(CelValue.Bool.True, program.Evaluate(100_000_000).Value);
    }

    [Theory]
    [InlineData("1 + 1", 1)]
    [InlineData("self.a.b == 1", 4)]
    [InlineData("has(self.a)", 1)]
    [InlineData("self.list.all(x, x > 0)", 18)]
    [InlineData("self.list.map(x, x)", 42)]
    [InlineData("self.list.exists_one(x, x == 2)", 12)]
    [InlineData("self.a.all(k, self.a[k] > 0)", 10)]
    [InlineData("self.list.exists(x, self.a.c == x)", 30)]
    [InlineData("type(self.a) == map", 4)]
    [InlineData("'0123456789ab'.startsWith('a')", 2)]
    [InlineData("self.a.b in [1, 2, 3]", 3)]
    [InlineData("self.a.b in self.list", 8)]
    [InlineData("[self.a.b][0] == 1", 16)]
    [InlineData("duration('1s') < duration('2s')", 1)]
    [InlineData("'abc'.matches(string('a' + 'b'))", 203)]
    public void Steps_cost_what_cel_go_charges(string expression, long cost)
    {
        var self = CelType.MapOf(CelType.String, CelType.Dyn);
        var program = CelProgram.Compile(expression, [("self", self)], out var issues);
        Assert.True(program is not null, issues);
        var list = CelList.Of([new CelValue.Int(1), new CelValue.Int(2), new CelValue.Int(3)]);
        var value = ((CelMap)CelMap.Empty.Insert(new CelValue.Text("a"), CelMap.Empty.Insert(new CelValue.Text("b"), new CelValue.Int(1)))).Insert(new CelValue.Text("list"), list);
        Assert.Equal(cost, program.Evaluate(1000, ("self", value)).Cost);
    }

    internal static string Evaluate(string expression)
    {
        var program = CelProgram.Compile(expression, [], out var issues);
        if (program is null) return issues;
        var value = program.Evaluate(1_000_000).Value;
        return value is CelValue.Error error ? $"error: {error.Message}" : CelText.Show(value);
    }
}
