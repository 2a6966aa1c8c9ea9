using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer;

public sealed class PodQosTests
{
    [Theory]
    [InlineData("", "", "BestEffort")]
    [InlineData("cpu=100m", "", "Burstable")]
    [InlineData("cpu=1 memory=1Gi", "cpu=1 memory=1Gi", "Guaranteed")]
    [InlineData("cpu=1000m memory=1Gi", "cpu=1 memory=1024Mi", "Guaranteed")]
    [InlineData("cpu=500m memory=1Gi", "cpu=1 memory=1Gi", "Burstable")]
    [InlineData("cpu=1", "cpu=1", "Burstable")]
    [InlineData("ephemeral-storage=1Gi", "", "BestEffort")]
    [InlineData("cpu=0", "memory=0", "BestEffort")]
    public void A_pod_is_as_sure_of_its_resources_as_its_container(string requests, string limits, string expected) =>
        Assert.Equal(expected, PodQos.Of(new PodSpec { Containers = [AContainer(requests, limits)] }));

    [Fact]
    public void One_container_without_limits_makes_a_guaranteed_pod_burstable()
    {
        var sure = AContainer("cpu=1 memory=1Gi", "cpu=1 memory=1Gi");
        Assert.Equal("Guaranteed", PodQos.Of(new PodSpec { Containers = [sure, sure] }));
        Assert.Equal("Burstable", PodQos.Of(new PodSpec { Containers = [sure, AContainer("", "")] }));
        Assert.Equal("Burstable", PodQos.Of(new PodSpec { Containers = [sure], InitContainers = [AContainer("", "")] }));
    }

    private static Container AContainer(string requests, string limits) =>
        new() { Name = "main", Resources = new ResourceRequirements { Requests = Amounts(requests), Limits = Amounts(limits) } };

    private static ValueMap<Quantity> Amounts(string text) => ValueMap<Quantity>.From(
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')).Select(pair => KeyValuePair.Create(pair[0], Quantity.Parse(pair[1]))));
}
