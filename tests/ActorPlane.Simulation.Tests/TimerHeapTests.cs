using FsCheck;
using FsCheck.Fluent;

namespace ActorPlane.Simulation.Tests;

public sealed class TimerHeapTests
{
    [Fact]
    public void It_gives_what_a_sorted_list_gives_whatever_is_removed_meanwhile() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            var heap = new TimerHeap<string>();
            var model = new List<(long Due, int Order, string Item)>();
            for (var i = 0; i < numbers.Length; i++)
            {
                var number = numbers[i];
                if (number % 5 == 0 && model.Count > 0)
                {
                    heap.RemoveFirst();
                    model.Remove(model.Min());
                }
                else if (number % 17 == 1)
                {
                    heap.RemoveAll(item => item.EndsWith('7'));
                    model.RemoveAll(entry => entry.Item.EndsWith('7'));
                }
                else
                {
                    heap.Add(number % 10, $"{i}");
                    model.Add((number % 10, i, $"{i}"));
                }
            }

            var drained = new List<(long, string)>();
            while (heap.TryPeek(out var due, out var item))
            {
                drained.Add((due, item));
                heap.RemoveFirst();
            }

            return drained.SequenceEqual(model.Order().Select(entry => (entry.Due, entry.Item)));
        }));
}
