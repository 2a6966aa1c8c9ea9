using System.Diagnostics.CodeAnalysis;
using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;
using ActorPlane.Tracing;

namespace ActorPlane.Scheduler;

/// <summary>
/// The pods that wait for a node: active ones by priority, then by time queued; ones in backoff; and unschedulable ones,
/// which wait for a change of the cluster that can help them. Pure: time is an argument. Every step costs at most the
/// logarithm of the pods that wait, and a cluster event only the pods that it moves.
/// (<c>S/internal/queue/scheduling_queue.go</c>.)
/// </summary>
public sealed class SchedulingQueue(SchedulingQueueSettings settings, IReadOnlyList<IPreEnqueuePlugin> preEnqueue)
{
    private readonly Dictionary<string, QueuedPod> _pods = new(StringComparer.Ordinal);

    // Heaps may hold pods that have moved on since: an entry counts only while its sequence is still the pod's.
    private readonly PriorityQueue<QueuedPod, ActiveOrder> _active = new();
    private readonly PriorityQueue<QueuedPod, (DateTimeOffset Until, long Sequence)> _backoff = new();

    // Unschedulable pods by what helps them: there are few different sets, and an event moves whole ones.
    private readonly SortedDictionary<int, PodsInOrder> _unschedulable = [];

    // When each kind of event came last, by bit: a pod whose attempt began before that may have been helped meanwhile.
    private readonly long[] _lastEvent = new long[32];
    private long _sequence;

    /// <summary>Pods to be tried now.</summary>
    public int ActiveCount { get; private set; }

    /// <summary>Pods to be tried later.</summary>
    public int BackoffCount { get; private set; }

    /// <summary>Pods that wait for a change of the cluster.</summary>
    public int UnschedulableCount { get; private set; }

    /// <summary>Where the pod stands, or null when it is not here.</summary>
    public QueuedPodState? StateOf(string uid) => _pods.TryGetValue(uid, out var pod) ? pod.State : null;

    /// <summary>A pod without a node was seen, or one that waits has changed in a way that may matter (not its status).</summary>
    public void AddOrUpdate(Pod pod, Cause cause, DateTimeOffset now)
    {
        if (!_pods.TryGetValue(pod.Metadata.Uid!, out var queued))
        {
            queued = new QueuedPod(pod, cause, now, ++_sequence);
            _pods.Add(queued.Uid, queued);
            if (MayEnqueue(pod)) Activate(queued);
            return;
        }

        var before = queued.Info.Pod;
        if (before.Spec == pod.Spec && before.Metadata.Labels == pod.Metadata.Labels)
        {
            // A new status, as the scheduler itself writes it, is no reason to try again.
            queued.Info = PodInfo.Of(pod);
            return;
        }

        queued.Info = PodInfo.Of(pod);
        queued.Cause = cause;
        switch (queued.State)
        {
            case QueuedPodState.Gated when MayEnqueue(pod):
                queued.QueuedAt = now;
                Activate(queued);
                break;
            case QueuedPodState.Active:
                // The priority may have changed.
                Leave(queued);
                Activate(queued);
                break;
            case QueuedPodState.Unschedulable:
                Leave(queued);
                BackoffOrActivate(queued, now);
                break;
        }
    }

    /// <summary>The pod is gone, has ended, or has a node.</summary>
    public void Remove(string uid)
    {
        if (!_pods.Remove(uid, out var pod)) return;
        Leave(pod);
        pod.State = QueuedPodState.Gone;
    }

    /// <summary>Hands out the pod whose turn it is. <see cref="Remove"/> or <see cref="ReturnUnschedulable"/> or <see cref="ReturnFailed"/> ends the attempt.</summary>
    public bool TryPop([NotNullWhen(true)] out QueuedPod? pod)
    {
        while (_active.TryDequeue(out pod, out var order))
        {
            if (pod.State != QueuedPodState.Active || pod.Sequence != order.Sequence) continue;
            Leave(pod);
            pod.State = QueuedPodState.InFlight;
            pod.Attempts++;
            pod.Sequence = _sequence;
            return true;
        }

        return false;
    }

    /// <summary>The pod fits nowhere: it waits for one of <paramref name="helpedBy"/>, unless one came during the attempt.</summary>
    public void ReturnUnschedulable(QueuedPod pod, ClusterEvents helpedBy, DateTimeOffset now)
    {
        if (pod.State != QueuedPodState.InFlight) return;
        var helped = CameSince(helpedBy, pod.Sequence);
        Leave(pod);
        SetBackoff(pod, now);
        pod.HelpedBy = helpedBy;
        if (helped)
        {
            BackoffOrActivate(pod, now);
            return;
        }

        pod.State = QueuedPodState.Unschedulable;
        pod.Sequence = ++_sequence;
        pod.UnschedulableSince = now;
        UnschedulableCount++;
        if (!_unschedulable.TryGetValue((int)helpedBy, out var set)) _unschedulable[(int)helpedBy] = set = new PodsInOrder();
        set.Add(pod);
    }

    /// <summary>The attempt failed for a reason that may be gone next time, such as a refused binding: backoff.</summary>
    public void ReturnFailed(QueuedPod pod, DateTimeOffset now)
    {
        if (pod.State != QueuedPodState.InFlight) return;
        Leave(pod);
        SetBackoff(pod, now);
        BackoffOrActivate(pod, now);
    }

