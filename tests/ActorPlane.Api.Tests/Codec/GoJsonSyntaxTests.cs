namespace ActorPlane.Api.Tests;

public sealed class GoJsonSyntaxTests
{
    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("{\"a\":\"b", "unexpected end of JSON input")]
    [InlineData("{\"a\":1", "unexpected end of JSON input")]
    [InlineData("[1,", "unexpected end of JSON input")]
    [InlineData("tru", "unexpected end of JSON input")]
    [InlineData("-", "unexpected end of JSON input")]
    [InlineData("{a:1}", "invalid character 'a' looking for beginning of object key string")]
    [InlineData("{\"a\":1,}", "invalid character '}' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 \"b\":2}", "invalid character '\"' after object key:value pair")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("[1,]", "invalid character ']' looking for beginning of value")]
    [InlineData("{} x", "invalid character 'x' after top-level value")]
    [InlineData("kind: Pod", "invalid character 'k' looking for beginning of value")]
    [InlineData("trap", "invalid character 'a' in literal true (expecting 'u')")]
    [InlineData("\"a\nb\"", "invalid character '\\n' in string literal")]
    [InlineData("\"\\x\"", "invalid character 'x' in string escape code")]
    [InlineData("\"\\u00zz\"", "invalid character 'z' in \\u hexadecimal character escape")]
    [InlineData("-a", "invalid character 'a' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1e+", "unexpected end of JSON input")]
    [InlineData("1ee", "invalid character 'e' in exponent of numeric literal")]
    [InlineData("01", "invalid character '1' after top-level value")]
    public void Broken_JSON_is_explained_as_by_a_real_server(string json, string reason)
    {
        var error = Assert.Throws<DecodeException>(() => JsonValue.Parse(json));

        Assert.Equal(reason, error.Message);
        Assert.True(error.IsSyntax);
    }

    [Fact]
    public void What_nests_too_deep_is_no_error_of_syntax()
    {
        var error = Assert.Throws<DecodeException>(() => JsonValue.Parse(new string('[', 2000) + new string(']', 2000)));

        Assert.False(error.IsSyntax);
    }
}
