using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_Service. Addresses and families are allocated by the API server, not here.</summary>
public static class ServiceDefaults
{
    private const int AffinitySeconds = 10800;

    /// <summary>A cluster IP, no affinity, TCP, target port = port, traffic to the whole cluster.</summary>
    public static Service Apply(Service value)
    {
        var spec = value.Spec;
        var type = spec.Type.IsBlank() ? "ClusterIP" : spec.Type!;
        var affinity = spec.SessionAffinity.IsBlank() ? "None" : spec.SessionAffinity!;
        var config = affinity == "None" ? null : spec.SessionAffinityConfig;
        if (affinity == "ClientIP" && config?.ClientIP?.TimeoutSeconds is null)
        {
            config = (config ?? SessionAffinityConfig.Empty) with { ClientIP = ClientIPConfig.Empty with { TimeoutSeconds = AffinitySeconds } };
        }

        var external = type is "LoadBalancer" or "NodePort" || (type == "ClusterIP" && !spec.ExternalIPs.IsEmpty);
        return value with
        {
            Spec = spec with
            {
                Type = type,
                SessionAffinity = affinity,
                SessionAffinityConfig = config,
                Ports = spec.Ports.Each(Apply),
                ExternalTrafficPolicy = spec.ExternalTrafficPolicy.IsBlank() && external ? "Cluster" : spec.ExternalTrafficPolicy,
                InternalTrafficPolicy = spec.InternalTrafficPolicy ?? (type is "NodePort" or "LoadBalancer" or "ClusterIP" ? "Cluster" : null),
                AllocateLoadBalancerNodePorts = type == "LoadBalancer" ? spec.AllocateLoadBalancerNodePorts ?? true : spec.AllocateLoadBalancerNodePorts,
            },
            Status = value.Status.LoadBalancer.Ingress.IsEmpty ? value.Status : value.Status with
            {
                LoadBalancer = value.Status.LoadBalancer with
                {
                    Ingress = value.Status.LoadBalancer.Ingress.Each(i => i.IpMode is null && !i.Ip.IsBlank() ? i with { IpMode = "VIP" } : i),
                },
            },
        };
    }

    private static ServicePort Apply(ServicePort port)
    {
        if (port.Protocol.IsBlank()) port = port with { Protocol = "TCP" };
        return port.TargetPort is null || port.TargetPort == IntOrString.FromInt(0) || port.TargetPort == IntOrString.FromString("")
            ? port with { TargetPort = port.Port ?? 0 } : port;
    }
}
