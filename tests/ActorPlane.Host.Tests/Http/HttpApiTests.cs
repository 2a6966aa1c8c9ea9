using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Host.Tests.Http;

[Collection(HttpCollection.Name)]
public sealed class HttpApiTests(HttpFixture cluster) : IDisposable
{
    private const string Table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";

    private readonly HttpClient _http = new() { BaseAddress = cluster.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_version_makes_kubectl_run_its_1_32()
    {
        var version = await Get("/version");
        Assert.Equal(("1", "32"), (version["major"]!.AsString, version["minor"]!.AsString));
        Assert.StartsWith("v1.32.", version["gitVersion"]!.AsString);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    public async Task It_is_healthy(string path) => Assert.Equal("ok", await _http.GetStringAsync(path));

    [Fact]
    public async Task Discovery_in_one_document_and_in_many_tell_of_the_same_resources()
    {
        var aggregated = await Get("/apis", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
        var plain = await Get("/apis");
        var groups = aggregated["items"]!.Items.ToArray().Select(group => group.At("metadata", "name")!.AsString);
        Assert.Equal(groups, plain["groups"]!.Items.ToArray().Select(group => group["name"]!.AsString));

        var apps = await Get("/apis/apps/v1");
        var inMany = apps["resources"]!.Items.ToArray().Select(resource => resource["name"]!.AsString!).Where(name => !name.Contains('/'));
        var inOne = aggregated["items"]!.Items.ToArray().Single(group => group.At("metadata", "name")!.AsString == "apps")["versions"]!.Items[0]["resources"]!;
        Assert.Equal(["controllerrevisions", "daemonsets", "deployments", "replicasets", "statefulsets"], inMany);
        Assert.Equal(inMany, inOne.Items.ToArray().Select(resource => resource["resource"]!.AsString));
    }

    [Theory]
    [InlineData("GET", "/api/v1/foos", 404, "NotFound", "the server could not find the requested resource")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/nope", 404, "NotFound", "pods \"nope\" not found")]
    [InlineData("DELETE", "/apis/apps/v1/namespaces/default/deployments/nope", 404, "NotFound", "deployments.apps \"nope\" not found")]
    [InlineData("PUT", "/api/v1/namespaces/default/pods", 405, "MethodNotAllowed", "the server does not allow this method on the requested resource")]
    [InlineData("POST", "/api/v1/pods", 405, "MethodNotAllowed", "the server does not allow this method on the requested resource")]
    [InlineData("POST", "/api/v1/namespaces/default/pods/x/log", 405, "MethodNotAllowed", "the server does not allow this method on the requested resource")]
    [InlineData("GET", "/api/v1/pods?labelSelector=a=b=c", 400, "BadRequest", null)]
    [InlineData("GET", "/api/v1/pods?fieldSelector=foo=bar", 400, "BadRequest", "field label not supported: foo")]
    [InlineData("GET", "/api/v1/pods?limit=x", 400, "BadRequest", null)]
    [InlineData("GET", "/api/v1/pods?resourceVersion=x", 400, "BadRequest", null)]
    [InlineData("GET", "/api/v1/pods?continue=zzzz", 400, "BadRequest", "continue key is not valid: malformed value")]
    [InlineData("GET", "/api/v1/pods?resourceVersion=999999999", 504, "Timeout", null)]
    public async Task What_cannot_be_done_is_refused_with_a_Status(string method, string path, int code, string reason, string? message)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        await IsRefused(await _http.SendAsync(request), code, reason, message);
    }

    [Fact]
    public async Task A_form_that_nobody_offers_is_not_acceptable()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/pods");
        request.Headers.Add("Accept", "text/html");
        await IsRefused(await _http.SendAsync(request), 406, "NotAcceptable", null);
    }

