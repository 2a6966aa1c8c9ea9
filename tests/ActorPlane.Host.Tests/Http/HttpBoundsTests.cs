using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Host.Http;

namespace ActorPlane.Host.Tests.Http;

/// <summary>Bodies, heads and connections as no decent client sends them: answered, bounded, and nothing is left of them.</summary>
[Collection(AloneCollection.Name)]
public sealed class HttpBoundsTests : IAsyncLifetime
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Settings = "actorplane.http { max-requests-inflight = 3, max-mutating-requests-inflight = 2, watch-queue = 50 }";
    private const int Limit = RequestBody.MaxBytes;

    private HttpCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await HttpCluster.StartAsync(Settings);

    public async Task DisposeAsync()
    {
        Assert.Empty(_cluster.Errors);
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_body_of_more_than_three_mebibytes_is_refused_whether_its_length_is_told_or_not()
    {
        using var told = await Connect();
        await told.Send(Post(ConfigMaps, "", $"Content-Length: {Limit + 1}"));
        AssertStatus(await told.Receive(), 413, "RequestEntityTooLarge", $"Request entity too large: limit is {Limit}");

        using var untold = await Connect();
        await untold.Send(Post(ConfigMaps, "", "Transfer-Encoding: chunked"));
        for (var i = 0; i <= Limit / 65536; i++) await untold.Send($"10000\r\n{new string(' ', 65536)}\r\n");
        await untold.Send("0\r\n\r\n");
        AssertStatus(await untold.Receive(), 413, "RequestEntityTooLarge", $"Request entity too large: limit is {Limit}");
    }

    [Theory]
    [InlineData("application/json", "[", "]")]
    [InlineData("application/json", "{\"a\":", "}")]
    [InlineData("application/yaml", "[", "]")]
    [InlineData("application/yaml", "{a: ", "}")]
    [InlineData("application/yaml", "- ", "")]
    public async Task A_body_that_is_nested_without_end_is_refused(string type, string open, string close)
    {
        const int Depth = 300_000;
        using var http = await Connect();
        var body = string.Concat(Enumerable.Repeat(open, Depth)) + "1" + string.Concat(Enumerable.Repeat(close, Depth));
        foreach (var request in new[] { Post(ConfigMaps, body, $"Content-Type: {type}"), Request("DELETE", ConfigMaps, body, $"Content-Type: {type}") })
        {
            await http.Send(request);
            AssertStatus(await http.Receive(), 400, "BadRequest");
        }

        foreach (var patch in new[] { "application/merge-patch+json", "application/strategic-merge-patch+json", "application/json-patch+json", "application/apply-patch+yaml" })
        {
            await http.Send(Request("PATCH", ConfigMaps + "/nested?fieldManager=m", body, $"Content-Type: {patch}"));
            Assert.InRange((await http.Receive())!.Code, 400, 422);
        }
    }

    [Fact]
    public async Task What_is_nested_within_what_the_server_reads_survives()
    {
        using var http = await Connect();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);
        await http.Send(Post(ConfigMaps, """{"metadata":{"name":"deep"},"data":{"a":""" + deep + "}}"));
        AssertStatus(await http.Receive(), 400, "BadRequest");
        Assert.Equal(200, (await Get(http, "/readyz")).Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_refused_wherever_they_stand()
    {
        using var http = await Connect();
        foreach (var type in new[] { "application/json", "application/yaml" })
        {
            foreach (var bad in new byte[][] { [0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80] })
            {
                byte[] body = [.. """{"metadata":{"name":"bad"},"data":{"a":" """u8, .. bad, .. "\"}}"u8];
                await http.Send(Encoding.ASCII.GetBytes($"POST {ConfigMaps} HTTP/1.1\r\nHost: a\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"));
                await http.Send(body);
                AssertStatus(await http.Receive(), 400, "BadRequest");
            }
        }

        AssertStatus(await Get(http, ConfigMaps + "/%ff"), 404, "NotFound");
        AssertStatus(await Get(http, ConfigMaps + "/%c3%28"), 404, "NotFound");
        AssertStatus(await Get(http, ConfigMaps + "?labelSelector=%ff"), 400, "BadRequest");
    }

    [Fact]
    public async Task Characters_of_all_scripts_survive_in_json_yaml_and_queries()
    {
        using var http = await Connect();
        const string Text = "żółć 中文 🦀 \u0301\u200d";
        await http.Send(Post(ConfigMaps, $$$$"""{"metadata":{"name":"json","annotations":{"a":"{{{{Text}}}}"}}}""", "Content-Type: application/json; charset=utf-8"));
        Assert.Equal(201, (await http.Receive())!.Code);
        await http.Send(Post(ConfigMaps, $"metadata:\n  name: yaml\n  annotations:\n    a: \"{Text}\"\n", "Content-Type: application/yaml; charset=utf-8"));
        Assert.Equal(201, (await http.Receive())!.Code);
        foreach (var name in new[] { "json", "yaml" })
            Assert.Equal(Text, JsonValue.Parse((await Get(http, $"{ConfigMaps}/{name}")).Body).At("metadata", "annotations", "a")!.AsString);
    }

    [Fact]
    public async Task Yaml_is_answered_where_it_is_wanted_first_and_reads_as_the_same_json()
    {
        using var http = await Connect();
        const string Body = """{"metadata":{"name":"yaml"},"data":{"a":"yes","b":"0x1F","c":"2020-01-01","d":"a: b","e":"lines\nof # text","f":"","g":"- x","h":"1e3","i":"żółć","j":"null","k":"plain text"}}""";
        await http.Send(Post(ConfigMaps, Body, "Accept: application/yaml"));
        var made = (await http.Receive())!;
        Assert.Equal((201, "application/yaml"), (made.Code, made.Headers["Content-Type"]));
        foreach (var path in new[] { ConfigMaps + "/yaml", ConfigMaps, ConfigMaps + "/none", "/api/v1", "/apis" })
        {
            var json = await Get(http, path);
            await http.Send(Request("GET", path, "", "Accept: application/yaml, application/json;q=0.5"));
            var yaml = (await http.Receive())!;
            Assert.Equal((json.Code, "application/yaml"), (yaml.Code, yaml.Headers["Content-Type"]));
            var read = new ActorPlane.Host.Manifests.YamlReader("answer").Read(new StringReader(yaml.Text));
            Assert.Equal(Sorted(JsonValue.Parse(json.Body)), Sorted(Assert.Single(read).Content));
        }

        await http.Send(Request("GET", ConfigMaps + "?watch=true", "", "Accept: application/yaml"));
        Assert.Equal(406, (await http.Receive())!.Code);
        await http.Send(Request("GET", ConfigMaps + "?watch=true", "", "Accept: application/yaml, application/json"));
        Assert.Equal("application/json", (await http.Receive(headOnly: true))!.Headers["Content-Type"]);
        Assert.StartsWith("{\"type\":\"ADDED\"", await http.ReceiveLine());
    }

    [Fact]
    public async Task A_body_of_an_unknown_form_is_refused_with_the_forms_that_are_known()
    {
        using var http = await Connect();
        await http.Send(Post(ConfigMaps, "<a/>", "Content-Type: application/xml"));
        AssertStatus(
            await http.Receive(), 415, "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf");
        await http.Send(Request("PATCH", ConfigMaps + "/a", "{}", "Content-Type: application/json"));
        AssertStatus(
            await http.Receive(), 415, "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml");
    }

    [Fact]
    public async Task A_head_of_a_mebibyte_is_too_large_and_one_of_a_hundred_kibibytes_is_not()
    {
        using var http = await Connect();
        await http.Send($"GET /readyz HTTP/1.1\r\nHost: a\r\nX-Long: {new string('x', 100_000)}\r\n\r\n");
        Assert.Equal(200, (await http.Receive())!.Code);
        await http.Send($"GET /readyz HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Range(0, 2000).Select(i => $"X-{i}: y\r\n"))}\r\n");
        Assert.Equal(200, (await http.Receive())!.Code);
        await http.Send($"GET /readyz?{new string('x', 100_000)} HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(200, (await http.Receive())!.Code);
        await http.Send($"GET /readyz HTTP/1.1\r\nHost: a\r\nX-Long: {new string('x', 1 << 20)}\r\n\r\n");
        Assert.Equal(431, (await http.Receive())!.Code);
    }

    [Fact]
    public async Task Requests_in_one_go_are_answered_in_their_order()
    {
        using var http = await Connect();
        await http.Send(Post(ConfigMaps, """{"metadata":{"name":"first"}}""") + Request("GET", ConfigMaps + "/first") + Request("DELETE", ConfigMaps + "/first") + Request("GET", ConfigMaps + "/first"));
        foreach (var code in new[] { 201, 200, 200, 404 }) Assert.Equal(code, (await http.Receive())!.Code);
    }

    [Fact]
    public async Task Lengths_that_contradict_the_body_are_refused()
    {
        using var both = await Connect();
        await both.Send($"POST {ConfigMaps} HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n");
        var answer = await both.Receive();
        Assert.True(answer is null or { Code: 400 or 422 }, answer?.Text);

        using var cut = await Connect();
        await cut.Send($"POST {ConfigMaps} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n{{}}x-rubbish\r\n\r\n");
        AssertStatus(await cut.Receive(), 400, "BadRequest");
        Assert.True(await cut.Receive() is null or { Code: 400 });

        using var wrong = await Connect();
        await wrong.Send($"POST {ConfigMaps} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        Assert.Equal(400, (await wrong.Receive())!.Code);
    }

    [Fact]
    public async Task A_client_that_asks_whether_to_go_on_is_told_so()
    {
        using var http = await Connect();
        const string Body = """{"metadata":{"name":"expected"}}""";
        await http.Send($"POST {ConfigMaps} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n");
        Assert.Equal(100, (await http.Receive())!.Code);
        await http.Send(Body);
        Assert.Equal(201, (await http.Receive())!.Code);
    }

    [Fact]
    public async Task A_packed_body_is_not_read_and_a_packed_answer_is_had_for_the_asking()
    {
        using var http = await Connect();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("""{"metadata":{"name":"packed"}}"""u8);
        await http.Send($"POST {ConfigMaps} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
        await http.Send(packed.ToArray());
        AssertStatus(await http.Receive(), 400, "BadRequest");

        await FillWith(200, 4000);
        var plain = await Get(http, ConfigMaps);
        Assert.False(plain.Headers.ContainsKey("Content-Encoding"));
        await http.Send($"GET {ConfigMaps} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
        var answer = (await http.Receive())!;
        Assert.Equal("gzip", answer.Headers["Content-Encoding"]);
        Assert.True(answer.Body.Length < plain.Body.Length / 2);
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(answer.Body), CompressionMode.Decompress)) await gzip.CopyToAsync(unpacked);
        Assert.Equal(JsonValue.Parse(plain.Body)["items"], JsonValue.Parse(unpacked.ToArray())["items"]);
    }

    [Fact]
    public async Task More_requests_at_once_than_are_allowed_are_sent_away_for_a_second()
    {
        // Writes whose bodies do not come are under way for as long as we like.
        var held = new List<RawHttp>();
        for (var i = 0; i < 2; i++)
        {
            held.Add(await Connect());
            await held[^1].Send(Post(ConfigMaps, "{", "Content-Length: 100"));
        }

        using var http = await Connect();
        var refused = await Until(
            async () =>
            {
                await http.Send(Post(ConfigMaps, """{"metadata":{"generateName":"more-"}}"""));
                return (await http.Receive())!;
            },
            answer => answer.Code == 429);
        AssertStatus(refused, 429, "TooManyRequests", "Too many requests, please try again later.");
        Assert.Equal("1", refused.Headers["Retry-After"]);

        // Reads have a number of their own, and watches none.
        Assert.Equal(200, (await Get(http, ConfigMaps)).Code);
        using var watch = await Connect();
        await watch.Send(Request("GET", ConfigMaps + "?watch=true"));
        Assert.Equal(200, (await watch.Receive(headOnly: true))!.Code);

        foreach (var one in held) one.Abort();
        await Until(
            async () =>
            {
                await http.Send(Post(ConfigMaps, """{"metadata":{"generateName":"more-"}}"""));
                return (await http.Receive())!;
            },
            answer => answer.Code == 201);
    }

    [Fact]
    public async Task A_watch_whose_client_does_not_read_is_cut_and_the_others_miss_nothing()
    {
        const int Changes = 400;
        using var reader = await Connect();
        await reader.Send(Request("GET", ConfigMaps + "?watch=true&resourceVersion=0&labelSelector=fill=yes"));
        Assert.Equal(200, (await reader.Receive(headOnly: true))!.Code);
        var stuck = new List<RawHttp>();
        for (var i = 0; i < 5; i++)
        {
            stuck.Add(await RawHttp.ConnectAsync(_cluster.Address, receiveBuffer: 4096));
            await stuck[^1].Send(Request("GET", ConfigMaps + "?watch=true&resourceVersion=0&labelSelector=fill=yes"));
        }

        await Until(() => Task.FromResult(_cluster.Watches), watches => watches == 6);

        // A reader that were ten changes behind on a busy machine would be cut as well.
        using var ahead = new SemaphoreSlim(10);
        var read = Task.Run(async () =>
        {
            var seen = 0;
            while (seen < Changes && await reader.ReceiveLine() is { } line)
            {
                if (!line.StartsWith("{\"type\":\"ADDED\"", StringComparison.Ordinal)) continue;
                seen++;
                ahead.Release();
            }

            return seen;
        });
        await FillWith(Changes, 50_000, async () => Assert.True(await ahead.WaitAsync(TimeSpan.FromMinutes(2)), "the reader misses changes"));
        Assert.Equal(Changes, await read);
        await Until(() => Task.FromResult(_cluster.Watches), watches => watches == 1);
        foreach (var one in stuck) one.Dispose();
        reader.Abort();
        await Until(() => Task.FromResult(_cluster.Watches), watches => watches == 0);
    }

    [Fact]
    public async Task Thousands_of_idle_watches_are_served_and_forgotten_when_their_clients_go()
    {
        const int Count = 2000;
        var watches = new List<RawHttp>();
        for (var i = 0; i < Count; i++)
        {
            watches.Add(await Connect());
            await watches[^1].Send(Request("GET", $"{ConfigMaps}?watch=true&fieldSelector=metadata.name=idle-{i}"));
        }

        foreach (var watch in watches) Assert.Equal(200, (await watch.Receive(headOnly: true))!.Code);
        Assert.Equal(Count, _cluster.Watches);
        using var http = await Connect();
        await http.Send(Post(ConfigMaps, """{"metadata":{"name":"idle-7"}}"""));
        Assert.Equal(201, (await http.Receive())!.Code);
        Assert.NotNull(await watches[7].ReceiveLine());
        for (var i = 0; i < Count; i++)
        {
            if (i % 2 == 0) watches[i].Abort();
            else watches[i].Dispose();
        }

        await Until(() => Task.FromResult(_cluster.Watches), left => left == 0);
    }

    [Fact]
    public async Task Clients_that_go_in_the_middle_of_a_request_or_an_answer_leave_nothing_behind()
    {
        await FillWith(100, 20_000);
        foreach (var request in new[]
                 {
                     "GET /api/v1/name", $"GET {ConfigMaps} HTTP/1.1\r\nHost", Request("GET", ConfigMaps), Post(ConfigMaps, "{", "Content-Length: 1000"), Request("GET", ConfigMaps + "?watch=true"),
                     Request("DELETE", ConfigMaps + "/none"), $"POST {ConfigMaps} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                 })
        {
            for (var i = 0; i < 20; i++)
            {
                using var http = await RawHttp.ConnectAsync(_cluster.Address, receiveBuffer: 4096);
                await http.Send(request);
                if (i % 2 == 0) http.Abort();
            }
        }

        await Until(() => Task.FromResult(_cluster.Watches), watches => watches == 0);
        using var after = await Connect();
        await Until(() => Get(after, ConfigMaps + "?limit=1"), answer => answer.Code == 200);
    }

    [Fact]
    public async Task Lists_that_nobody_reads_are_not_kept_in_memory()
    {
        await FillWith(400, 50_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var stuck = new List<RawHttp>();
        for (var i = 0; i < 3; i++)
        {
            stuck.Add(await RawHttp.ConnectAsync(_cluster.Address, receiveBuffer: 4096));
            await stuck[^1].Send(Request("GET", ConfigMaps));
            Assert.Equal(200, (await stuck[^1].Receive(headOnly: true))!.Code);
        }

        // Each list has 20 MB.
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(after - before < 20 << 20, $"{(after - before) >> 20} MiB are held for clients that do not read.");
        foreach (var one in stuck) one.Abort();
        using var reader = await Connect();
        Assert.Equal(400, JsonValue.Parse((await Until(() => Get(reader, ConfigMaps + "?labelSelector=fill=yes"), answer => answer.Code == 200)).Body)["items"]!.Items.Length);
    }

    [Fact]
    public void A_silent_connection_asks_whether_its_client_is_there()
    {
        using var listener = HttpApiServer.KeptAlive(new IPEndPoint(IPAddress.Loopback, 0), TimeSpan.FromMinutes(3));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        using var accepted = listener.Accept();
        Assert.Equal(1, (int)accepted.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
        Assert.Equal(180, (int)accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime)!);
    }

    private static string Sorted(JsonValue value) =>
        value.IsObject ? "{" + string.Join(',', value.Members.ToArray().OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => $"{JsonValue.Of(m.Name)}:{Sorted(m.Value)}")) + "}"
        : value.IsArray ? "[" + string.Join(',', value.Items.ToArray().Select(Sorted)) + "]"
        : value.ToString();

    internal static string Request(string method, string target, string body = "", params string[] headers) =>
        $"{method} {target} HTTP/1.1\r\nHost: a\r\n{string.Concat(headers.Select(header => header + "\r\n"))}"
        + (body.Length > 0 && !headers.Any(header => header.StartsWith("Content-Length", StringComparison.Ordinal)) ? $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n" : "") + $"\r\n{body}";

    internal static string Post(string target, string body, params string[] headers) => Request("POST", target, body, headers);

    internal static void AssertStatus(RawAnswer? answer, int code, string reason, string? message = null)
    {
        Assert.NotNull(answer);
        Assert.True(answer.Code == code, $"{answer.Code}: {answer.Text}");
        Assert.True(answer.WrongAsStatus() is null, $"{answer.WrongAsStatus()}: {answer.Text}");
        var status = JsonValue.Parse(answer.Body);
        Assert.Equal(reason, status["reason"]!.AsString);
        if (message is not null) Assert.Equal(message, status["message"]!.AsString);
    }

    internal static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> isIt)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var seen = await look();
            if (isIt(seen)) return seen;
            Assert.False(patience.IsCancellationRequested, $"Waited in vain; seen last: {seen}");
            await Task.Delay(20);
        }
    }

    private static async Task<RawAnswer> Get(RawHttp http, string target)
    {
        await http.Send(Request("GET", target));
        return (await http.Receive())!;
    }

    private Task<RawHttp> Connect() => RawHttp.ConnectAsync(_cluster.Address);

    private async Task FillWith(int count, int bytes, Func<Task>? before = null)
    {
        using var http = await Connect();
        for (var i = 0; i < count; i++)
        {
            if (before is not null) await before();
            await http.Send(Post(ConfigMaps, $$$"""{"metadata":{"name":"fill-{{{i}}}","labels":{"fill":"yes"}},"data":{"a":"{{{new string('x', bytes)}}}"}}"""));
            Assert.Equal(201, (await http.Receive())!.Code);
        }
    }
}
