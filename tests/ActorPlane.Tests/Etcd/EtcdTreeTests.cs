using ActorPlane.Etcd;

namespace ActorPlane.Tests.Etcd;

public class EtcdTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_tree_holds_what_a_sorted_dictionary_holds_and_old_trees_never_change(int seed)
    {
        var random = new Random(seed);
        var expected = new SortedDictionary<EtcdKey, EtcdKeyValue>();
        var editor = new EtcdTree.Editor(EtcdTree.Empty);
        var kept = new List<(EtcdTree Tree, EtcdKeyValue[] Items)>();
        // Grow to thousands of keys, then shrink to few: splits and merges on every level.
        for (var step = 0; step < 30_000; step++)
        {
            var key = EtcdKey.Of($"/registry/{random.Next(6000):d5}");
            if (random.NextDouble() < (step < 15_000 ? 0.75 : 0.25))
            {
                var keyValue = new EtcdKeyValue(key, EtcdValue.Empty, step, step, 1, 0);
                Assert.Same(expected.GetValueOrDefault(key), editor.Set(keyValue));
                expected[key] = keyValue;
            }
            else
            {
                Assert.Same(expected.GetValueOrDefault(key), editor.Remove(key));
                expected.Remove(key);
            }
            if (step % 1500 == 0) kept.Add((editor.ToTree(), expected.Values.ToArray()));
        }
        kept.Add((editor.ToTree(), expected.Values.ToArray()));
        foreach (var (tree, items) in kept)
        {
            Assert.Equal(items.Length, tree.Count);
            Assert.Equal(items, tree.All());
            for (var i = 0; i < 50; i++)
            {
                var start = EtcdKey.Of($"/registry/{random.Next(6000):d5}");
                var end = EtcdKey.Of($"/registry/{random.Next(6000):d5}");
                var range = i % 5 == 0 ? EtcdKeyRange.From(start) : new EtcdKeyRange(start, end);
                var found = new List<EtcdKeyValue>();
                tree.CopyTo(found, range);
                Assert.Equal(items.Where(item => range.Contains(item.Key)), found);
                Assert.Equal(found.Count, tree.CountIn(range));
                var few = new List<EtcdKeyValue>();
                tree.CopyTo(few, range, 7);
                Assert.Equal(found.Take(7), few);
                Assert.Equal(items.FirstOrDefault(item => item.Key == start), tree.Find(start));
            }
        }
    }

    [Fact]
    public void An_emptied_tree_is_empty_and_grows_again()
    {
        var editor = new EtcdTree.Editor(EtcdTree.Empty);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 2000; i++) editor.Set(EtcdKeyValue.Tombstone(EtcdKey.Of($"{i:d4}"), 1));
            Assert.Equal(2000, editor.Count);
            for (var i = 1999; i >= 0; i--) Assert.NotNull(editor.Remove(EtcdKey.Of($"{i:d4}")));
            Assert.Equal(0, editor.Count);
            Assert.Empty(editor.ToTree().All());
        }
    }
}
