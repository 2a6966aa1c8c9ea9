using System.Net;
using System.Text;
using ActorPlane.Api;

namespace ActorPlane.Host.Tests.Http;

/// <summary>Evictions and the budgets that they go by.</summary>
[Collection(HttpCollection.Name)]
public sealed class EvictionTests(HttpFixture cluster) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = cluster.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_budget_without_room_refuses_with_429_and_says_why()
    {
        var ns = await Namespace("full");
        await Pod(ns, "p");
        await Budget(ns, "budget", """{"minAvailable":1,"selector":{"matchLabels":{"app":"p"}}}""");
        await Until(async () => (await Get($"/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets/budget")).At("status", "currentHealthy")?.AsInt64 == 1);
        var (code, status) = await Evict(ns, "p");
        Assert.Equal(HttpStatusCode.TooManyRequests, code);
        Assert.Equal("Cannot evict pod as it would violate the pod's disruption budget.", status["message"]!.AsString);
        var cause = status.At("details", "causes")!.Items[0];
        Assert.Equal(("DisruptionBudget", "The disruption budget budget needs 1 healthy pods and has 1 currently"), (cause["reason"]!.AsString, cause["message"]!.AsString));
        Assert.Null((await Get($"/api/v1/namespaces/{ns}/pods/p")).At("metadata", "deletionTimestamp"));
    }

    [Fact]
    public async Task A_budget_with_room_is_spent_and_the_pod_says_why_it_goes()
    {
        var ns = await Namespace("room");
        await Pod(ns, "p");
        await Pod(ns, "q");
        await Budget(ns, "budget", """{"minAvailable":1,"selector":{"matchLabels":{"app":"p"}}}""");
        await Until(async () => (await Get($"/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets/budget")).At("status", "disruptionsAllowed")?.AsInt64 == 1);
        var (code, status) = await Evict(ns, "p", """{"dryRun":["All"]}""");
        Assert.Equal((HttpStatusCode.Created, "Success"), (code, status["status"]!.AsString));
        (code, status) = await Evict(ns, "p");
        Assert.Equal((HttpStatusCode.Created, "Success", 201L), (code, status["status"]!.AsString, status["code"]!.AsInt64!.Value));

        // The first is on its way: nothing is left for the second.
        (code, _) = await Evict(ns, "q");
        Assert.Equal(HttpStatusCode.TooManyRequests, code);
    }

    [Fact]
    public async Task More_than_one_budget_cannot_be_kept()
    {
        var ns = await Namespace("two");
        await Pod(ns, "p");
        foreach (var name in (string[])["a", "b"]) await Budget(ns, name, """{"maxUnavailable":1,"selector":{"matchLabels":{"app":"p"}}}""");
        var (code, status) = await Evict(ns, "p");
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.Equal("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.", status["message"]!.AsString);
    }

    [Fact]
    public async Task What_never_began_may_go()
    {
        var ns = await Namespace("pending");
        await Send(HttpMethod.Post, $"/api/v1/namespaces/{ns}/pods", """{"metadata":{"name":"p","labels":{"app":"p"}},"spec":{"schedulingGates":[{"name":"g.example.com/x"}],"containers":[{"name":"c","image":"x"}]}}""");
        await Budget(ns, "budget", """{"minAvailable":1,"selector":{"matchLabels":{"app":"p"}}}""");
        Assert.Equal(HttpStatusCode.Created, (await Evict(ns, "p")).Code);
        await Until(async () => (await _http.GetAsync($"/api/v1/namespaces/{ns}/pods/p")).StatusCode == HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles/made", """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"made","resourceVersion":"5"}}""", 201)]
    [InlineData("/api/v1/namespaces/default/endpoints/made", """{"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"made"}}""", 201)]
    [InlineData("/api/v1/namespaces/default/configmaps/made", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"made"}}""", 404)]
    public async Task Some_kinds_are_created_by_a_PUT(string path, string body, int code)
    {
        using var first = await Send(HttpMethod.Put, path, body);
        Assert.Equal(code, (int)first.StatusCode);
        if (code != 201) return;
        using var second = await Send(HttpMethod.Put, path, body.Replace("\"5\"", "\"\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    private async Task<string> Namespace(string name)
    {
        name = "evict-" + name;
        await Send(HttpMethod.Post, "/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        return name;
    }

    private async Task Pod(string ns, string name)
    {
        using var made = await Send(HttpMethod.Post, $"/api/v1/namespaces/{ns}/pods", $$$"""{"metadata":{"name":"{{{name}}}","labels":{"app":"p"}},"spec":{"containers":[{"name":"c","image":"x"}]}}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await Until(async () => (await Get($"/api/v1/namespaces/{ns}/pods/{name}")).At("status", "conditions")?.Items.ToArray()
            .Any(condition => condition["type"]!.AsString == "Ready" && condition["status"]!.AsString == "True") == true);
    }

    private async Task Budget(string ns, string name, string spec)
    {
        using var made = await Send(HttpMethod.Post, $"/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets", $$"""{"metadata":{"name":"{{name}}"},"spec":{{spec}}}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    private async Task<(HttpStatusCode Code, JsonValue Status)> Evict(string ns, string name, string options = "null")
    {
        using var answer = await Send(
            HttpMethod.Post, $"/api/v1/namespaces/{ns}/pods/{name}/eviction", $$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{name}}"},"deleteOptions":{{options}}}""");
        return (answer.StatusCode, JsonValue.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private async Task<JsonValue> Get(string path) => JsonValue.Parse(await _http.GetStringAsync(path));

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, string body) =>
        _http.SendAsync(new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition()) await Task.Delay(20, limit.Token);
    }
}
