using ActorPlane.Api.Networking.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/networking/v1/defaults.go.</summary>
public static class NetworkingDefaults
{
    /// <summary>Ingress always, egress when there are such rules; TCP.</summary>
    public static NetworkPolicy Apply(NetworkPolicy value)
    {
        var spec = value.Spec;
        return value with
        {
            Spec = spec with
            {
                PolicyTypes = !spec.PolicyTypes.IsEmpty ? spec.PolicyTypes : spec.Egress.IsEmpty ? ["Ingress"] : ["Ingress", "Egress"],
                Ingress = spec.Ingress.Each(static rule => rule with { Ports = rule.Ports.Each(Apply) }),
                Egress = spec.Egress.Each(static rule => rule with { Ports = rule.Ports.Each(Apply) }),
            },
        };
    }

    /// <summary>Parameters of the whole cluster.</summary>
    public static IngressClass Apply(IngressClass value) =>
        value.Spec.Parameters is { Scope: null } parameters
            ? value with { Spec = value.Spec with { Parameters = parameters with { Scope = "Cluster" } } } : value;

    private static NetworkPolicyPort Apply(NetworkPolicyPort port) => port.Protocol is null ? port with { Protocol = "TCP" } : port;
}
