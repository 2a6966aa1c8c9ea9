using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using FsCheck;
using FsCheck.Fluent;

namespace ActorPlane.Api.Tests;

public sealed class PatchTests
{
    [Theory]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":null,"d":3}}""", """{"a":{"c":2,"d":3}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[3]}""", """{"a":[3]}""")]
    [InlineData("""{"a":1}""", """{"b":{"c":null}}""", """{"a":1,"b":{}}""")]
    [InlineData("""{"a":1}""", "[2]", "[2]")]
    public void A_merge_patch_follows_RFC_7386(string target, string patch, string expected)
    {
        Assert.Equal(JsonValue.Parse(expected), MergePatch.Apply(JsonValue.Parse(target), JsonValue.Parse(patch)));
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/a/b","value":1}]""", """{"a":{"b":1},"l":[1,2]}""")]
    [InlineData("""[{"op":"add","path":"/l/-","value":3}]""", """{"a":{},"l":[1,2,3]}""")]
    [InlineData("""[{"op":"add","path":"/l/1","value":9}]""", """{"a":{},"l":[1,9,2]}""")]
    [InlineData("""[{"op":"remove","path":"/l/0"}]""", """{"a":{},"l":[2]}""")]
    [InlineData("""[{"op":"replace","path":"/l","value":{}}]""", """{"a":{},"l":{}}""")]
    [InlineData("""[{"op":"move","from":"/l/0","path":"/a/x~1y"}]""", """{"a":{"x/y":1},"l":[2]}""")]
    [InlineData("""[{"op":"copy","from":"/l","path":"/a/l"},{"op":"test","path":"/a/l/1","value":2}]""", """{"a":{"l":[1,2]},"l":[1,2]}""")]
    public void A_JSON_patch_follows_RFC_6902(string patch, string expected)
    {
        Assert.Equal(JsonValue.Parse(expected), JsonPatch.Apply(JsonValue.Parse("""{"a":{},"l":[1,2]}"""), JsonValue.Parse(patch)));
    }

    [Theory]
    [InlineData("""[{"op":"remove","path":"/x"}]""", true)]
    [InlineData("""[{"op":"replace","path":"/l/7","value":1}]""", true)]
    [InlineData("""[{"op":"test","path":"/l","value":1}]""", true)]
    [InlineData("""[{"op":"add","path":"/x/y","value":1}]""", true)]
    [InlineData("""[{"path":"/x"}]""", false)]
    [InlineData("""{"op":"add"}""", false)]
    public void A_JSON_patch_that_does_not_fit_is_refused(string patch, bool unprocessable)
    {
        var error = Assert.Throws<PatchException>(() => JsonPatch.Apply(JsonValue.Parse("""{"a":{},"l":[1,2]}"""), JsonValue.Parse(patch)));
        Assert.Equal(unprocessable, error.IsUnprocessable);
    }

    [Theory]

    // Containers are merged by name.
    [InlineData("""{"containers":[{"name":"a","image":"1"},{"name":"b","image":"1"}]}""", """{"containers":[{"name":"b","image":"2"}]}""", """{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}""")]
    [InlineData("""{"containers":[{"name":"a"}]}""", """{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"b"}]}""", """{"containers":[{"name":"b"},{"name":"a"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"name":"a","$patch":"delete"}]}""", """{"containers":[{"name":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"name":"c"},{"$patch":"replace"}]}""", """{"containers":[{"name":"c"}]}""")]

    // A new volume source replaces the old one, since volumes retain only the keys that are named.
    [InlineData("""{"volumes":[{"name":"v","emptyDir":{}}]}""", """{"volumes":[{"$retainKeys":["name","hostPath"],"name":"v","hostPath":{"path":"/x"}}]}""", """{"volumes":[{"name":"v","hostPath":{"path":"/x"}}]}""")]

    // Tolerations have no merge key: they are replaced.
    [InlineData("""{"tolerations":[{"key":"a"}]}""", """{"tolerations":[{"key":"b"}]}""", """{"tolerations":[{"key":"b"}]}""")]
    [InlineData("""{"nodeSelector":{"a":"1","b":"2"}}""", """{"nodeSelector":{"a":null,"c":"3"}}""", """{"nodeSelector":{"b":"2","c":"3"}}""")]
    [InlineData("""{"nodeSelector":{"a":"1"}}""", """{"nodeSelector":{"$patch":"replace","c":"3"}}""", """{"nodeSelector":{"c":"3"}}""")]
    [InlineData("""{"hostNetwork":true}""", """{"hostNetwork":null,"affinity":{"nodeAffinity":null}}""", """{"affinity":{}}""")]
    public void A_strategic_merge_patch_follows_the_schema(string original, string patch, string expected)
    {
        Assert.Equal(
            JsonValue.Parse(expected).ToString(),
            StrategicMergePatch.Apply(JsonValue.Parse(original), JsonValue.Parse(patch), PodSpec.Descriptor).ToString());
    }

    [Fact]
    public void Finalizers_are_merged_by_value_and_deleted_by_directive()
    {
        var original = JsonValue.Parse("""{"metadata":{"finalizers":["a","b"]}}""");
        var added = StrategicMergePatch.Apply(original, JsonValue.Parse("""{"metadata":{"finalizers":["c","a"]}}"""), Pod.Descriptor);
        var deleted = StrategicMergePatch.Apply(original, JsonValue.Parse("""{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}}"""), Pod.Descriptor);

        Assert.Equal(["a", "b", "c"], added["metadata"]!["finalizers"]!.Items.ToArray().Select(i => i.AsString!).Order(StringComparer.Ordinal));
        Assert.Equal("""{"metadata":{"finalizers":["b"]}}""", deleted.ToString());
    }

    [Fact]
    public void A_list_element_without_its_key_is_refused()
    {
        var error = Assert.Throws<PatchException>(() => StrategicMergePatch.Apply(
            JsonValue.Parse("""{"spec":{"template":{"spec":{"containers":[]}}}}"""),
            JsonValue.Parse("""{"spec":{"template":{"spec":{"containers":[{"image":"x"}]}}}}"""),
            Deployment.Descriptor));
        Assert.Equal("map: map[image:x] does not contain declared merge key: name", error.Message);
    }

    [Fact]
    public void The_empty_patch_changes_nothing_and_a_patch_applied_twice_is_applied_once()
    {
        var name = Gen.Elements("a", "b", "c");
        var container = name.SelectMany(_ => Gen.Elements("1", "2"), (n, i) => JsonValue.Object(("name", JsonValue.Of(n)), ("image", JsonValue.Of(i))));
        var spec = container.ListOf().Select(list => JsonValue.Object(("containers", JsonValue.Array(list.DistinctBy(c => c["name"]!.AsString)))));
        Property.Holds(spec.Two(), pair =>
        {
            var once = StrategicMergePatch.Apply(pair.Item1, pair.Item2, PodSpec.Descriptor);
            return StrategicMergePatch.Apply(pair.Item1, JsonValue.EmptyObject, PodSpec.Descriptor) == pair.Item1
                && StrategicMergePatch.Apply(once, pair.Item2, PodSpec.Descriptor) == once;
        });
    }
}
