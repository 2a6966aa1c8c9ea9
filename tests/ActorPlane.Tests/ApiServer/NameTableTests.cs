using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer;

public sealed class NameTableTests
{
    [Fact]
    public void An_empty_table_finds_and_removes_nothing()
    {
        var table = new NameTable<ConfigMap>();
        Assert.Null(table.Find(Name(1)));
        Assert.Null(table.Remove(Name(1)));
        Assert.Empty(table.ToSortedArray());
    }

    [Fact]
    public void An_object_takes_the_place_of_the_one_of_its_name()
    {
        var table = new NameTable<ConfigMap>();
        var (first, second) = (Item(1), Item(1));
        Assert.Null(table.Set(first));
        Assert.Same(first, table.Set(second));
        Assert.Same(second, table.Find(Name(1)));
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void The_name_counts_with_its_namespace()
    {
        var table = new NameTable<ConfigMap>();
        table.Set(Item(1));
        Assert.Null(table.Find(Name(1) with { Namespace = "other" }));
        Assert.Null(table.Find(new NamespacedName("", Name(1).Name)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_holds_what_a_sorted_dictionary_holds_after_any_changes(int seed)
    {
        var chance = new Random(seed);
        var table = new NameTable<ConfigMap>();
        var expected = new SortedDictionary<NamespacedName, ConfigMap>();
        for (var step = 0; step < 20_000; step++)
        {
            // It grows, shrinks to nothing, and grows again.
            var growing = step / 2_500 % 2 == 0;
            var name = Name(chance.Next(growing ? 500 : 600));
            if (chance.Next(100) < (growing ? 80 : 15))
            {
                var item = new ConfigMap { Metadata = new ObjectMeta { Namespace = name.Namespace, Name = name.Name } };
                Assert.Same(expected.GetValueOrDefault(name), table.Set(item));
                expected[name] = item;
            }
            else
            {
                Assert.Same(expected.GetValueOrDefault(name), table.Remove(name));
                expected.Remove(name);
            }

            Assert.Equal(expected.Count, table.Count);
            Assert.Same(expected.GetValueOrDefault(name), table.Find(name));
            if (step % 500 == 0) Assert.Equal(expected.Values, table.ToSortedArray());
        }
    }

    private static NamespacedName Name(int number) => new($"ns-{number % 7}", $"name-{number}");

    private static ConfigMap Item(int number) => new() { Metadata = new ObjectMeta { Namespace = Name(number).Namespace, Name = Name(number).Name } };
}
