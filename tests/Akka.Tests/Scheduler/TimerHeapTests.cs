using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Scheduler;

public class TimerHeapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_comes_and_goes_the_earliest_is_first(int seed)
    {
        using var scheduler = new HashedWheelTimerScheduler(ConfigurationFactory.ParseString("akka.scheduler.tick-duration = 10ms"), NoLogger.Instance);
        var random = new Random(seed);
        var heap = new TimerHeap();
        var inside = new List<HashedWheelTimerScheduler.PendingTimer>();
        for (var step = 0; step < 5000; step++)
        {
            switch (random.Next(4))
            {
                case 0 when inside.Count > 0:
                    var removed = inside[random.Next(inside.Count)];
                    heap.Remove(removed);
                    heap.Remove(removed);
                    inside.Remove(removed);
                    break;
                case 1 when inside.Count > 0:
                    var earliest = heap.Earliest;
                    earliest.Due += random.Next(1000);
                    heap.Later(earliest);
                    break;
                default:
                    var timer = new HashedWheelTimerScheduler.PendingTimer(scheduler) { Due = random.Next(1000), Sequence = step };
                    heap.Add(timer);
                    inside.Add(timer);
                    break;
            }

            Assert.Equal(inside.Count, heap.Count);
            Assert.Same(inside.MinBy(timer => (timer.Due, timer.Sequence)), heap.Earliest);
        }

        heap.Clear();
        Assert.Null(heap.Earliest);
    }
}
