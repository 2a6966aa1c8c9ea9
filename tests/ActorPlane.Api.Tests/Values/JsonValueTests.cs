namespace ActorPlane.Api.Tests.Values;

public sealed class JsonValueTests
{
    private const string Before = """{"metadata":{"name":"a","labels":{"x":"1","y":"2"}},"spec":{"list":[{"n":1},{"n":2}],"on":true}}""";

    [Fact]
    public void What_is_the_same_is_shared_as_a_whole()
    {
        var before = JsonValue.Parse(Before);
        Assert.Same(before, JsonValue.Parse(Before).SharedWith(before));
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a","labels":{"w":"0","x":"1","y":"2"}},"spec":{"list":[{"n":1},{"n":2}],"on":true}}""", "spec")]
    [InlineData("""{"metadata":{"name":"a","labels":{"x":"1","y":"2"}},"spec":{"list":[{"n":1},{"n":3},{"n":2}]}}""", "metadata")]
    [InlineData("""{"kind":"A","metadata":{"name":"b","labels":{"x":"1","y":"2"}},"spec":{"list":[{"n":1},{"n":2}],"on":false}}""", "metadata.labels")]
    [InlineData("""{"metadata":null,"spec":{"list":[{"n":1},{"n":2}],"on":true},"status":{}}""", "spec")]
    [InlineData("""{"metadata":["a"],"spec":{"list":[{"n":1},{"n":2}],"on":[true]}}""", "spec.list")]
    public void What_differs_is_its_own(string text, string same)
    {
        var (before, after) = (JsonValue.Parse(Before), JsonValue.Parse(text));
        var shared = after.SharedWith(before);
        Assert.Equal(text, shared.ToString());
        Assert.Same(before.At(same.Split('.')), shared.At(same.Split('.')));
    }

    [Fact]
    public void Objects_and_arrays_are_read_one_in_the_other()
    {
        const string text = """{"a":[[],[1,[2,{"b":{}}],3],{"c":[{"d":null},{"e":[4]}],"f":5}],"g":{"h":[],"i":{"j":[6,7]}},"k":[]}""";
        Assert.Equal(text, JsonValue.Parse(text).ToString());
    }
}
