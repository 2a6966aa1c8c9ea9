using System.Net.Http.Headers;
using System.Text;
using ActorPlane.Api;

namespace ActorPlane.Host.Tests.Http;

/// <summary>Whatever is sent, the answer is a proper one.</summary>
[Collection(HttpCollection.Name)]
public sealed class HttpFuzzTests(HttpFixture cluster) : IDisposable
{
    private const int Seed = 20261122;
    private const int Requests = 3000;
    private const string Space = "fuzz";

    private static readonly string[] Resources =
    [
        "/api/v1/namespaces/fuzz/pods", "/api/v1/namespaces/fuzz/services", "/api/v1/namespaces/fuzz/configmaps", "/apis/apps/v1/namespaces/fuzz/deployments",
        "/apis/autoscaling/v1/namespaces/fuzz/horizontalpodautoscalers", "/apis/autoscaling/v2/namespaces/fuzz/horizontalpodautoscalers",
        "/apis/events.k8s.io/v1/namespaces/fuzz/events", "/apis/batch/v1/namespaces/fuzz/cronjobs", "/apis/policy/v1/namespaces/fuzz/poddisruptionbudgets",
        "/apis/networking.k8s.io/v1/namespaces/fuzz/ingresses", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e300", "99999999999999999999", "\"\"", "\"1Gi\"", "\"\\u0000\"", "\"💥\"", "[]", "{}", "[[]]", "{\"a\":{\"b\":[1,\"c\"]}}",
    ];

    private static readonly string[] Options =
    [
        "fieldValidation=Strict", "fieldValidation=X", "dryRun=All", "dryRun=b", "fieldManager=m", "force=true", "limit=1", "limit=-1", "limit=x", "labelSelector=a=b",
        "labelSelector=a%20in%20(", "labelSelector=!", "fieldSelector=metadata.name=f", "fieldSelector=a", "continue=abc", "gracePeriodSeconds=0",
        "propagationPolicy=Orphan", "propagationPolicy=Z", "watch=true&timeoutSeconds=1&resourceVersion=x",
    ];

    private static readonly JsonValue Base = JsonValue.Parse(
        """
        {"metadata":{"name":"f","labels":{"app":"f"},"annotations":{"a":"b"},"finalizers":[],"ownerReferences":[]},
         "spec":{"replicas":1,"selector":{"matchLabels":{"app":"f"}},"containers":[{"name":"c","image":"i","env":[{"name":"A","value":"b"}]}],"ports":[{"port":80}],
          "template":{"metadata":{"labels":{"app":"f"}},"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"1"}}}]}}},
         "data":{"a":"b"},"status":{"phase":"Running"}}
        """);

    private readonly HttpClient _http = new() { BaseAddress = cluster.Address };
    private readonly Random _random = new(Seed);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Random_requests_are_answered_with_an_object_or_a_Status()
    {
        using var space = await Send(HttpMethod.Post, "/api/v1/namespaces", Encoding.UTF8.GetBytes($$$$"""{"metadata":{"name":"{{{{Space}}}}"}}"""), "application/json");
        var answers = new SortedDictionary<int, int>();
        for (var i = 0; i < Requests; i++)
        {
            var (method, path, body, contentType) = Draw();
            using var answer = await Send(method, path, body, contentType);
            var code = (int)answer.StatusCode;
            var text = await answer.Content.ReadAsStringAsync();
            answers[code] = answers.GetValueOrDefault(code) + 1;
            var what = $"seed {Seed}, request {i}: {method} {path} {contentType} {Encoding.UTF8.GetString(body)}: {code} {text}";
            Assert.True(code < 500, what);
            if (code < 400) continue;
            var status = JsonValue.Parse(text);
            Assert.True(status["kind"]?.AsString == "Status" && status["code"]?.AsInt64 == code && status["reason"]?.AsString is { Length: > 0 }, what);
        }

        // The draw reached all that it is meant to reach.
        Assert.Superset(new HashSet<int> { 200, 201, 400, 404, 405, 415, 422 }, answers.Keys.ToHashSet());
        Assert.Equal("ok", await _http.GetStringAsync("/readyz"));
    }

    private (HttpMethod Method, string Path, byte[] Body, string ContentType) Draw()
    {
        var method = Pick(HttpMethod.Post, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Patch, HttpMethod.Get, HttpMethod.Delete);
        var path = Pick(Resources);
        if (method != HttpMethod.Post && _random.Next(10) > 0) path += Pick("/f", "/f", "/g");
        if (_random.Next(5) == 0) path += Pick("/status", "/scale", "/log", "/eviction", "/binding", "/exec");
        if (_random.Next(2) == 0) path += "?" + string.Join('&', Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Pick(Options)));
        var (body, contentType) = (Mutated(Base, 3).ToUtf8(), "application/json");
        if (method == HttpMethod.Patch)
        {
            contentType = Pick("application/merge-patch+json", "application/strategic-merge-patch+json", "application/json-patch+json", "application/apply-patch+yaml", "text/x");
            if (contentType == "application/json-patch+json") body = Operations();
        }
        else if (_random.Next(12) == 0)
        {
            contentType = "application/yaml";
        }
        else if (_random.Next(12) == 0)
        {
            var noise = new byte[_random.Next(60)];
            _random.NextBytes(noise);
            (body, contentType) = ([.. "k8s\0"u8, .. noise], ProtobufCodec.MediaType);
        }

        if (_random.Next(12) == 0) body[_random.Next(body.Length)] = (byte)_random.Next(256);
        return (method, path, body, contentType);
    }

    private byte[] Operations() => Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, _random.Next(3)).Select(_ =>
        $$"""{"op":"{{Pick("add", "remove", "replace", "test", "move", "copy", "zz")}}","path":"{{Pick("/spec", "/metadata/name", "/a/b", "", "x", "/data/a~1b")}}","from":"/spec","value":{{Pick(Values)}}}""")) + "]");

    private JsonValue Mutated(JsonValue value, int most)
    {
        for (var i = _random.Next(most + 1); i > 0; i--) value = Mutated(value);
        return value;
    }

    private JsonValue Mutated(JsonValue value)
    {
        if (value.IsArray && value.Items.Length > 0 && _random.Next(4) > 0)
        {
            var items = value.Items.ToArray();
            var at = _random.Next(items.Length);
            items[at] = Mutated(items[at]);
            return JsonValue.Array(items);
        }

        if (!value.IsObject || value.Members.Length == 0 || _random.Next(6) == 0) return JsonValue.Parse(Pick(Values));
        var (name, inner) = value.Members[_random.Next(value.Members.Length)];
        return _random.Next(8) switch
        {
            0 => value.Without(name),
            1 => value.With(Pick("spec", "name", "nope", "$patch", "$retainKeys", "$setElementOrder/containers", "$deleteFromPrimitiveList/finalizers"), JsonValue.Parse(Pick(Values))),
            _ => value.With(name, Mutated(inner)),
        };
    }

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, byte[] body, string contentType)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        }

        return await _http.SendAsync(request);
    }
}
