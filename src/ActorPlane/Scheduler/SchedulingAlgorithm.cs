using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler;

/// <summary>
/// Chooses a node for a pod: filters until enough nodes are found, scores those, takes the best, draws among equals.
/// The search begins where the last one ended, so that all nodes get their turn. Pure but for that index, the draw and
/// its scratch arrays; nothing is allocated for a node that is looked at. (<c>S/schedule_one.go</c>, schedulePod.)
/// </summary>
public sealed class SchedulingAlgorithm
{
    private readonly IFilterPlugin[] _filters;
    private readonly WeightedScore[] _scores;
    private readonly NodeSampling _sampling;
    private readonly Chance _chance;
    private readonly IFilterPlugin[] _activeFilters;
    private readonly Dictionary<Rejection, int> _rejections = new(ReferenceEqualityComparer.Instance);
    private NodeInfo[] _feasible = [];
    private long[] _total = [];
    private long[] _current = [];
    private int _nextStart;

    /// <summary>With the plugins of <paramref name="profile"/>; equals are chosen by <paramref name="chance"/>.</summary>
    public SchedulingAlgorithm(SchedulingProfile profile, NodeSampling sampling, Chance chance)
    {
        _filters = [.. profile.Filters];
        _scores = [.. profile.Scores];
        _activeFilters = new IFilterPlugin[_filters.Length];
        _sampling = sampling;
        _chance = chance;
    }

    /// <summary>Finds the pod a node among <paramref name="nodes"/>, all of which have their object.</summary>
    public SchedulingDecision Schedule(PodInfo pod, ReadOnlySpan<NodeInfo> nodes)
    {
        if (nodes.IsEmpty)
            return new SchedulingDecision(null, "no nodes available to schedule pods", ClusterEvents.NodeAdded, 0, 0);

        var feasible = FindFeasible(pod, nodes, out var lookedAt);
        if (feasible == 0)
        {
            var helpedBy = ClusterEvents.None;
            foreach (var rejection in _rejections.Keys) helpedBy |= rejection.HelpedBy;
            return new SchedulingDecision(null, UnschedulableMessage.For(nodes.Length, _rejections), helpedBy, lookedAt, 0);
        }

        var chosen = feasible == 1 ? _feasible[0] : Best(pod, feasible);
        return new SchedulingDecision(chosen, "", ClusterEvents.None, lookedAt, feasible);
    }

    private int FindFeasible(PodInfo pod, ReadOnlySpan<NodeInfo> nodes, out int lookedAt)
    {
        var active = 0;
        foreach (var filter in _filters)
        {
            if (filter is not IPreFilterPlugin preFilter || preFilter.AppliesTo(pod)) _activeFilters[active++] = filter;
        }

        var filters = _activeFilters.AsSpan(0, active);
        var wanted = _sampling.FeasibleToFind(nodes.Length);
        if (_feasible.Length < wanted) (_feasible, _total, _current) = (new NodeInfo[wanted], new long[wanted], new long[wanted]);
        _rejections.Clear();
        Rejection? last = null;
        var lastCount = 0;
        var found = 0;
        var index = _nextStart % nodes.Length;
        for (lookedAt = 0; lookedAt < nodes.Length && found < wanted; lookedAt++)
        {
            var node = nodes[index];
            if (++index == nodes.Length) index = 0;
            var rejection = FirstRejection(filters, pod, node);
            if (rejection is null)
            {
                _feasible[found++] = node;
            }
            else if (ReferenceEquals(rejection, last))
            {
                lastCount++;
            }
            else
            {
                CountRejection(last, lastCount);
                (last, lastCount) = (rejection, 1);
            }
        }

        CountRejection(last, lastCount);
        _nextStart = index;
        return found;
    }

    private static Rejection? FirstRejection(ReadOnlySpan<IFilterPlugin> filters, PodInfo pod, NodeInfo node)
    {
        foreach (var filter in filters)
        {
            if (filter.Filter(pod, node) is { } rejection) return rejection;
        }

        return null;
    }

    private void CountRejection(Rejection? rejection, int count)
    {
        if (rejection is not null) _rejections[rejection] = _rejections.GetValueOrDefault(rejection) + count;
    }

    private NodeInfo Best(PodInfo pod, int feasible)
    {
        var nodes = _feasible.AsSpan(0, feasible);
        var total = _total.AsSpan(0, feasible);
        var current = _current.AsSpan(0, feasible);
        total.Clear();
        foreach (var (plugin, weight) in _scores)
        {
            if (plugin is IPreScorePlugin preScore && !preScore.HasPreference(pod)) continue;
            for (var i = 0; i < nodes.Length; i++) current[i] = plugin.Score(pod, nodes[i]);
            plugin.Normalize(current);
            for (var i = 0; i < total.Length; i++) total[i] += weight * current[i];
        }

        var (best, equals) = (0, 1);
        for (var i = 1; i < total.Length; i++)
        {
            if (total[i] > total[best]) (best, equals) = (i, 1);
            else if (total[i] == total[best] && _chance.Next(++equals) == 0) best = i;
        }

        return nodes[best];
    }
}
