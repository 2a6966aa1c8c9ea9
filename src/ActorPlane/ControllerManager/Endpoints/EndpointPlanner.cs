using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.Meta.V1;
using CorePort = ActorPlane.Api.Core.V1.EndpointPort;
using SlicePort = ActorPlane.Api.Discovery.V1.EndpointPort;

namespace ActorPlane.ControllerManager.Endpoints;

/// <summary>
/// Which pods stand behind a service, in the two forms in which the API says so. (<c>C/endpoint/endpoints_controller.go</c>,
/// <c>C/endpointslice</c>, <c>staging/src/k8s.io/endpointslice/reconciler.go</c>.)
/// </summary>
public static class EndpointPlanner
{
    /// <summary>The label with which a slice names its service.</summary>
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <summary>The label that says who keeps a slice.</summary>
    public const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";

    /// <summary>The keeper of the slices that this makes.</summary>
    public const string Manager = "endpointslice-controller.k8s.io";

    private const string HeadlessLabel = "service.kubernetes.io/headless";

    /// <summary>The subsets of the Endpoints: one for each set of ports that pods have in common, with the pods that are ready and those that are not.</summary>
    /// <param name="pods">The pods that the service selects, by name.</param>
    public static ValueList<EndpointSubset> Subsets(Service service, IReadOnlyList<Pod> pods)
    {
        var groups = new List<(ValueList<CorePort> Ports, List<EndpointAddress> Ready, List<EndpointAddress> NotReady)>();
        foreach (var pod in pods)
        {
            if (!HasAddress(pod) || pod.Metadata.DeletionTimestamp is not null) continue;
            var ports = PortsOf(service, pod);
            if (ports is null) continue;
            var index = groups.FindIndex(group => group.Ports == ports);
            if (index < 0)
            {
                index = groups.Count;
                groups.Add((ports, [], []));
            }

            var address = new EndpointAddress { Ip = pod.Status.PodIP, NodeName = pod.Spec.NodeName, Hostname = HostnameOf(service, pod), TargetRef = Reference(pod) };
            var isReady = service.Spec.PublishNotReadyAddresses == true || PodConditions.IsReady(pod);
            (isReady ? groups[index].Ready : groups[index].NotReady).Add(address);
        }

        return
        [
            .. groups.Select(group => new EndpointSubset
            {
                Addresses = [.. group.Ready.OrderBy(address => address.Ip, StringComparer.Ordinal)],
                NotReadyAddresses = [.. group.NotReady.OrderBy(address => address.Ip, StringComparer.Ordinal)],
                Ports = group.Ports,
            }),
        ];
    }

    /// <summary>
    /// The contents of the service's slices, each of no more than so many endpoints. A pod that is ending is still listed, as
    /// serving but not ready.
    /// </summary>
    /// <param name="pods">The pods that the service selects, by name.</param>
    public static IReadOnlyList<(ValueList<Endpoint> Endpoints, ValueList<SlicePort> Ports)> Slices(Service service, IReadOnlyList<Pod> pods, int maxEndpoints)
    {
        var groups = new List<(ValueList<CorePort> Ports, List<Endpoint> Endpoints)>();
        foreach (var pod in pods)
        {
            if (!HasAddress(pod) || PortsOf(service, pod) is not { } ports) continue;
            var index = groups.FindIndex(group => group.Ports == ports);
            if (index < 0)
            {
                index = groups.Count;
                groups.Add((ports, []));
            }

            var isTerminating = pod.Metadata.DeletionTimestamp is not null;
            var isServing = PodConditions.IsReady(pod);
            groups[index].Endpoints.Add(new Endpoint
            {
                Addresses = [pod.Status.PodIP!],
                Conditions = new EndpointConditions
                {
                    Ready = service.Spec.PublishNotReadyAddresses == true || (isServing && !isTerminating),
                    Serving = isServing,
                    Terminating = isTerminating,
                },
                Hostname = HostnameOf(service, pod),
                NodeName = pod.Spec.NodeName,
                TargetRef = Reference(pod),
            });
        }

        // A service without endpoints has a slice that says so.
        if (groups.Count == 0) return [([], [])];
        return
        [
            .. from grouped in groups
               from chunk in grouped.Endpoints.Chunk(maxEndpoints)
               select ((ValueList<Endpoint>)[.. chunk], (ValueList<SlicePort>)[.. grouped.Ports.Select(port => new SlicePort { Name = port.Name ?? "", Port = port.Port, Protocol = port.Protocol, AppProtocol = port.AppProtocol })]),
        ];
    }

    /// <summary>The labels of the service's Endpoints.</summary>
    public static ValueMap<string> EndpointsLabels(Service service) =>
        service.Spec.ClusterIP == "None" ? service.Metadata.Labels.With(HeadlessLabel, "") : service.Metadata.Labels;

    /// <summary>The labels of the service's slices.</summary>
    public static ValueMap<string> SliceLabels(Service service) =>
        EndpointsLabels(service).With(ServiceNameLabel, service.Metadata.Name!).With(ManagedByLabel, Manager);

    private static bool HasAddress(Pod pod) => !string.IsNullOrEmpty(pod.Status.PodIP) && pod.Status.Phase is not ("Succeeded" or "Failed");

    private static string? HostnameOf(Service service, Pod pod) =>
        !string.IsNullOrEmpty(pod.Spec.Hostname) && pod.Spec.Subdomain == service.Metadata.Name ? pod.Spec.Hostname : null;

    private static ObjectReference Reference(Pod pod) =>
        new() { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid };

    // Null when the service has ports and the pod has none of them.
    private static ValueList<CorePort>? PortsOf(Service service, Pod pod)
    {
        var ports = new List<CorePort>();
        foreach (var port in service.Spec.Ports)
        {
            if (PortOf(port, pod) is { } number) ports.Add(new CorePort { Name = port.Name, Port = number, Protocol = port.Protocol, AppProtocol = port.AppProtocol });
        }

        return ports.Count == 0 && service.Spec.Ports.Count > 0 ? null : [.. ports];
    }

    private static int? PortOf(ServicePort port, Pod pod)
    {
        if (port.TargetPort is not { } target) return port.Port;
        if (!target.IsString) return target.IntValue;
        foreach (var container in pod.Spec.Containers)
        {
            if (container.Ports.Find(known => known.Name == target.StringValue && (known.Protocol ?? "TCP") == (port.Protocol ?? "TCP")) is { } named) return named.ContainerPort_;
        }

        return null;
    }
}
