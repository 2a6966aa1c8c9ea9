using System.Net;
using System.Text;
using ActorPlane.Host.Http;
using ActorPlane.Host.Live;
using ActorPlane.Host.Otel;
using ActorPlane.Settings;
using ActorPlane.Tracing;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPlane.Host.Tests.Otel;

/// <summary>Spans as a collector gets them.</summary>
public sealed class OpenTelemetryTests : IAsyncLifetime, IDisposable
{
    private const string Pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"nginx"}]}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly OtlpCollector _collector = new();
    private OtlpExport? _export;
    private LiveCluster? _cluster;
    private HttpApiServer? _server;
    private HttpClient? _http;

    public async Task InitializeAsync()
    {
        var options = new RunOptions { Otlp = _collector.Url };
        _cluster = LiveCluster.Start(journal: null, Config.Empty, 30);
        _export = new OtlpExport(OtlpExport.EndpointOf(options, ClusterConfig.Reference)!, options.TraceFilter, NullLoggerFactory.Instance);
        Tracer.Of(_cluster.System).Sink = _export.Sink;
        var plane = ControlPlane.Start(_cluster.System);
        _server = await HttpApiServer.StartAsync(_cluster.System, plane.ApiServer, new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance, _export.Sink);
        plane.AddNode("node-1");
        while (!plane.List<Api.Core.V1.Node>("nodes").Any(ActorPlane.ControllerManager.NodeConditions.IsReady)) await Task.Delay(10);
        while (plane.List<Api.Core.V1.ServiceAccount>("serviceaccounts").All(account => account.Metadata.Namespace != "default")) await Task.Delay(10);
        _http = new HttpClient { BaseAddress = new Uri(_server.Url) };
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        await _cluster!.DisposeAsync();
        await _export!.DisposeAsync();
    }

    public void Dispose()
    {
        _http?.Dispose();
        _collector.Dispose();
    }

    [Fact]
    public async Task An_apply_is_one_tree_from_the_request_to_the_report_of_the_running_pod()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/namespaces/default/pods/p?fieldManager=test")
        {
            Content = new StringContent(Pod, Encoding.UTF8, "application/apply-patch+yaml"),
        };
        using var answer = await _http!.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        // The kubelet's report, as etcd stored it, comes back to its watch.
        var report = await Find(span => span.Name == "Update kube-apiserver" && span["actorplane.from"].Contains("node-1", StringComparison.Ordinal)
            && span["actorplane.message"] == "update pods/status default/p" && span["k8s.pod.name"] == "p");
        var served = await Find(span => span.Name == "PATCH /api/v1/namespaces/{namespace}/pods/{name}");
        Assert.Equal("", served.ParentId);
        Assert.Equal(served["actorplane.cause"], served.TraceId[16..]);
        Assert.Equal("actorplane", served.Service);
        Assert.Equal(("PATCH", "/api/v1/namespaces/default/pods/p", "201"), (served["http.request.method"], served["url.path"], served["http.response.status_code"]));
        Assert.Equal(("node-1", "default"), (report["k8s.node.name"], report["k8s.namespace.name"]));

        // From the report up to the request: each span's parent is there, and all are of one trace.
        var way = await WayUp(report);
        Assert.Equal(served.Id, way[^1].Id);
        Assert.All(way, span => Assert.Equal(served.TraceId, span.TraceId));
        var actors = way.Select(span => span["actorplane.to"].Split(' ')[0]).ToHashSet();
        Assert.Superset(new HashSet<string> { "http", "kube-apiserver", "etcd", "kube-scheduler", "kubelet" }, actors);

        // No span of the trace hangs in the air.
        var trace = _collector.Spans.Where(span => span.TraceId == served.TraceId).ToList();
        foreach (var span in trace.Where(span => span.ParentId.Length > 0)) await Find(parent => parent.Id == span.ParentId);
    }

    [Fact]
    public async Task A_request_goes_on_with_its_clients_trace()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/namespaces/default/configmaps")
        {
            Content = new StringContent("""{"metadata":{"name":"traced"}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        using var answer = await _http!.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        var served = await Find(span => span.Name == "POST /api/v1/namespaces/{namespace}/configmaps");
        Assert.Equal((Trace, "b7ad6b7169203331"), (served.TraceId, served.ParentId));
        var stored = await Find(span => span.TraceId == Trace && span["actorplane.to"] == "etcd");
        Assert.Equal(served.Id, (await WayUp(stored, served.Id))[^1].Id);
    }

    [Fact]
    public async Task A_read_and_a_refusal_have_spans_too()
    {
        (await _http!.GetAsync("/api/v1/namespaces/default/pods?limit=5")).Dispose();
        (await _http!.GetAsync("/api/v1/namespaces/default/pods/nope")).Dispose();

        var list = await Find(span => span.Name == "GET /api/v1/namespaces/{namespace}/pods");
        Assert.Equal(("limit=5", "200"), (list["url.query"], list["http.response.status_code"]));
        var missing = await Find(span => span.Name == "GET /api/v1/namespaces/{namespace}/pods/{name}");
        Assert.Equal("404", missing["http.response.status_code"]);
    }

    private async Task<List<OtlpSpan>> WayUp(OtlpSpan from, string? to = null)
    {
        var way = new List<OtlpSpan> { from };
        while (way[^1].ParentId.Length > 0 && way[^1].Id != to)
        {
            var below = way[^1];
            way.Add(await Find(span => span.TraceId == below.TraceId && span.Id == below.ParentId));
        }

        return way;
    }

    // Spans come in batches, some seconds after they ended.
    private async Task<OtlpSpan> Find(Func<OtlpSpan, bool> isIt)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_collector.Spans.FirstOrDefault(isIt) is { } found) return found;
            if (limit.IsCancellationRequested) Assert.Fail($"No such span came. There are: {string.Join('\n', _collector.Spans.Where(span => !span["actorplane.message"].Contains("lease", StringComparison.Ordinal)).Select(span => $"{span.Name}: {span["actorplane.from"]} {span["actorplane.message"]}").TakeLast(60))}");
            await Task.Delay(50);
        }
    }
}
