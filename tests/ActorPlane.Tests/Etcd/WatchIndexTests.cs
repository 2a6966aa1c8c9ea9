using ActorPlane.Etcd;

namespace ActorPlane.Tests.Etcd;

public class WatchIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_key_finds_exactly_the_watches_whose_ranges_hold_it(int seed)
    {
        var random = new Random(seed);
        var index = new WatchIndex<string>();
        var watches = new List<(EtcdKeyRange Keys, string Name)>();
        EtcdKey RandomKey() => EtcdKey.Of($"{random.Next(200):d3}");
        for (var step = 0; step < 3000; step++)
        {
            if (watches.Count == 0 || random.NextDouble() < (step < 1500 ? 0.7 : 0.3))
            {
                var keys = random.Next(4) switch
                {
                    0 => EtcdKeyRange.Single(RandomKey()),
                    1 => EtcdKeyRange.Prefix(EtcdKey.Of($"{random.Next(20):d2}")),
                    2 => EtcdKeyRange.From(RandomKey()),
                    _ => new EtcdKeyRange(RandomKey(), RandomKey()),
                };
                watches.Add((keys, $"watch {step}"));
                index.Add(keys, watches[^1].Name);
            }
            else
            {
                var at = random.Next(watches.Count);
                index.Remove(watches[at].Keys, watches[at].Name);
                watches.RemoveAt(at);
            }
            Assert.Equal(watches.Count, index.Count);
            var key = RandomKey();
            var found = new List<string>();
            index.CopyWatchesOf(key, found);
            Assert.Equal(
                watches.Where(watch => watch.Keys.Contains(key)).Select(watch => watch.Name).Order(), found.Order());
        }
    }

    [Fact]
    public void Removing_a_watch_that_is_not_there_changes_nothing()
    {
        var index = new WatchIndex<string>();
        index.Add(EtcdKeyRange.Prefix("a"), "one");
        index.Remove(EtcdKeyRange.Prefix("a"), "two");
        index.Remove(EtcdKeyRange.Prefix("b"), "one");
        index.Remove(EtcdKeyRange.Single("a"), "one");
        var found = new List<string>();
        index.CopyWatchesOf("ab", found);
        Assert.Equal(["one"], found);
        Assert.Equal(1, index.Count);
    }
}
