using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer;

public sealed class ResourceTableTests
{
    private readonly ResourceTable _table = new();

    [Theory]
    [InlineData("pods", "default", "web", "/registry/pods/default/web")]
    [InlineData("nodes", "", "node-1", "/registry/minions/node-1")]
    [InlineData("services", "default", "web", "/registry/services/specs/default/web")]
    [InlineData("endpoints", "default", "web", "/registry/services/endpoints/default/web")]
    [InlineData("leases.coordination.k8s.io", "kube-node-lease", "node-1", "/registry/leases/kube-node-lease/node-1")]
    [InlineData("deployments.apps", "default", "web", "/registry/deployments/default/web")]
    [InlineData("replicationcontrollers", "default", "web", "/registry/controllers/default/web")]
    [InlineData("namespaces", "", "default", "/registry/namespaces/default")]
    [InlineData("ingresses.networking.k8s.io", "default", "web", "/registry/ingress/default/web")]
    [InlineData("customresourcedefinitions.apiextensions.k8s.io", "", "a.b.c", "/registry/apiextensions.k8s.io/customresourcedefinitions/a.b.c")]
    public void Objects_are_where_Kubernetes_keeps_them(string resource, string @namespace, string name, string key)
    {
        var named = new NamespacedName(@namespace, name);
        Assert.Equal(key, _table.Find(resource)!.KeyOf(named));
        Assert.True(_table.TryParse(key, out var type, out var parsed));
        Assert.Equal((resource, named), (type.Name, parsed));
    }

    [Theory]
    [InlineData("/registry/pods/web")]
    [InlineData("/registry/pods")]
    [InlineData("/registry/minions/default/node-1")]
    [InlineData("/registry/unicorns/default/web")]
    [InlineData("/other/pods/default/web")]
    [InlineData("/registry/minions/")]
    public void A_key_that_is_no_object_is_left_alone(string key) => Assert.False(_table.TryParse(key, out _, out _));
}
