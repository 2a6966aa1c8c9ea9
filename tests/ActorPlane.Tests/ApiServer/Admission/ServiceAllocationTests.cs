using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer.Admission;

public sealed class ServiceAllocationTests
{
    private readonly ObjectTable _objects = new();

    private WriteContext Context => new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), new Chance(7), _objects, new PodSpecMemo(), 300);

    [Fact]
    public void A_service_gets_an_address_of_its_own_and_keeps_it()
    {
        var first = Allocated(AService("a"));
        Assert.StartsWith("10.96.", first.Spec.ClusterIP, StringComparison.Ordinal);
        Assert.Equal([first.Spec.ClusterIP!], first.Spec.ClusterIPs);
        Assert.Equal(("IPv4", "SingleStack"), (first.Spec.IpFamilies[0], first.Spec.IpFamilyPolicy));
        Assert.Equal(first.Spec.ClusterIP, Allocated(AService("a"), first).Spec.ClusterIP);
        _objects.Put("services", first);
        Assert.NotEqual(first.Spec.ClusterIP, Allocated(AService("b")).Spec.ClusterIP);
    }

    [Fact]
    public void An_address_that_is_taken_or_foreign_is_refused()
    {
        _objects.Put("services", Allocated(AService("a") with { Spec = AService("a").Spec with { ClusterIP = "10.96.0.10" } }));
        Assert.Contains("spec.clusterIPs: Invalid value: []string{\"10.96.0.10\"}: failed to allocate IP 10.96.0.10: provided IP is already allocated", Refusal(AService("b") with { Spec = AService("b").Spec with { ClusterIP = "10.96.0.10" } }).Message, StringComparison.Ordinal);
        Assert.Contains("spec.clusterIPs: Invalid value: []string{\"192.168.0.1\"}: failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) is not in the valid range", Refusal(AService("b") with { Spec = AService("b").Spec with { ClusterIP = "192.168.0.1" } }).Message, StringComparison.Ordinal);
        Assert.Equal("None", Allocated(AService("c") with { Spec = AService("c").Spec with { ClusterIP = "None" } }).Spec.ClusterIP);
    }

    [Fact]
    public void Node_ports_are_given_kept_and_returned()
    {
        var outside = AService("a") with { Spec = AService("a").Spec with { Type = "NodePort" } };
        var first = Allocated(outside);
        var port = first.Spec.Ports[0].NodePort!.Value;
        Assert.InRange(port, 30000, 32767);
        Assert.Equal(port, Allocated(outside, first).Spec.Ports[0].NodePort);
        Assert.Null(Allocated(first with { Spec = first.Spec with { Type = "ClusterIP" } }, first).Spec.Ports[0].NodePort);
        _objects.Put("services", first);
        var second = AService("b") with { Spec = AService("b").Spec with { Type = "NodePort", Ports = [outside.Spec.Ports[0] with { NodePort = port }] } };
        Assert.Contains("provided port is already allocated", Refusal(second).Message, StringComparison.Ordinal);
    }

    private Service Allocated(Service item, Service? before = null)
    {
        var (service, refusal) = ServiceAllocation.Allocate(item, before, Context);
        Assert.Null(refusal);
        return service;
    }

    private Status Refusal(Service item) => ServiceAllocation.Allocate(item, null, Context).Refusal!;

    private static Service AService(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new ServiceSpec { Type = "ClusterIP", Ports = [new ServicePort { Port = 80, Protocol = "TCP" }] },
    };
}