    /// <summary>The cluster changed: pods that this can help are tried again, in backoff or at once. Returns how many.</summary>
    public int Move(ClusterEvents events, Cause cause, DateTimeOffset now)
    {
        if (events == ClusterEvents.None) return 0;
        _sequence++;
        for (var bit = 0; bit < _lastEvent.Length; bit++)
        {
            if (((int)events & (1 << bit)) != 0) _lastEvent[bit] = _sequence;
        }

        var moved = 0;
        foreach (var (helpedBy, set) in _unschedulable)
        {
            if (((ClusterEvents)helpedBy & events) == ClusterEvents.None) continue;
            foreach (var pod in set.TakeAll())
            {
                pod.Cause = cause;
                MoveOut(pod, now);
                moved++;
            }
        }

        return moved;
    }

    /// <summary>Makes pods active whose backoff is over.</summary>
    public void FlushBackoff(DateTimeOffset now)
    {
        while (_backoff.TryPeek(out var pod, out var order))
        {
            var stale = pod.State != QueuedPodState.Backoff || pod.Sequence != order.Sequence;
            if (!stale && order.Until > now) return;
            _backoff.Dequeue();
            if (stale) continue;
            Leave(pod);
            Activate(pod);
        }
    }

    /// <summary>Tries pods again that have been unschedulable for <see cref="SchedulingQueueSettings.UnschedulableTimeout"/>.</summary>
    public void FlushUnschedulable(Cause cause, DateTimeOffset now)
    {
        foreach (var (_, set) in _unschedulable)
        {
            // Each set is in the order in which pods became unschedulable.
            while (set.First is { } pod && now - pod.UnschedulableSince > settings.UnschedulableTimeout)
            {
                set.Remove(pod);
                pod.Cause = cause;
                MoveOut(pod, now);
            }
        }
    }

    private bool CameSince(ClusterEvents events, long sequence)
    {
        for (var bit = 0; bit < _lastEvent.Length; bit++)
        {
            if (((int)events & (1 << bit)) != 0 && _lastEvent[bit] > sequence) return true;
        }

        return false;
    }

    private bool MayEnqueue(Pod pod)
    {
        foreach (var plugin in preEnqueue)
        {
            if (!plugin.MayEnqueue(pod)) return false;
        }

        return true;
    }

    private void SetBackoff(QueuedPod pod, DateTimeOffset now)
    {
        pod.QueuedAt = now;
        pod.BackoffUntil = now + settings.Backoff(pod.Attempts);
    }

    // The pod has left its set already.
    private void MoveOut(QueuedPod pod, DateTimeOffset now)
    {
        UnschedulableCount--;
        pod.State = QueuedPodState.Gone;
        BackoffOrActivate(pod, now);
    }

    private void BackoffOrActivate(QueuedPod pod, DateTimeOffset now)
    {
        if (pod.BackoffUntil <= now)
        {
            Activate(pod);
            return;
        }

        pod.State = QueuedPodState.Backoff;
        pod.Sequence = ++_sequence;
        BackoffCount++;
        _backoff.Enqueue(pod, (pod.BackoffUntil, pod.Sequence));
    }

    private void Activate(QueuedPod pod)
    {
        pod.State = QueuedPodState.Active;
        pod.Sequence = ++_sequence;
        ActiveCount++;
        _active.Enqueue(pod, new ActiveOrder(pod.Priority, pod.QueuedAt, pod.Sequence));
    }

    private void Leave(QueuedPod pod)
    {
        switch (pod.State)
        {
            case QueuedPodState.Active:
                ActiveCount--;
                break;
            case QueuedPodState.Backoff:
                BackoffCount--;
                break;
            case QueuedPodState.Unschedulable:
                UnschedulableCount--;
                _unschedulable[(int)pod.HelpedBy].Remove(pod);
                break;
        }

        pod.State = QueuedPodState.Gone;
    }

    private readonly record struct ActiveOrder(int Priority, DateTimeOffset QueuedAt, long Sequence) : IComparable<ActiveOrder>
    {
        public int CompareTo(ActiveOrder other)
        {
            if (Priority != other.Priority) return other.Priority.CompareTo(Priority);
            var byTime = QueuedAt.CompareTo(other.QueuedAt);
            return byTime != 0 ? byTime : Sequence.CompareTo(other.Sequence);
        }
    }

    /// <summary>Pods in the order in which they came, each found at once.</summary>
    private sealed class PodsInOrder
    {
        private readonly LinkedList<QueuedPod> _order = [];
        private readonly Dictionary<QueuedPod, LinkedListNode<QueuedPod>> _places = new(ReferenceEqualityComparer.Instance);

        public QueuedPod? First => _order.First?.Value;

        public void Add(QueuedPod pod) => _places.Add(pod, _order.AddLast(pod));

        public void Remove(QueuedPod pod)
        {
            if (_places.Remove(pod, out var place)) _order.Remove(place);
        }

        public QueuedPod[] TakeAll()
        {
            QueuedPod[] all = [.. _order];
            _order.Clear();
            _places.Clear();
            return all;
        }
    }
}
