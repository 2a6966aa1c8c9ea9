using ActorPlane.Scheduler;
using ActorPlane.Scheduler.Framework;
using FsCheck;
using FsCheck.Fluent;
using static ActorPlane.Tests.Scheduler.Given;

namespace ActorPlane.Tests.Scheduler;

public class SchedulingQueueProperties
{
    /// <summary>Whatever happens in whatever order, a pod is in one place, none is lost, and the counts are those of the places.</summary>
    [Fact]
    public void No_pod_is_lost_or_doubled()
    {
        var steps = Gen.Choose(0, 6).SelectMany(step => Gen.Choose(0, 7).Select(pod => (step, pod))).ListOf().ToArbitrary();
        Prop.ForAll(steps, history => Check([.. history])).QuickCheckThrowOnFailure();
    }

    private static bool Check((int Step, int Pod)[] history)
    {
        var queue = new SchedulingQueue(new SchedulingQueueSettings(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)), []);
        var expected = new HashSet<string>();
        var inFlight = new List<QueuedPod>();
        var now = Start;
        foreach (var (step, number) in history)
        {
            now = now.AddSeconds(number);
            var name = $"p{number}";
            switch (step)
            {
                case 0:
                    queue.AddOrUpdate(Pod(name, priority: number % 3), default, now);
                    expected.Add("uid-" + name);
                    break;
                case 1 when queue.TryPop(out var pod):
                    inFlight.Add(pod);
                    break;
                case 2 when inFlight.Count > 0:
                    queue.ReturnUnschedulable(inFlight[^1], (ClusterEvents)(1 << (number % 6)), now);
                    inFlight.RemoveAt(inFlight.Count - 1);
                    break;
                case 3 when inFlight.Count > 0:
                    queue.ReturnFailed(inFlight[^1], now);
                    inFlight.RemoveAt(inFlight.Count - 1);
                    break;
                case 4:
                    queue.Move((ClusterEvents)(1 << (number % 6)), default, now);
                    break;
                case 5:
                    queue.Remove("uid-" + name);
                    expected.Remove("uid-" + name);
                    inFlight.RemoveAll(pod => pod.Uid == "uid-" + name);
                    break;
                case 6:
                    queue.FlushBackoff(now);
                    queue.FlushUnschedulable(default, now);
                    break;
            }

            int Count(QueuedPodState state) => expected.Count(uid => queue.StateOf(uid) == state);
            if ((Count(QueuedPodState.Active), Count(QueuedPodState.Backoff), Count(QueuedPodState.Unschedulable), Count(QueuedPodState.InFlight))
                != (queue.ActiveCount, queue.BackoffCount, queue.UnschedulableCount, inFlight.Count))
                return false;
            if (queue.ActiveCount + queue.BackoffCount + queue.UnschedulableCount + inFlight.Count != expected.Count) return false;
        }

        // In the end everything that waits comes out, once.
        foreach (var pod in inFlight) queue.ReturnFailed(pod, now);
        queue.FlushUnschedulable(default, now.AddHours(1));
        queue.FlushBackoff(now.AddHours(2));
        var popped = new List<string>();
        while (queue.TryPop(out var pod)) popped.Add(pod.Uid);
        return popped.Count == expected.Count && expected.SetEquals(popped);
    }
}
