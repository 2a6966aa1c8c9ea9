using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>
/// Which pods a ReplicaSet gives up first: the ones whose loss hurts least. In turn: without a node; pending before
/// unknown before running; not ready; lower deletion cost; more replicas of the same owner on its node; ready for a
/// shorter time; more restarts; younger. Ages are compared by their binary magnitude, so that of pods of about one age
/// none is preferred for seconds. Equals are ordered by uid: the order is total.
/// (<c>C/controller_utils.go</c>, ActivePodsWithRanks. There two ready times of one magnitude are ordered by uid at
/// once, which is no total order; here the later criteria come first.)
/// </summary>
public static class PodDeletionOrder
{
    /// <summary>The first <paramref name="count"/> of <paramref name="pods"/> to delete.</summary>
    /// <param name="podsOnNode">How many pods of the same owner, directly or through its owner, a node has.</param>
    public static IReadOnlyList<Pod> Select(IReadOnlyCollection<Pod> pods, int count, IReadOnlyDictionary<string, int> podsOnNode, DateTimeOffset now)
    {
        var entries = pods.Select(pod => new Entry(pod, Rank(pod, podsOnNode), now)).ToArray();
        Array.Sort(entries);
        return [.. entries.Take(count).Select(entry => entry.Pod)];
    }

    private static int Rank(Pod pod, IReadOnlyDictionary<string, int> podsOnNode) =>
        string.IsNullOrEmpty(pod.Spec.NodeName) ? 0 : podsOnNode.GetValueOrDefault(pod.Spec.NodeName);

    // -1 for what is not in the past, else the binary logarithm of the age in nanoseconds.
    private static int Magnitude(DateTimeOffset since, DateTimeOffset now)
    {
        var ticks = (now - since).Ticks;
        return ticks <= 0 ? -1 : (int)Math.Log2(ticks * 100.0);
    }

    private readonly struct Entry(Pod pod, int rank, DateTimeOffset now) : IComparable<Entry>
    {
        private readonly int _assigned = string.IsNullOrEmpty(pod.Spec.NodeName) ? 0 : 1;
        private readonly int _phase = pod.Status.Phase switch { "Running" => 2, "Unknown" => 1, _ => 0 };
        private readonly int _ready = PodConditions.IsReady(pod) ? 1 : 0;
        private readonly int _cost = PodConditions.DeletionCostOf(pod);

        // A time that is not known counts as later than any other.
        private readonly int _readyMagnitude = PodConditions.ReadySince(pod) is { } since ? Magnitude(since, now) : -2;
        private readonly int _restarts = PodConditions.MaxRestarts(pod);
        private readonly int _ageMagnitude = pod.Metadata.CreationTimestamp is { } created ? Magnitude(created.Time, now) : -2;
        private readonly int _rank = rank;

        public Pod Pod { get; } = pod;

        public int CompareTo(Entry other)
        {
            if (_assigned != other._assigned) return _assigned.CompareTo(other._assigned);
            if (_phase != other._phase) return _phase.CompareTo(other._phase);
            if (_ready != other._ready) return _ready.CompareTo(other._ready);
            if (_cost != other._cost) return _cost.CompareTo(other._cost);
            if (_rank != other._rank) return other._rank.CompareTo(_rank);
            if (_readyMagnitude != other._readyMagnitude) return _readyMagnitude.CompareTo(other._readyMagnitude);
            if (_restarts != other._restarts) return other._restarts.CompareTo(_restarts);
            if (_ageMagnitude != other._ageMagnitude) return _ageMagnitude.CompareTo(other._ageMagnitude);
            return string.CompareOrdinal(Pod.Metadata.Uid, other.Pod.Metadata.Uid);
        }
    }
}