    [Fact]
    public async Task Bodies_that_make_no_sense_are_refused()
    {
        await IsRefused(await Post(ConfigMaps, "{"), 400, "BadRequest",
            "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({)");
        await IsRefused(await Post(ConfigMaps, "[]"), 400, "BadRequest", null);
        await IsRefused(await Post(ConfigMaps, new string('[', 100_000)), 400, "BadRequest", null);
        await IsRefused(await Post(ConfigMaps, [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d], "application/json"), 400, "BadRequest", null);
        await IsRefused(await Post(ConfigMaps, "k8s\0"u8.ToArray().Concat(new byte[] { 0xff, 0xff }).ToArray(), ProtobufCodec.MediaType), 400, "BadRequest", null);
        await IsRefused(await Post(ConfigMaps, "{}"u8.ToArray(), "text/html"), 415, "UnsupportedMediaType", null);
        await IsRefused(await Post(ConfigMaps, """{"apiVersion":"v1","kind":"Pod"}"""), 400, "BadRequest", null);
        await IsRefused(await Post(ConfigMaps, """{"metadata":{"name":"x","namespace":"other"}}"""), 400, "BadRequest",
            "the namespace of the provided object does not match the namespace sent on the request");
        await IsRefused(await Post(ConfigMaps, """{"metadata":{"name":7}}"""), 400, "BadRequest",
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string");
    }

    [Fact]
    public async Task A_body_of_more_than_three_mebibytes_is_too_large() =>
        await IsRefused(await Post(ConfigMaps, new string(' ', 3 * 1024 * 1024 + 1)), 413, "RequestEntityTooLarge", null);

    [Fact]
    public async Task Unknown_fields_are_refused_warned_of_or_dropped()
    {
        const string Body = """{"metadata":{"name":"fields"},"nope":1}""";
        await IsRefused(await Post($"{ConfigMaps}?fieldValidation=Strict", Body), 400, "BadRequest",
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"nope\"");
        using var warned = await Post($"{ConfigMaps}?fieldValidation=Warn&dryRun=All", Body);
        Assert.Equal(["299 - \"unknown field \\\"nope\\\"\""], warned.Headers.GetValues("Warning"));
        using var dropped = await Post($"{ConfigMaps}?fieldValidation=Ignore&dryRun=All", Body);
        Assert.Equal(HttpStatusCode.Created, dropped.StatusCode);
        Assert.False(dropped.Headers.Contains("Warning"));
    }

    [Fact]
    public async Task A_dry_run_answers_and_stores_nothing()
    {
        using var answer = await Post($"{ConfigMaps}?dryRun=All", """{"metadata":{"name":"dry"},"data":{"a":"b"}}""");
        var item = JsonValue.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.NotNull(item.At("metadata", "uid"));
        Assert.Null(item.At("metadata", "resourceVersion"));
        await IsRefused(await _http.GetAsync($"{ConfigMaps}/dry"), 404, "NotFound", "configmaps \"dry\" not found");
    }

    [Fact]
    public async Task A_namespace_in_protobuf_is_created()
    {
        var body = ProtobufCodec.Encode(new Namespace { Metadata = new ObjectMeta { Name = "in-protobuf" } });
        using var answer = await Post("/api/v1/namespaces", body, ProtobufCodec.MediaType);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("Active", (await Get("/api/v1/namespaces/in-protobuf")).At("status", "phase")!.AsString);
    }

    [Fact]
    public async Task A_configmap_in_YAML_is_created()
    {
        using var answer = await Post(ConfigMaps, "metadata:\n  name: in-yaml\ndata: {a: 'on'}\n"u8.ToArray(), "application/yaml");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("on", (await Get($"{ConfigMaps}/in-yaml")).At("data", "a")!.AsString);
    }

    [Fact]
    public async Task An_update_of_an_old_version_is_a_conflict()
    {
        using var created = await Post(ConfigMaps, """{"metadata":{"name":"versions"},"data":{"a":"1"}}""");
        var item = JsonValue.Parse(await created.Content.ReadAsStringAsync());
        using var first = await Send(HttpMethod.Put, $"{ConfigMaps}/versions", item.With("data", JsonValue.Parse("""{"a":"2"}""")).ToString(), "application/json");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await IsRefused(await Send(HttpMethod.Put, $"{ConfigMaps}/versions", item.ToString(), "application/json"), 409, "Conflict",
            "Operation cannot be fulfilled on configmaps \"versions\": the object has been modified; please apply your changes to the latest version and try again");
    }

    [Fact]
    public async Task A_patch_is_merged_by_its_form()
    {
        using var created = await Post(ConfigMaps, """{"metadata":{"name":"patched"},"data":{"a":"1","b":"2"}}""");
        using var merge = await Send(HttpMethod.Patch, $"{ConfigMaps}/patched", """{"data":{"a":null}}""", "application/merge-patch+json");
        using var json = await Send(HttpMethod.Patch, $"{ConfigMaps}/patched", """[{"op":"replace","path":"/data/b","value":"3"}]""", "application/json-patch+json");
        using var strategic = await Send(HttpMethod.Patch, $"{ConfigMaps}/patched", """{"metadata":{"finalizers":["x.y/z"]}}""", "application/strategic-merge-patch+json");
        var item = await Get($"{ConfigMaps}/patched");
        Assert.Equal("""{"b":"3"}""", item["data"]!.ToString());
        Assert.Equal("""["x.y/z"]""", item.At("metadata", "finalizers")!.ToString());
        await IsRefused(await Send(HttpMethod.Patch, $"{ConfigMaps}/patched", "{}", "application/json"), 415, "UnsupportedMediaType", null);
        await IsRefused(await Send(HttpMethod.Patch, $"{ConfigMaps}/patched", """[{"op":"remove","path":"/data/zz"}]""", "application/json-patch+json"), 422, "Invalid",
            "the server rejected our request due to an error in our request");
    }

    [Fact]
    public async Task A_list_goes_on_at_the_revision_where_it_began()
    {
        foreach (var name in new[] { "page-1", "page-2", "page-3" })
        {
            using var created = await Post(ConfigMaps, $$$$"""{"metadata":{"name":"{{{{name}}}}","labels":{"pages":"yes"}}}""");
        }

        var first = await Get($"{ConfigMaps}?labelSelector=pages%3Dyes&limit=2");
        using var later = await Post(ConfigMaps, """{"metadata":{"name":"page-4","labels":{"pages":"yes"}}}""");
        var token = first.At("metadata", "continue")!.AsString;
        var second = await Get($"{ConfigMaps}?labelSelector=pages%3Dyes&limit=2&continue={token}");
        Assert.Equal(["page-1", "page-2"], Names(first));
        Assert.Equal(["page-3"], Names(second));
        Assert.Equal(first.At("metadata", "resourceVersion"), second.At("metadata", "resourceVersion"));
        Assert.Null(second.At("metadata", "continue"));
    }

    [Fact]
    public async Task A_page_says_how_many_objects_are_left_unless_they_would_have_to_be_looked_at()
    {
        foreach (var space in new[] { "left-a", "left-a0", "left-b" })
        {
            (await Post("/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{space}}}"}}""")).Dispose();
            for (var i = 0; i < 5; i++) (await Post($"/api/v1/namespaces/{space}/limitranges", $$$$"""{"metadata":{"name":"limit-{{{{i}}}}","labels":{"left":"yes"}}}""")).Dispose();
        }

        var (names, left) = (new List<string>(), new List<string?>());
        for (var token = ""; token is not null;)
        {
            var page = await Get($"/api/v1/namespaces/left-a/limitranges?limit=2&continue={token}");
            names.AddRange(Names(page).Select(name => name!));
            left.Add(page.At("metadata", "remainingItemCount")?.ToString());
            token = page.At("metadata", "continue")?.AsString;
        }

        Assert.Equal(["limit-0", "limit-1", "limit-2", "limit-3", "limit-4"], names);
        Assert.Equal(["3", "1", null], left);
        Assert.Equal("11", (await Get("/api/v1/limitranges?limit=4")).At("metadata", "remainingItemCount")?.ToString());
        var picked = await Get("/api/v1/limitranges?limit=4&labelSelector=left%3Dyes");
        Assert.NotNull(picked.At("metadata", "continue"));
        Assert.Null(picked.At("metadata", "remainingItemCount"));
    }

    [Fact]
    public async Task A_Table_has_a_row_for_each_object_and_its_metadata()
    {
        var table = await Get("/api/v1/nodes", Table);
        Assert.Equal("Table", table["kind"]!.AsString);
        Assert.Equal(["Name", "Status", "Roles", "Age", "Version", "Internal-IP", "External-IP", "OS-Image", "Kernel-Version", "Container-Runtime"],
            table["columnDefinitions"]!.Items.ToArray().Select(column => column["name"]!.AsString));
        Assert.Equal(["node-1", "node-2"], table["rows"]!.Items.ToArray().Select(row => row["cells"]!.Items[0].AsString));
        Assert.Equal("PartialObjectMetadata", table["rows"]!.Items[0].At("object", "kind")!.AsString);
    }

    [Fact]
    public async Task A_long_list_is_compressed_for_those_who_take_it()
    {
        for (var i = 0; i < 100; i++)
        {
            using var created = await Post(ConfigMaps, $$$$"""{"metadata":{"name":"many-{{{{i}}}}","labels":{"many":"yes"}},"data":{"much":"{{{{new string('x', 2000)}}}}"}}""");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, $"{ConfigMaps}?labelSelector=many%3Dyes");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await _http.SendAsync(request);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        Assert.Equal(100, JsonValue.Parse(await reader.ReadToEndAsync())["items"]!.Items.Length);
    }

    [Fact]
    public async Task A_watch_shows_what_is_there_and_then_every_change()
    {
        using var one = await Post(ConfigMaps, """{"metadata":{"name":"watched","labels":{"w":"1"}}}""");
        using var answer = await _http.GetAsync($"{ConfigMaps}?watch=true&labelSelector=w%3D1&timeoutSeconds=30", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(("ADDED", "watched"), await Next(lines));
        using var changed = await Send(HttpMethod.Patch, $"{ConfigMaps}/watched", """{"data":{"a":"b"}}""", "application/merge-patch+json");
        Assert.Equal(("MODIFIED", "watched"), await Next(lines));
        using var unlabelled = await Send(HttpMethod.Patch, $"{ConfigMaps}/watched", """{"metadata":{"labels":{"w":null}}}""", "application/merge-patch+json");
        Assert.Equal(("DELETED", "watched"), await Next(lines));
    }

    [Fact]
    public async Task A_watch_from_a_revision_misses_nothing()
    {
        var list = await Get(ConfigMaps);
        var revision = list.At("metadata", "resourceVersion")!.AsString;
        using var one = await Post(ConfigMaps, """{"metadata":{"name":"missed","labels":{"missed":"1"}}}""");
        using var gone = await _http.DeleteAsync($"{ConfigMaps}/missed");
        using var answer = await _http.GetAsync(
            $"{ConfigMaps}?watch=true&labelSelector=missed%3D1&resourceVersion={revision}&timeoutSeconds=30", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(("ADDED", "missed"), await Next(lines));
        Assert.Equal(("DELETED", "missed"), await Next(lines));
    }

    [Fact]
    public async Task A_watch_that_asks_for_it_is_told_where_the_beginning_ends()
    {
        using var answer = await _http.GetAsync(
            $"{ConfigMaps}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&labelSelector=none%3Dsuch&timeoutSeconds=30",
            HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var line = JsonValue.Parse((await lines.ReadLineAsync())!);
        Assert.Equal("BOOKMARK", line["type"]!.AsString);
        Assert.Equal("true", line.At("object", "metadata", "annotations", "k8s.io/initial-events-end")!.AsString);
    }

    [Fact]
    public async Task A_watch_from_before_the_window_has_expired()
    {
        using var created = await Post(ConfigMaps, """{"metadata":{"name":"expired"}}""");
        var revision = JsonValue.Parse(await created.Content.ReadAsStringAsync()).At("metadata", "resourceVersion")!.AsString;
        for (var i = 0; i <= HttpFixture.WindowEvents; i++)
        {
            using var changed = await Send(HttpMethod.Patch, $"{ConfigMaps}/expired", $$$$"""{"data":{"i":"{{{{i}}}}"}}""", "application/merge-patch+json");
        }

        var answer = JsonValue.Parse((await _http.GetStringAsync($"{ConfigMaps}?watch=true&resourceVersion={revision}&timeoutSeconds=30")).Trim());
        Assert.Equal("ERROR", answer["type"]!.AsString);
        Assert.Equal(("Expired", 410L), (answer.At("object", "reason")!.AsString, answer.At("object", "code")!.AsInt64));
    }

    [Fact]
    public async Task Who_changed_which_field_is_kept()
    {
        using var created = await Send(HttpMethod.Post, $"{ConfigMaps}?fieldManager=me", """{"metadata":{"name":"owned"},"data":{"a":"b"}}""", "application/json");
        var entry = (await Get($"{ConfigMaps}/owned")).At("metadata", "managedFields")!.Items[0];
        Assert.Equal(("me", "Update"), (entry["manager"]!.AsString, entry["operation"]!.AsString));
        Assert.Equal("""{"f:data":{".":{},"f:a":{}}}""", entry["fieldsV1"]!.ToString());

        const string Config = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"owned"},"data":{"a":"c"}}""";
        await IsRefused(await Send(HttpMethod.Patch, $"{ConfigMaps}/owned?fieldManager=other", Config, "application/apply-patch+yaml"), 409, "Conflict",
            "Apply failed with 1 conflict: conflict with \"me\" using v1: .data.a");
        using var forced = await Send(HttpMethod.Patch, $"{ConfigMaps}/owned?fieldManager=other&force=true", Config, "application/apply-patch+yaml");
        Assert.Equal("c", JsonValue.Parse(await forced.Content.ReadAsStringAsync()).At("data", "a")!.AsString);
    }

    [Fact]
    public async Task An_autoscaler_of_version_1_is_one_of_version_2()
    {
        const string Body = """
            {"metadata":{"name":"scaler"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"x","apiVersion":"apps/v1"},"maxReplicas":3,"targetCPUUtilizationPercentage":70}}
            """;
        using var created = await Post("/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers", Body);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var metric = (await Get("/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/scaler")).At("spec", "metrics")!.Items[0];
        Assert.Equal("70", metric.At("resource", "target", "averageUtilization")!.AsNumber);
    }

    [Fact]
    public async Task Everybody_may_do_everything_over_plain_HTTP()
    {
        using var answer = await Post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"spec":{"resourceAttributes":{"verb":"delete","resource":"nodes"}}}""");
        Assert.True(JsonValue.Parse(await answer.Content.ReadAsStringAsync()).At("status", "allowed")!.AsBool);
        using var who = await Post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        Assert.Equal("admin", JsonValue.Parse(await who.Content.ReadAsStringAsync()).At("status", "userInfo", "username")!.AsString);
    }

    private static async Task<(string? Type, string? Name)> Next(StreamReader lines)
    {
        var line = JsonValue.Parse((await lines.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)))!);
        return (line["type"]!.AsString, line.At("object", "metadata", "name")!.AsString);
    }

    private static IEnumerable<string?> Names(JsonValue list) => list["items"]!.Items.ToArray().Select(item => item.At("metadata", "name")!.AsString);

    private static async Task IsRefused(HttpResponseMessage answer, int code, string reason, string? message)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            var status = JsonValue.Parse(text);
            Assert.Equal(code, (int)answer.StatusCode);
            Assert.Equal(("Status", "Failure", reason), (status["kind"]?.AsString, status["status"]?.AsString, status["reason"]?.AsString));
            Assert.Equal(code, status["code"]!.AsInt64);
            if (message is not null) Assert.Equal(message, status["message"]!.AsString);
        }
    }

    private async Task<JsonValue> Get(string path, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonValue.Parse(await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> Post(string path, string json) => Send(HttpMethod.Post, path, json, "application/json");

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, string body, string contentType) => Send(method, path, Encoding.UTF8.GetBytes(body), contentType);

    private Task<HttpResponseMessage> Post(string path, byte[] body, string contentType) => Send(HttpMethod.Post, path, body, contentType);

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, byte[] body, string contentType)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return await _http.SendAsync(request);
    }
}
