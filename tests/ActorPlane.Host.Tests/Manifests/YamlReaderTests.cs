using ActorPlane.Api;
using ActorPlane.Host.Manifests;

namespace ActorPlane.Host.Tests.Manifests;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("no", false)]
    [InlineData("FALSE", false)]
    public void Yes_and_on_are_booleans_as_kubectl_reads_them(string text, bool expected) => Assert.Equal(expected, ValueOf(text).AsBool);

    [Theory]
    [InlineData("0755", "493")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("0b101", "5")]
    [InlineData("-12", "-12")]
    [InlineData("+7", "7")]
    [InlineData("1_000", "1000")]
    [InlineData("0", "0")]
    public void Whole_numbers_may_be_octal_hexadecimal_or_binary(string text, string expected) => Assert.Equal(expected, ValueOf(text).AsNumber);

    [Theory]
    [InlineData("1.10.2")]
    [InlineData("2024-01-01")]
    [InlineData("100m")]
    [InlineData("08x")]
    [InlineData("nginx:1.14")]
    [InlineData("'5'")]
    [InlineData("\"true\"")]
    public void What_is_quoted_or_looks_like_no_number_stays_a_text(string text) => Assert.Equal(text.Trim('\'', '"'), ValueOf(text).AsString);

    [Fact]
    public void Every_document_that_says_something_is_read()
    {
        var documents = Read("---\n# nothing here\n---\na: 1\n---\n\n---\nb: 2\n");

        Assert.Equal([4, 8], documents.Select(document => document.LineOf("")));
    }

    [Fact]
    public void Each_field_knows_its_line()
    {
        var document = Assert.Single(Read("kind: Pod\nspec:\n  containers:\n  - name: a\n    image: b\n"));

        Assert.Equal(5, document.LineOf("spec.containers[0].image"));
        Assert.Equal(4, document.LineOf("spec.containers[0].notThere"));
        Assert.Equal(1, document.LineOf("metadata.name"));
    }

    [Fact]
    public void Anchors_and_merge_keys_are_followed_and_own_fields_win()
    {
        var document = Assert.Single(Read("base: &b {x: 1, y: [1, 2]}\nuse:\n  <<: *b\n  x: 5\nagain: *b\n"));

        Assert.Equal("5", document.Content["use"]!["x"]!.AsNumber);
        Assert.Equal(2, document.Content["use"]!["y"]!.Items.Length);
        Assert.Equal("1", document.Content["again"]!["x"]!.AsNumber);
    }

    [Fact]
    public void A_field_given_twice_is_refused_with_its_line()
    {
        var error = Assert.Throws<InputFileException>(() => Read("a:\n  b: 1\n  b: 2\n"));

        Assert.Equal("m.yaml:3: a.b: the field is given twice", error.Message);
    }

    [Fact]
    public void Broken_yaml_is_refused_with_its_line()
    {
        var error = Assert.Throws<InputFileException>(() => Read("a: 1\nb: [1, 2\nc: 3\n"));

        Assert.StartsWith("m.yaml:", error.Message);
        Assert.Contains("not valid YAML", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void An_alias_of_nothing_is_refused()
    {
        var error = Assert.Throws<InputFileException>(() => Read("a: *nowhere\n"));

        Assert.Equal("m.yaml:1: a: the anchor nowhere is not defined above", error.Message);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var error = Assert.Throws<InputFileException>(() => Read(new string('[', 5000)));

        Assert.Contains("nested deeper", error.Message);
    }

    [Fact]
    public void Aliases_that_stand_for_more_than_fits_are_refused()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.Contains("more than 1000000 values", Assert.Throws<InputFileException>(() => Read(bomb)).Message);

        var large = $"a: &a {new string('x', 1 << 20)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 100))}]\n";
        Assert.Contains("with what aliases stand for", Assert.Throws<InputFileException>(() => Read(large)).Message);
    }

    [Fact]
    public void An_escape_that_stands_for_no_character_is_refused() =>
        Assert.Contains("an escape stands for no character", Assert.Throws<InputFileException>(() => Read("a: \"\\ud800\\u0041\"\n")).Message);

    private static JsonValue ValueOf(string text) => Assert.Single(Read($"v: {text}\n")).Content["v"]!;

    private static IReadOnlyList<ManifestDocument> Read(string text) => new YamlReader("m.yaml").Read(new StringReader(text));
}
