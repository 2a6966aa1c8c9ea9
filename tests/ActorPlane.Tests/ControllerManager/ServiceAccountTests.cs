using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager.ServiceAccounts;

namespace ActorPlane.Tests.ControllerManager;

public class ServiceAccountTests
{
    [Fact]
    public void Every_namespace_has_a_default_account_and_the_certificates_of_the_cluster()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "team" } });
        cluster.RunFor(1);
        string[] namespaces = ["default", "kube-node-lease", "kube-public", "kube-system", "team"];
        Assert.Equal(namespaces, cluster.List<ServiceAccount>("serviceaccounts").Select(item => item.Metadata.Namespace!));
        Assert.Equal(namespaces, cluster.List<ConfigMap>("configmaps").Where(item => item.Metadata.Name == RootCaPublisher.Name).Select(item => item.Metadata.Namespace!));
    }

    [Fact]
    public void What_is_deleted_or_changed_is_mended()
    {
        using var cluster = new ClusterUnderTest();
        cluster.RunFor(1);
        cluster.Delete("serviceaccounts", "default");
        cluster.RunUntil(() => cluster.Count("serviceaccounts", "default") == 4);
        var bundle = cluster.Get<ConfigMap>("configmaps", RootCaPublisher.Name);
        cluster.Update("configmaps", bundle with { Data = bundle.Data.With(RootCaPublisher.Key, "other") });
        cluster.RunFor(1);
        Assert.Equal(RootCaPublisher.Bundle, cluster.Get<ConfigMap>("configmaps", RootCaPublisher.Name).Data[RootCaPublisher.Key]);
    }
}
