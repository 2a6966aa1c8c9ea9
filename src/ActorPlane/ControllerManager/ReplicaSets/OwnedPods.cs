using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>
/// The active pods of one ReplicaSet with running counts, so that a change of one pod costs no scan of the others.
/// </summary>
public sealed class OwnedPods
{
    private readonly Dictionary<string, Pod> _byUid = new(StringComparer.Ordinal);
    private ValueMap<string> _templateLabels = ValueMap<string>.Empty;
    private int _fullyLabeled;

    /// <summary>The pods, in no particular order.</summary>
    public IReadOnlyCollection<Pod> Pods => _byUid.Values;

    /// <summary>How many there are.</summary>
    public int Count => _byUid.Count;

    /// <summary>How many of them are ready.</summary>
    public int Ready { get; private set; }

    /// <summary>Takes a pod's news in: it is kept while it is active.</summary>
    public void Set(Pod pod)
    {
        Remove(pod.Metadata.Uid!);
        if (!PodConditions.IsActive(pod)) return;
        _byUid.Add(pod.Metadata.Uid!, pod);
        Tally(pod, 1);
    }

    /// <summary>Forgets a pod.</summary>
    public void Remove(string uid)
    {
        if (_byUid.Remove(uid, out var pod)) Tally(pod, -1);
    }

    /// <summary>How many have been ready for <paramref name="minReady"/>. Looks at each pod only when that is not zero.</summary>
    public int Available(TimeSpan minReady, DateTimeOffset now) =>
        minReady == TimeSpan.Zero ? Ready : _byUid.Values.Count(pod => PodConditions.IsAvailable(pod, minReady, now));

    /// <summary>How many have all labels of the template. Counts anew only when those have changed.</summary>
    public int FullyLabeled(ValueMap<string> templateLabels)
    {
        if (_templateLabels != templateLabels)
        {
            _templateLabels = templateLabels;
            _fullyLabeled = _byUid.Values.Count(HasTemplateLabels);
        }

        return _fullyLabeled;
    }

    private void Tally(Pod pod, int sign)
    {
        if (PodConditions.IsReady(pod)) Ready += sign;
        if (HasTemplateLabels(pod)) _fullyLabeled += sign;
    }

    private bool HasTemplateLabels(Pod pod)
    {
        var labels = pod.Metadata.Labels;
        if (ReferenceEquals(labels, _templateLabels)) return true;
        foreach (var (key, value) in _templateLabels)
        {
            if (!labels.TryGetValue(key, out var actual) || !string.Equals(actual, value, StringComparison.Ordinal)) return false;
        }

        return true;
    }
}
