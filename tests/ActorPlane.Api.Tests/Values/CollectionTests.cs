using FsCheck;
using FsCheck.Fluent;

namespace ActorPlane.Api.Tests;

public sealed class CollectionTests
{
    [Fact]
    public void Lists_compare_by_their_elements()
    {
        ValueList<string> left = ["a", "b"];
        Assert.Equal(left, ValueList<string>.Empty.Add("a").Add("b"));
        Assert.NotEqual(left, ["b", "a"]);
        Assert.Same(ValueList<string>.Empty, left.RemoveAll(_ => true));
        Assert.Same(left, left.RemoveAll(_ => false));
    }

    [Fact]
    public void A_map_behaves_like_a_sorted_dictionary()
    {
        var steps = Gen.Choose(0, 30).SelectMany(n => Gen.Choose(0, 9), (n, v) => ($"k{n}", v)).ListOf();
        Property.Holds(steps, entries =>
        {
            var map = ValueMap<int>.Empty;
            var model = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var (key, value) in entries)
            {
                if (value == 0)
                {
                    map = map.Without(key);
                    model.Remove(key);
                }
                else
                {
                    map = map.With(key, value);
                    model[key] = value;
                }
            }

            return map.SequenceEqual(model) && map == ValueMap<int>.From(model) && model.All(e => map[e.Key] == e.Value);
        });
    }

    [Fact]
    public void Json_trees_are_equal_whatever_the_order_of_members()
    {
        var left = JsonValue.Parse("""{"a":1,"b":[true,null,"x"],"c":{"d":1.0}}""");
        var right = JsonValue.Parse("""{"c":{"d":1},"b":[true,null,"x"],"a":1}""");
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, right.With("a", JsonValue.Of(2)));
        Assert.Equal("""{"a":1,"b":[true,null,"x"],"c":{"d":1.0}}""", left.ToString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\":}")]
    [InlineData("[1,]")]
    [InlineData("1 2")]
    [InlineData("")]
    public void Broken_json_is_refused(string text)
    {
        Assert.Throws<DecodeException>(() => JsonValue.Parse(text));
    }

    [Fact]
    public void Json_nested_too_deep_is_refused()
    {
        Assert.Throws<DecodeException>(() => JsonValue.Parse(new string('[', 100_000)));
    }
}
