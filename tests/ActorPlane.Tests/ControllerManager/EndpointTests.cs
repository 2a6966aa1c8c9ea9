using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager.Endpoints;
using static ActorPlane.Tests.ControllerManager.Given;
using CoreEndpoints = ActorPlane.Api.Core.V1.Endpoints;

namespace ActorPlane.Tests.ControllerManager;

public class EndpointTests
{
    [Fact]
    public void Ready_pods_and_others_are_kept_apart_and_ending_ones_left_out()
    {
        Pod[] pods = [At("a", "10.0.0.2"), At("b", "10.0.0.1", ready: false), At("c", "10.0.0.3", deleting: true), At("d", null)];
        var subset = Assert.Single(EndpointPlanner.Subsets(WebService(), pods));
        Assert.Equal(["10.0.0.2"], subset.Addresses.Select(address => address.Ip));
        Assert.Equal(["10.0.0.1"], subset.NotReadyAddresses.Select(address => address.Ip));
        Assert.Equal(8080, Assert.Single(subset.Ports).Port);
    }

    [Fact]
    public void A_slice_holds_so_many_and_says_who_is_ending()
    {
        Pod[] pods = [At("a", "10.0.0.1"), At("b", "10.0.0.2"), At("c", "10.0.0.3", deleting: true)];
        var slices = EndpointPlanner.Slices(WebService(), pods, 2);
        Assert.Equal([2, 1], slices.Select(slice => slice.Endpoints.Count));
        Assert.Equal(new EndpointConditions { Ready = false, Serving = true, Terminating = true }, slices[1].Endpoints[0].Conditions);
        Assert.Empty(Assert.Single(EndpointPlanner.Slices(WebService(), [], 2)).Endpoints);
    }

    [Fact]
    public void A_service_follows_its_pods_and_takes_its_slices_with_it()
    {
        using var cluster = new ClusterUnderTest(nodes: 1);
        cluster.Create("services", WebService() with { Metadata = new ObjectMeta { Namespace = "default", Name = "web" } });
        var deployment = Deployment(2);
        cluster.Create("deployments.apps", deployment with { Metadata = new ObjectMeta { Namespace = "default", Name = "web" } });
        cluster.RunUntil(() => cluster.ActivePods.Count(pod => pod.Status.Phase == "Running") == 2);
        for (var i = 0; i < 2; i++)
        {
            var pod = cluster.Pods[i];
            cluster.Do(nodes => nodes.Api.UpdateStatus("pods", pod with { Status = pod.Status with { PodIP = $"10.0.0.{i + 1}" } }, nodes.Api.NewCause()));
        }

        cluster.RunFor(5);
        string[] addresses = ["10.0.0.1", "10.0.0.2"];
        Assert.Equal(addresses, Assert.Single(cluster.Get<CoreEndpoints>("endpoints", "web").Subsets).Addresses.Select(address => address.Ip!));
        var slice = Assert.Single(cluster.List<EndpointSlice>("endpointslices.discovery.k8s.io"), slice => slice.Metadata.Name != "kubernetes");
        Assert.Equal(addresses, slice.Endpoints.Select(endpoint => endpoint.Addresses[0]));

        cluster.Delete("services", "web");
        cluster.RunUntil(() => cluster.Stored("endpointslices.discovery.k8s.io") == 1 && cluster.Count("endpoints", "web") == 0);
    }

    [Fact]
    public void Endpoints_without_a_service_are_left_alone()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("endpoints", new CoreEndpoints { Metadata = new ObjectMeta { Namespace = "default", Name = "own" } });
        cluster.RunFor(5);
        var own = cluster.Get<CoreEndpoints>("endpoints", "own");
        cluster.Do(nodes => nodes.Api.Update(
            "endpoints", own with { Metadata = own.Metadata with { Labels = ValueMap<string>.Empty.With("a", "b") } }, nodes.Api.NewCause()));
        cluster.RunFor(5);
        Assert.Equal("b", cluster.Get<CoreEndpoints>("endpoints", "own").Metadata.Labels["a"]);
    }

    private static Service WebService() => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web", Uid = "uid-web" },
        Spec = new ServiceSpec { Selector = Web, Ports = [new ServicePort { Port = 80, Protocol = "TCP", TargetPort = 8080 }] },
    };

    private static Pod At(string name, string? address, bool ready = true, bool deleting = false)
    {
        var pod = Pod(name, ready: ready, deleting: deleting);
        return pod with { Status = pod.Status with { PodIP = address } };
    }
}
