using ActorPlane.Api;
using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>The selector and the labels of its pods that a new Job gets (<c>pkg/registry/batch/job/strategy.go</c>, generateSelector).</summary>
internal static class JobSelectors
{
    private const string Uid = "controller-uid";
    private const string Name = "job-name";
    private const string Prefix = "batch.kubernetes.io/";

    /// <summary>The job as it tells its pods from those of others: by its uid, unless it has a selector of its own.</summary>
    public static Job Generate(Job job)
    {
        if (job.Spec.ManualSelector == true) return job;
        var (uid, name) = (job.Metadata.Uid ?? "", job.Metadata.Name ?? "");
        var template = job.Spec.Template;
        var labels = template.Metadata.Labels;
        foreach (var (key, value) in (ReadOnlySpan<(string, string)>)[(Name, name), (Uid, uid), (Prefix + Name, name), (Prefix + Uid, uid)])
        {
            if (!labels.ContainsKey(key)) labels = labels.With(key, value);
        }

        var selector = job.Spec.Selector ?? LabelSelector.Empty;
        if (!selector.MatchLabels.ContainsKey(Prefix + Uid) && !selector.MatchLabels.ContainsKey(Uid))
            selector = selector with { MatchLabels = selector.MatchLabels.With(Prefix + Uid, uid) };
        return job with { Spec = job.Spec with { Selector = selector, Template = template with { Metadata = template.Metadata with { Labels = labels } } } };
    }
}
