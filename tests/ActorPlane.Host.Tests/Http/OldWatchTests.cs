namespace ActorPlane.Host.Tests.Http;

/// <summary>Watches below <c>/watch/</c>, as old clients begin them.</summary>
[Collection(HttpCollection.Name)]
public sealed class OldWatchTests(HttpFixture cluster)
{
    [Theory]
    [InlineData("/api/v1/watch/namespaces/kube-system?timeoutSeconds=1", "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Namespace\"")]
    [InlineData("/api/v1/watch/namespaces/kube-system/configmaps?timeoutSeconds=1", "{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\"")]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/watch/clusterroles/admin?timeoutSeconds=1", "\"name\":\"admin\"")]
    public async Task A_path_can_say_that_it_is_a_watch(string path, string first)
    {
        using var client = new HttpClient { BaseAddress = cluster.Address };
        Assert.Contains(first, await client.GetStringAsync(path));
    }
}
