using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http;

/// <summary>
/// What the real server hands on to a node or a container: exec, attach, port-forward and the proxies. What it checks before
/// is checked here in its words; behind it there is nobody: virtual containers run no program and listen on no port
/// (<c>pkg/registry/core/pod/strategy.go</c>, <c>pkg/registry/core/service/storage</c>).
/// </summary>
internal sealed class ConnectVerbs(HttpGatewayClient client, ReadVerbs read)
{
    private const string Nobody = "dial tcp: connect: connection refused: containers and nodes here are virtual, they listen on no port";

    /// <summary>Refuses, in words that fit.</summary>
    /// <exception cref="StatusException">Always.</exception>
    public Task Connect(ApiRequest request)
    {
        var path = request.Path;
        throw (path.Info.Plural, path.Subresource) switch
        {
            ("pods", "exec" or "attach") => NoProgram((Pod)read.Find(path), request, path.Subresource!),
            ("pods", "portforward") => NoPort((Pod)read.Find(path)),
            ("pods", _) => NoListener((Pod)read.Find(path with { Name = SplitName(path.Name!).Name })),
            ("services", _) => NoBackend(path),
            _ => Unreachable((Node)read.Find(path with { Name = SplitName(path.Name!).Name })),
        };
    }

    private static StatusException NoProgram(Pod pod, ApiRequest request, string what)
    {
        PodContainers.Choose(pod, request.Query("container"));
        if (string.IsNullOrEmpty(pod.Spec.NodeName)) return NoHost(pod);
        return new StatusException(ApiErrors.Failure(
            501, "NotImplemented", $"{what} is not possible in pod {pod.Metadata.Name}: its containers are virtual and run no program", new Api.Meta.V1.StatusDetails { Name = pod.Metadata.Name, Kind = "pods" }));
    }

    private static StatusException NoPort(Pod pod) => string.IsNullOrEmpty(pod.Spec.NodeName)
        ? NoHost(pod)
        : new StatusException(ApiErrors.Failure(
            501, "NotImplemented", $"port forwarding is not possible to pod {pod.Metadata.Name}: its containers are virtual and listen on no port", new Api.Meta.V1.StatusDetails { Name = pod.Metadata.Name, Kind = "pods" }));

    private static StatusException NoHost(Pod pod) => new(ApiErrors.BadRequest($"pod {pod.Metadata.Name} does not have a host assigned"));

    private static StatusException NoListener(Pod pod) =>
        string.IsNullOrEmpty(pod.Status.PodIP) ? new StatusException(ApiErrors.BadRequest("address not allowed")) : Refused();

    private static StatusException Unreachable(Node node) => node.Status.Addresses.IsEmpty
        ? new StatusException(ApiErrors.BadRequest($"no preferred addresses found; known addresses: []"))
        : Refused();

    private static StatusException Refused() => new(ApiErrors.ServiceUnavailable($"error trying to reach service: {Nobody}"));

    private StatusException NoBackend(ApiPath path)
    {
        var (name, port, isValid) = SplitName(path.Name!);
        if (!isValid) return new StatusException(ApiErrors.BadRequest($"invalid service request {GoText.Quote(path.Name!)}"));
        var service = (Service)read.Find(path with { Name = name });
        if (port.Length > 0 && service.Spec.Ports.Find(candidate => candidate.Name == port || candidate.Port.ToString() == port) is null)
            return new StatusException(ApiErrors.ServiceUnavailable($"no service port {GoText.Quote(port)} found for service {GoText.Quote(name)}"));
        return HasReadyEndpoints(service)
            ? Refused()
            : new StatusException(ApiErrors.ServiceUnavailable($"no endpoints available for service {GoText.Quote(path.Name!)}"));
    }

    private bool HasReadyEndpoints(Service service) => client.Snapshot["endpointslices.discovery.k8s.io"].Items.Any(entry =>
        entry.Key.Namespace == service.Metadata.Namespace
        && entry.Value.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") == service.Metadata.Name
        && ((EndpointSlice)entry.Value).Endpoints.Any(endpoint => endpoint.Conditions?.Ready != false));

    // SCHEME:NAME:PORT, NAME:PORT or NAME.
    private static (string Name, string Port, bool IsValid) SplitName(string text) => text.Split(':') switch
    {
        [var name] => (name, "", name.Length > 0),
        [var name, var port] => (name, port, name.Length > 0),
        [("" or "http" or "https"), var name, var port] => (name, port, name.Length > 0),
        _ => (text, "", false),
    };
}
