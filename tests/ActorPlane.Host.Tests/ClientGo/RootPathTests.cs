using ActorPlane.Api;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>What components ask before they ask for resources: health, metrics, paths.</summary>
[Collection(HttpCollection.Name)]
public sealed class RootPathTests(HttpFixture cluster) : IDisposable
{
    private readonly ApiClient _client = new(cluster.Address);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/healthz?verbose", "[+]ping ok\n[+]log ok\n[+]etcd ok\nhealthz check passed\n")]
    [InlineData("/livez?verbose=true&exclude=etcd", "[+]ping ok\n[+]log ok\n[+]etcd excluded: ok\nlivez check passed\n")]
    [InlineData("/readyz?verbose&exclude=none", "[+]ping ok\n[+]log ok\n[+]etcd ok\n[+]informer-sync ok\n[+]shutdown ok\nwarn: some health checks cannot be excluded: no matches for \"none\"\nreadyz check passed\n")]
    [InlineData("/livez/ping", "ok")]
    [InlineData("/readyz/etcd", "ok")]
    public async Task It_tells_how_it_is(string path, string text)
    {
        var answer = (await _client.Get(path)).Is(200);
        Assert.Equal((text, "text/plain; charset=utf-8"), (answer.Text, answer.MediaType));
    }

    [Theory]
    [InlineData("/nope")]
    [InlineData("/healthz/nope")]
    [InlineData("/apis/nope.example.com")]
    [InlineData("/apis/apps/v2")]
    [InlineData("/apis/apps/v2/deployments")]
    [InlineData("/api/v2/pods")]
    public async Task A_path_that_leads_nowhere_is_not_found_in_plain_text(string path)
    {
        var answer = (await _client.Get(path)).Is(404);
        Assert.Equal(("404 page not found\n", "text/plain; charset=utf-8"), (answer.Text, answer.MediaType));
    }

    [Theory]
    [InlineData("abc", "time: invalid duration \"abc\"")]
    [InlineData("5", "time: missing unit in duration \"5\"")]
    [InlineData("5days", "time: unknown unit \"days\" in duration \"5days\"")]
    public async Task A_timeout_that_is_no_duration_is_refused(string timeout, string why)
    {
        (await _client.Get($"/api/v1/nodes?timeout={timeout}")).IsRefused(400, "BadRequest", $"invalid timeout specified in the request URL - {why}");
        (await _client.Get("/api/v1/nodes?timeout=1m30.5s")).Is(200);
        (await _client.Get("/api/v1/nodes?timeout=0")).Is(200);
    }

    [Fact]
    public async Task A_request_takes_no_longer_than_its_client_waits() =>
        (await _client.Get("/api/v1/nodes?resourceVersion=99999999&timeout=50ms")).IsRefused(504, "Timeout", "Timeout: request did not complete within the allotted timeout");

    [Fact]
    public async Task It_lists_its_paths()
    {
        var paths = (await _client.Get("/")).Is(200).Tree["paths"]!.Items.ToArray().Select(path => path.AsString!).ToList();
        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        Assert.Subset(paths.ToHashSet(), new HashSet<string> { "/api", "/api/v1", "/apis/apps/v1", "/healthz", "/livez/ping", "/metrics", "/openapi/v3", "/version" });
    }

    [Fact]
    public async Task Its_metrics_count_requests()
    {
        (await _client.Get("/api/v1/namespaces/default/limitranges/counted")).Is(404);
        var metrics = (await _client.Get("/metrics")).Is(200).Text;
        Assert.Contains("# TYPE apiserver_request_total counter\n", metrics);
        Assert.Contains("apiserver_request_total{code=\"404\",component=\"apiserver\",group=\"\",resource=\"limitranges\",scope=\"resource\",subresource=\"\",verb=\"GET\",version=\"v1\"} ", metrics);
        Assert.Contains("apiserver_storage_objects{resource=\"nodes\"} 2\n", metrics);
        Assert.Contains("process_resident_memory_bytes ", metrics);
    }
}
