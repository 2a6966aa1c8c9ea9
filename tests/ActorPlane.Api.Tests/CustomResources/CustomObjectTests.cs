using ActorPlane.Api.Meta.V1;
using Xunit;

namespace ActorPlane.Api.Tests;

public sealed class CustomObjectTests
{
    [Fact]
    public void What_a_narrower_schema_hides_is_shown_again_by_a_wider_one()
    {
        var (wide, narrow) = (Schema("\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"}"), Schema("\"a\":{\"type\":\"string\"}"));
        var item = new CustomObject(wide, new ObjectMeta { Name = "x" }, JsonValue.Parse("""{"spec":{"a":"1","b":"2"}}"""));

        var hidden = item.Under(narrow);
        Assert.Equal("""{"spec":{"a":"1"}}""", hidden.Content.ToString());
        var versioned = (CustomObject)hidden.WithMetadata(hidden.Metadata with { ResourceVersion = "7" });
        Assert.Equal(item.Content.ToString(), versioned.Under(wide).Content.ToString());
        Assert.Equal(hidden.Content.ToString(), versioned.AsShown().Under(wide).Content.ToString());
    }

    private static CustomObjectSchema Schema(string properties) => new(
        new GroupVersionKind("example.com", "v1", "Thing"),
        CustomSchema.Of(JsonValue.Parse($"{{\"type\":\"object\",\"properties\":{{\"spec\":{{\"type\":\"object\",\"properties\":{{{properties}}}}}}}}}")));
}
