using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_Namespace, SetDefaults_NamespaceStatus.</summary>
public static class NamespaceDefaults
{
    /// <summary>The label that every namespace carries, with its name.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    /// <summary>Active, and labelled with its name.</summary>
    public static Core.V1.Namespace Apply(Core.V1.Namespace value)
    {
        if (value.Status.Phase.IsBlank()) value = value with { Status = value.Status with { Phase = "Active" } };
        if (value.Metadata.Name.IsBlank() || value.Metadata.Labels.GetValueOrDefault(NameLabel) == value.Metadata.Name) return value;
        return value with { Metadata = value.Metadata with { Labels = value.Metadata.Labels.With(NameLabel, value.Metadata.Name!) } };
    }
}
