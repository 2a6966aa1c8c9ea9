using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer;

public sealed class ObjectTreeTests
{
    [Fact]
    public void A_tree_stays_as_it_was_while_its_editor_goes_on()
    {
        var editor = new ObjectTree.Editor();
        for (var i = 0; i < 100; i++) editor.Set(Item(i));
        var before = editor.ToTree();
        editor.Remove(Name(50));
        editor.Set(Item(200));

        Assert.Equal(Enumerable.Range(0, 100).Select(Name), before.Keys);
        Assert.True(before.ContainsKey(Name(50)));
        Assert.False(before.ContainsKey(Name(200)));
        Assert.Equal(Enumerable.Range(0, 100).Where(i => i != 50).Append(200).Select(Name), editor.ToTree().Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(998)]
    public void It_goes_on_after_a_name(int number)
    {
        var editor = new ObjectTree.Editor();
        for (var i = 0; i < 1000; i += 2) editor.Set(Item(i));
        var tree = editor.ToTree();

        var expected = Enumerable.Range(0, 1000).Where(i => i % 2 == 0 && i > number).Select(Name);
        Assert.Equal(expected, tree.After(Name(number)).Select(entry => entry.Key));

        Assert.Equal(500 - expected.Count(), tree.CountBefore(Name(number) with { Name = Name(number).Name + "x" }));

        // The name itself need not be there.
        Assert.Equal(expected, tree.After(Name(number) with { Name = Name(number).Name + "x" }).Select(entry => entry.Key));
    }

    private static NamespacedName Name(int number) => new("default", $"name-{number:d4}");

    private static ConfigMap Item(int number) => new() { Metadata = new ObjectMeta { Namespace = "default", Name = Name(number).Name } };
}
