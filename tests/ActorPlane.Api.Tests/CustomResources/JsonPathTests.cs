namespace ActorPlane.Api.Tests;

public sealed class JsonPathTests
{
    private static readonly JsonValue Tree = JsonValue.Parse("""
        {"spec":{"a":1,"a.b":2,"list":[{"n":"x","v":1},{"n":"y","v":2},{"n":"z"}]},
         "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Synced","status":"False"}]}}
        """);

    [Theory]
    [InlineData(".spec.a", "1")]
    [InlineData(".spec['a.b']", "2")]
    [InlineData(".spec.a\\.b", "2")]
    [InlineData(".spec.none.deeper", "")]
    [InlineData(".spec.list[1].n", "\"y\"")]
    [InlineData(".spec.list[-1].n", "\"z\"")]
    [InlineData(".spec.list[5].n", "")]
    [InlineData(".spec.list[*].v", "1 2")]
    [InlineData(".spec.list[0:2].n", "\"x\" \"y\"")]
    [InlineData(".status.conditions[?(@.type==\"Ready\")].status", "\"True\"")]
    [InlineData(".status.conditions[?(@.type=='Synced')].status", "\"False\"")]
    [InlineData(".spec.list[?(@.v>1)].n", "\"y\"")]
    [InlineData(".spec.list[?(@.v)].n", "\"x\" \"y\"")]
    [InlineData("..type", "\"Ready\" \"Synced\"")]
    public void A_path_leads_to_values(string path, string found) => Assert.Equal(found, string.Join(' ', JsonPath.Parse(path).Find(Tree)));

    [Theory]
    [InlineData(".spec[")]
    [InlineData(".spec[x]")]
    [InlineData(".spec[?(@.a==)]")]
    [InlineData(".spec{}]")]
    public void What_is_no_path_is_refused(string path) => Assert.Throws<FormatException>(() => JsonPath.Parse(path));
}
