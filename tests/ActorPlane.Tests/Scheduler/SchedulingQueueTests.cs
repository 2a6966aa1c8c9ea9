using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler;
using ActorPlane.Scheduler.Framework;
using ActorPlane.Scheduler.Plugins;
using ActorPlane.Tracing;
using static ActorPlane.Tests.Scheduler.Given;

namespace ActorPlane.Tests.Scheduler;

public class SchedulingQueueTests
{
    private static readonly SchedulingQueueSettings Settings = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));

    [Fact]
    public void Higher_priority_goes_first_then_who_came_first()
    {
        var queue = Queue();
        queue.AddOrUpdate(Pod("late", priority: 0), default, Start.AddSeconds(2));
        queue.AddOrUpdate(Pod("early", priority: 0), default, Start);
        queue.AddOrUpdate(Pod("same-time", priority: 0), default, Start);
        queue.AddOrUpdate(Pod("urgent", priority: 1000), default, Start.AddSeconds(3));
        queue.AddOrUpdate(Pod("low", priority: -1), default, Start);
        Assert.Equal(["urgent", "early", "same-time", "late", "low"], Drain(queue));
    }

    [Fact]
    public void The_backoff_doubles_from_one_second_to_ten() =>
        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(1, 6).Select(attempts => Settings.Backoff(attempts).TotalSeconds));

    [Fact]
    public void A_failed_pod_is_tried_again_when_its_backoff_is_over()
    {
        var queue = Queue();
        queue.AddOrUpdate(Pod("p"), default, Start);
        queue.ReturnFailed(Pop(queue), Start);
        queue.FlushBackoff(Start.AddSeconds(0.9));
        Assert.Equal((0, 1), (queue.ActiveCount, queue.BackoffCount));
        queue.FlushBackoff(Start.AddSeconds(1));
        Assert.Equal((1, 0), (queue.ActiveCount, queue.BackoffCount));
        queue.ReturnFailed(Pop(queue), Start.AddSeconds(1));
        queue.FlushBackoff(Start.AddSeconds(2.9));
        Assert.Equal(0, queue.ActiveCount);
        queue.FlushBackoff(Start.AddSeconds(3));
        Assert.Equal(3, Pop(queue).Attempts);
    }

    [Fact]
    public void An_unschedulable_pod_waits_for_an_event_that_can_help_it()
    {
        var queue = Queue();
        queue.AddOrUpdate(Pod("p"), default, Start);
        queue.ReturnUnschedulable(Pop(queue), ClusterEvents.NodeAdded | ClusterEvents.PodDeleted, Start);
        Assert.Equal(0, queue.Move(ClusterEvents.NodeLabelsChanged, default, Start));
        Assert.Equal(1, queue.Move(ClusterEvents.PodDeleted, new Cause(5), Start));
        Assert.Equal(QueuedPodState.Backoff, queue.StateOf("uid-p"));
        queue.FlushBackoff(Start.AddSeconds(1));
        Assert.Equal(new Cause(5), Pop(queue).Cause);
    }

    [Fact]
    public void Once_its_backoff_is_over_an_event_makes_it_active_at_once()
    {
        var queue = Queue();
        queue.AddOrUpdate(Pod("p"), default, Start);
        queue.ReturnUnschedulable(Pop(queue), ClusterEvents.NodeAdded, Start);
        queue.Move(ClusterEvents.NodeAdded, default, Start.AddSeconds(1));
        Assert.Equal(QueuedPodState.Active, queue.StateOf("uid-p"));
    }

    [Fact]
    public void An_event_during_the_attempt_counts()
    {
        var queue = Queue();
        queue.AddOrUpdate(Pod("p"), default, Start);
        var pod = Pop(queue);
        queue.Move(ClusterEvents.NodeAdded, default, Start);
        queue.ReturnUnschedulable(pod, ClusterEvents.NodeAdded, Start);
        Assert.Equal(QueuedPodState.Backoff, queue.StateOf("uid-p"));
    }

    [Fact]
    public void An_event_before_the_attempt_does_not_count()
    {
        var queue = Queue();
        queue.AddOrUpdate(Pod("p"), default, Start);
        queue.Move(ClusterEvents.NodeAdded, default, Start);
        queue.ReturnUnschedulable(Pop(queue), ClusterEvents.NodeAdded, Start);
        Assert.Equal(QueuedPodState.Unschedulable, queue.StateOf("uid-p"));
    }

    [Fact]
    public void An_unschedulable_pod_is_tried_again_after_five_minutes_in_any_case()
    {
        var queue = Queue();
        queue.AddOrUpdate(Pod("p"), default, Start);
        queue.ReturnUnschedulable(Pop(queue), ClusterEvents.NodeAdded, Start);
        queue.FlushUnschedulable(default, Start.AddMinutes(5));
        Assert.Equal(0, queue.ActiveCount);
        queue.FlushUnschedulable(default, Start.AddMinutes(5).AddSeconds(1));
        Assert.Equal((1, 0), (queue.ActiveCount, queue.UnschedulableCount));
    }

    [Fact]
    public void A_pod_that_only_changes_its_status_is_not_tried_again()
    {
        var queue = Queue();
        var pod = Pod("p");
        queue.AddOrUpdate(pod, default, Start);
        queue.ReturnUnschedulable(Pop(queue), ClusterEvents.NodeAdded, Start);
        queue.AddOrUpdate(pod with { Status = new PodStatus { Phase = "Pending" } }, default, Start.AddSeconds(30));
        Assert.Equal(QueuedPodState.Unschedulable, queue.StateOf("uid-p"));
        queue.AddOrUpdate(Pod("p", cpu: "1m"), default, Start.AddSeconds(30));
        Assert.Equal(QueuedPodState.Active, queue.StateOf("uid-p"));
    }

    [Fact]
    public void A_gated_pod_waits_outside()
    {
        var queue = Queue();
        var gated = new PodSpec { SchedulingGates = [new PodSchedulingGate { Name = "g" }] };
        queue.AddOrUpdate(Pod("p", spec: gated), default, Start);
        Assert.False(queue.TryPop(out _));
        queue.AddOrUpdate(Pod("p", spec: new PodSpec()), default, Start);
        Assert.Equal("uid-p", Pop(queue).Uid);
    }

    [Fact]
    public void A_removed_pod_does_not_come_back()
    {
        var queue = Queue();
        queue.AddOrUpdate(Pod("p"), default, Start);
        queue.AddOrUpdate(Pod("q"), default, Start);
        queue.Remove("uid-q");
        var p = Pop(queue);
        queue.Remove("uid-p");
        queue.ReturnUnschedulable(p, ClusterEvents.All, Start);
        queue.FlushUnschedulable(default, Start.AddHours(1));
        queue.FlushBackoff(Start.AddHours(1));
        Assert.False(queue.TryPop(out _));
        Assert.Equal((0, 0, 0), (queue.ActiveCount, queue.BackoffCount, queue.UnschedulableCount));
    }

    private static SchedulingQueue Queue() => new(Settings, [new SchedulingGates()]);

    private static QueuedPod Pop(SchedulingQueue queue)
    {
        Assert.True(queue.TryPop(out var pod));
        return pod;
    }

    private static List<string> Drain(SchedulingQueue queue)
    {
        var names = new List<string>();
        while (queue.TryPop(out var pod)) names.Add(pod.Info.Pod.Metadata.Name!);
        return names;
    }
}
