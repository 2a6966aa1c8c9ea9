using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_Endpoints, pkg/apis/discovery/v1/defaults.go.</summary>
public static class EndpointsDefaults
{
    /// <summary>TCP.</summary>
    public static Endpoints Apply(Endpoints value) => value with
    {
        Subsets = value.Subsets.Each(static subset => subset with
        {
            Ports = subset.Ports.Each(static p => p.Protocol.IsBlank() ? p with { Protocol = "TCP" } : p),
        }),
    };

    /// <summary>TCP, and the empty name.</summary>
    public static EndpointSlice Apply(EndpointSlice value) => value with
    {
        Ports = value.Ports.Each(static p => p.Name is null || p.Protocol is null ? p with { Name = p.Name ?? "", Protocol = p.Protocol ?? "TCP" } : p),
    };
}
