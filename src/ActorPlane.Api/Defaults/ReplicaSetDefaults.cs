using ActorPlane.Api.Apps.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/v1/defaults.go SetDefaults_ReplicaSet.</summary>
public static class ReplicaSetDefaults
{
    /// <summary>One replica.</summary>
    public static ReplicaSet Apply(ReplicaSet value)
    {
        var template = PodDefaults.Apply(value.Spec.Template);
        return value.Spec.Replicas is not null && ReferenceEquals(template, value.Spec.Template)
            ? value : value with { Spec = value.Spec with { Replicas = value.Spec.Replicas ?? 1, Template = template } };
    }
}
