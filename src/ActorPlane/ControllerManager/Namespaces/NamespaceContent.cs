using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.Namespaces;

/// <summary>
/// What is left of a namespace after one attempt to empty it, and what that means for its status.
/// (<c>C/namespace/deletion/namespaced_resources_deleter.go</c>, <c>status_condition_utils.go</c>.)
/// </summary>
/// <param name="finalizerEstimate">How long an object that someone else's finalizer holds is thought to stay.</param>
public sealed class NamespaceContent(TimeSpan finalizerEstimate)
{
    private readonly SortedDictionary<string, int> _remaining = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _finalizers = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _failures = new(StringComparer.Ordinal);

    /// <summary>Nothing is left, and nothing failed.</summary>
    public bool IsEmpty => _remaining.Count == 0 && _failures.Count == 0;

    /// <summary>How long what is left is thought to stay.</summary>
    public TimeSpan Estimate { get; private set; }

    /// <summary>Worth another look after this time.</summary>
    public TimeSpan NextLook => TimeSpan.FromSeconds((long)Estimate.TotalSeconds / 2 + 1);

    /// <summary>An object is being deleted and not yet gone.</summary>
    public void Remains(ResourceInfo resource, IKubeObject item)
    {
        Count(_remaining, $"{resource.Plural}.{resource.Gvk.Group}");
        foreach (var finalizer in item.Metadata.Finalizers.AsSpan()) Count(_finalizers, finalizer);
        var estimate = !item.Metadata.Finalizers.IsEmpty ? finalizerEstimate
            : item is Pod { Status.Phase: not ("Succeeded" or "Failed") } pod ? Durations.OfSeconds(pod.Spec.TerminationGracePeriodSeconds ?? 0)
            : TimeSpan.Zero;
        if (estimate > Estimate) Estimate = estimate;
    }

    /// <summary>A list or deletion failed for a reason that is no news of the object.</summary>
    public void Failed(string why) => _failures.Add(why);

    /// <summary>The namespace's conditions after this attempt: a condition that says what it said keeps its time.</summary>
    public ValueList<NamespaceCondition> Conditions(ValueList<NamespaceCondition> before, DateTimeOffset now)
    {
        var after = before;
        Set("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered");
        Set("NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed");
        if (_failures.Count == 0) Set("NamespaceDeletionContentFailure", false, "ContentDeleted", "All content successfully deleted, may be waiting on finalization");
        else Set("NamespaceDeletionContentFailure", true, "ContentDeletionFailed", $"Failed to delete all resource types, {_failures.Count} remaining: {string.Join(", ", _failures)}");
        if (_remaining.Count == 0) Set("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed");
        else Set("NamespaceContentRemaining", true, "SomeResourcesRemain", "Some resources are remaining: " + string.Join(", ", _remaining.Select(entry => $"{entry.Key} has {entry.Value} resource instances")));
        if (_finalizers.Count == 0) Set("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished");
        else Set("NamespaceFinalizersRemaining", true, "SomeFinalizersRemain", "Some content in the namespace has finalizers remaining: " + string.Join(", ", _finalizers.Select(entry => $"{entry.Key} in {entry.Value} resource instances")));
        return after;

        void Set(string type, bool isTrue, string reason, string message)
        {
            var condition = new NamespaceCondition { Type = type, Status = isTrue ? "True" : "False", Reason = reason, Message = message, LastTransitionTime = now };
            var at = after.FindIndex(known => known.Type == type);
            if (at < 0) after = after.Add(condition);
            else if (after[at].Status != condition.Status || after[at].Reason != reason || after[at].Message != message) after = after.SetItem(at, condition);
        }
    }

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
