using System.Diagnostics;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Host.Tests.Http;
using Xunit.Abstractions;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>
/// Whatever is sent, the answer is a proper one, nothing crashes, hangs or grows, and what is stored stays readable.
/// ACTORPLANE_FUZZ_SECONDS sets for how long (10 unless set; CI takes 60, the long form is 300), ACTORPLANE_FUZZ_SEED
/// which requests (build.ps1 fuzz draws one).
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    // Little history is kept, so that the memory tells of leaks. Somebody asks for two billion pods while no quota holds: they
    // come in small steps, or the API server falls behind that history and connects anew.
    private const string Settings = """
        actorplane.apiserver { watch-window-events = 20, max-events = 100 }
        actorplane.controller-manager.replicaset.burst = 10
        actorplane.etcd { compaction.revisions = 5000, snapshot.every-changes = 2000, snapshot.growth = 0 }
        """;

    private static readonly string[] Unreachable = ["/proxy", "/exec", "/attach", "/portforward"];

    private const int Probe = 500;
    private const int Round = 4000;

    /// <summary>After so many wrong answers it is enough.</summary>
    private const int MostWrong = 20;

    /// <summary>A round leaves behind at most so much, in the long run: what is kept is bounded, but not at once.</summary>
    private const long GrowthBytes = 32L << 20;

    private readonly SortedDictionary<int, int> _answers = [];
    private readonly List<string> _wrong = [];
    private RawHttp? _connection;

    [Fact]
    public async Task Whatever_is_sent_is_answered_properly_and_leaves_no_trace()
    {
        var seed = FuzzSettings.Seed;
        output.WriteLine($"ACTORPLANE_FUZZ_SEED={seed}");
        await using var cluster = await HttpCluster.StartAsync(Settings, seed, nodes: 2);
        var requests = new FuzzRequests(seed, [.. FuzzTarget.BuiltIn, .. FuzzTarget.Widgets]);
        var memory = new List<long>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; ; i++)
        {
            if (i % Probe == 0) await CheckAlive(cluster, seed, i);
            if (i > 0 && i % Round == 0)
            {
                await CheckStored(cluster, seed, i);
                await Clean(cluster);
                memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            }

            if (watch.Elapsed > FuzzSettings.Time || _wrong.Count >= MostWrong) break;
            await Ask(cluster, requests.Next(), $"ACTORPLANE_FUZZ_SEED={seed}, request {i}");
        }

        output.WriteLine($"answers: {string.Join(", ", _answers.Select(answer => $"{answer.Value} x {answer.Key}"))}");
        output.WriteLine($"heap after each {Round} requests, MiB: {string.Join(", ", memory.Select(bytes => bytes >> 20))}");
        Assert.True(_wrong.Count == 0, string.Join("\n\n", _wrong));
        await CheckStored(cluster, seed, -1);

        // The draw reached all that it is meant to reach.
        Assert.Superset(new HashSet<int> { 200, 201, 400, 404, 405, 406, 409, 415, 422 }, _answers.Keys.ToHashSet());

        // The first rounds fill caches, windows and histories.
        // Between two snapshots of the store the heap rises and falls: its low points are what counts.
        var third = memory.Count / 3;
        if (third > 0) Assert.True(memory[^third..].Min() - memory[third..(2 * third)].Min() < GrowthBytes, $"seed {seed}: the heap grows: {string.Join(", ", memory)}");
        _connection?.Dispose();
    }

    private async Task Ask(HttpCluster cluster, FuzzRequest request, string what)
    {
        try
        {
            _connection ??= await RawHttp.ConnectAsync(cluster.Address);
            await _connection.Send(request.ToBytes());
            var answer = await _connection.Receive(headOnly: request.IsEndless || request.Method == "HEAD");
            if (answer is not null) _answers[answer.Code] = _answers.GetValueOrDefault(answer.Code) + 1;
            if (WrongWith(request, answer) is { } wrong) _wrong.Add($"{what}: {wrong}\n{request}");
            if (answer is { Closes: false } && !request.IsEndless && request.Method != "CONNECT") return;
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{what}: no answer came\n{request}\n{string.Join("\n\n", _wrong)}");
        }
        catch (EndOfStreamException)
        {
            _wrong.Add($"{what}: the answer was cut off\n{request}");
        }

        _connection!.Dispose();
        _connection = null;
    }

    private static string? WrongWith(FuzzRequest request, RawAnswer? answer)
    {
        if (answer is null) return "the server closed the connection without a word";

        // The real server's own word for a scale of what has no replicas (apiextensions-apiserver, registry/customresource/etcd.go).
        // And for a pod with two budgets (registry/core/pod/storage/eviction.go).
        if (answer.Code == 500 && answer.Text.Contains("more than one PodDisruptionBudget", StringComparison.Ordinal)) return null;
        var isBody = answer.Body.Length > 0;
        if (answer.Code == 500 && request.Target.Contains("/scale", StringComparison.Ordinal) && (!isBody || answer.Text.Contains("replicas field", StringComparison.Ordinal))) return null;
        // Virtual containers run nothing that could be reached, and the server says so.
        var isUnreachable = answer.Code is 501 or 503 && Unreachable.Any(part => request.Target.Contains(part, StringComparison.Ordinal));
        if (!isUnreachable && answer.Code is not ((>= 200 and < 300) or (>= 400 and < 500))) return $"{answer.Code} {answer.Text}";
        if (answer.Code < 400 || request.Method == "HEAD" || request.IsEndless) return null;

        // What is no HTTP is refused by the web server itself, in so many words as HTTP has for it.
        if (answer is { Body.Length: 0, Code: 400 or 405 or 411 or 413 or 414 or 431 or 505 } && answer.Closes) return null;

        // The real server has this text for paths that are none of the API's.
        if (answer.Code == 404 && answer.Text == "404 page not found\n") return null;
        return answer.WrongAsStatus() is { } wrong ? $"{answer.Code}, but {wrong}: {answer.Text}" : null;
    }

    // Its own API still works as it should, and nothing has crashed.
    private static async Task CheckAlive(HttpCluster cluster, int seed, int request)
    {
        var what = $"ACTORPLANE_FUZZ_SEED={seed}, after request {request}";
        Assert.True(cluster.Errors.Count == 0, $"{what}: {string.Join('\n', cluster.Errors.Take(3))}");
        using var http = new HttpClient { BaseAddress = cluster.Address, Timeout = TimeSpan.FromMinutes(1) };
        Assert.Equal("ok", await http.GetStringAsync("/readyz"));
        foreach (var space in FuzzRequests.Spaces.Append("default"))
        {
            (await Post(http, "/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{space}}}"}}""")).Dispose();

            // Somebody will ask for two billion replicas.
            (await Post(http, $"/api/v1/namespaces/{space}/resourcequotas", """{"metadata":{"name":"limit"},"spec":{"hard":{"pods":"20"}}}""")).Dispose();
        }

        // A definition that something has deleted goes on for a while.
        (await Post(http, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", FuzzTarget.WidgetDefinition)).Dispose();
        using var made = await Post(http, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"probe"},"data":{"a":"b"}}""");
        Assert.True((int)made.StatusCode == 201, $"{what}: {await made.Content.ReadAsStringAsync()}");
        var read = JsonValue.Parse(await http.GetStringAsync("/api/v1/namespaces/default/configmaps/probe"));
        Assert.Equal("b", read.At("data", "a")?.AsString);
        using var gone = await http.DeleteAsync("/api/v1/namespaces/default/configmaps/probe");
        Assert.True((int)gone.StatusCode == 200, $"{what}: {await gone.Content.ReadAsStringAsync()}");
    }

    // All that got in can be written and read again, in each form.
    private static async Task CheckStored(HttpCluster cluster, int seed, int request)
    {
        var what = $"ACTORPLANE_FUZZ_SEED={seed}, after request {request}";
        using var http = new HttpClient { BaseAddress = cluster.Address, Timeout = TimeSpan.FromMinutes(1) };
        var seen = 0;
        foreach (var info in KubeTypes.Resources.Where(info => info.Allows("list")))
        {
            var collection = FuzzTarget.Of(info).Collection("");
            var list = JsonValue.Parse(await http.GetByteArrayAsync(collection));
            foreach (var item in list["items"]!.Items)
            {
                seen++;
                var decoded = (IKubeObject)JsonCodec.Decode(info.Schema, item, strict: true, out var errors);
                Assert.True(errors.Count == 0, $"{what}: {collection}: {string.Join("; ", errors)}");
                var json = JsonCodec.Encode(decoded);
                Assert.True(json.AsSpan().SequenceEqual(JsonCodec.Encode((IKubeObject)JsonCodec.Decode(info.Schema, json, false, out _))), $"{what}: {collection}: {item}");
                if (!info.Schema.HasProtobuf) continue;
                var again = (IKubeObject)ProtobufCodec.Decode(info.Schema, ProtobufCodec.Open(ProtobufCodec.Encode(decoded), out _, out _));
                Assert.True(json.AsSpan().SequenceEqual(JsonCodec.Encode(again)), $"{what}: {collection} in protobuf:\n{Encoding.UTF8.GetString(json)}\n{Encoding.UTF8.GetString(JsonCodec.Encode(again))}");
            }

            using var table = new HttpRequestMessage(HttpMethod.Get, collection);
            table.Headers.Add("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
            using var rows = await http.SendAsync(table);
            Assert.True((int)rows.StatusCode == 200, $"{what}: {collection} as a Table: {await rows.Content.ReadAsStringAsync()}");
            Assert.Equal("Table", JsonValue.Parse(await rows.Content.ReadAsByteArrayAsync())["kind"]?.AsString);
        }

        Assert.True(seen > 0);
    }

    // What was made goes, so that the heap shows only what should not be there.
    private static async Task Clean(HttpCluster cluster)
    {
        using var http = new HttpClient { BaseAddress = cluster.Address, Timeout = TimeSpan.FromMinutes(1) };
        foreach (var info in KubeTypes.Resources.Where(info => info.Allows("deletecollection") && info.Namespaced))
        {
            foreach (var space in FuzzRequests.Spaces)
                (await http.DeleteAsync(FuzzTarget.Of(info).Collection(space) + "?gracePeriodSeconds=0&propagationPolicy=Background")).Dispose();
        }
    }

    private static Task<HttpResponseMessage> Post(HttpClient http, string path, string json) => http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));
}
