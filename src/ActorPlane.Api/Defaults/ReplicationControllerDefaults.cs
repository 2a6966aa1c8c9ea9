using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_ReplicationController.</summary>
public static class ReplicationControllerDefaults
{
    /// <summary>One replica; selector and labels follow the template's labels.</summary>
    public static ReplicationController Apply(ReplicationController value)
    {
        var spec = value.Spec;
        var template = spec.Template is null ? null : PodDefaults.Apply(spec.Template);
        var labels = template?.Metadata.Labels ?? ValueMap<string>.Empty;
        if (spec.Replicas is null || !ReferenceEquals(template, spec.Template) || (spec.Selector.IsEmpty && !labels.IsEmpty))
        {
            value = value with
            {
                Spec = spec with { Replicas = spec.Replicas ?? 1, Template = template, Selector = spec.Selector.IsEmpty ? labels : spec.Selector },
            };
        }

        return value.Metadata.Labels.IsEmpty && !labels.IsEmpty ? value with { Metadata = value.Metadata with { Labels = labels } } : value;
    }
}
