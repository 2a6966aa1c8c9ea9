using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;
using static ActorPlane.Tests.Scheduler.Given;

namespace ActorPlane.Tests.Scheduler;

public class PodDemandTests
{
    [Fact]
    public void Containers_add_up()
    {
        var demand = PodDemand.Of(new PodSpec { Containers = [Container("100m", "1Mi"), Container("0.25", "1Ki")] });
        Assert.Equal((350, 1024 * 1024 + 1024), (demand.MilliCpu, demand.Memory));
    }

    [Fact]
    public void An_init_container_counts_only_where_it_asks_for_more_than_all_others()
    {
        var demand = PodDemand.Of(new PodSpec { Containers = [Container("100m", "300"), Container("100m", "300")], InitContainers = [Container("500m", "500")] });
        Assert.Equal((500, 600), (demand.MilliCpu, demand.Memory));
    }

    [Fact]
    public void A_sidecar_runs_beside_the_containers_and_beside_later_init_containers()
    {
        var sidecar = Container("100m") with { RestartPolicy = "Always" };
        Assert.Equal(300, PodDemand.Of(new PodSpec { Containers = [Container("200m")], InitContainers = [sidecar] }).MilliCpu);
        Assert.Equal(600, PodDemand.Of(new PodSpec { Containers = [Container("200m")], InitContainers = [sidecar, Container("500m")] }).MilliCpu);
        Assert.Equal(500, PodDemand.Of(new PodSpec { Containers = [Container("200m")], InitContainers = [Container("500m"), sidecar] }).MilliCpu);
    }

    [Fact]
    public void The_overhead_is_added() =>
        Assert.Equal(150, PodDemand.Of(new PodSpec { Containers = [Container("100m")], Overhead = Quantities([("cpu", "50m")]) }).MilliCpu);

    [Fact]
    public void Other_resources_are_kept_by_name()
    {
        var demand = PodDemand.Of(new PodSpec { Containers = [Container(more: ("hugepages-2Mi", "4Mi")), Container(more: ("example.com/gpu", "2"))] });
        Assert.Equal([new("example.com/gpu", 2), new("hugepages-2Mi", 4 * 1024 * 1024)], demand.Extended);
    }

    [Fact]
    public void Pods_that_share_a_spec_share_its_demand()
    {
        var spec = new PodSpec { Containers = [Container("1")] };
        Assert.Same(PodDemand.Of(spec), PodDemand.Of(spec));
    }
}
