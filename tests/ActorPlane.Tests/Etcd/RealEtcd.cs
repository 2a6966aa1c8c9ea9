using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorPlane.Etcd;

namespace ActorPlane.Tests.Etcd;

/// <summary>A test that needs Debian's etcd-server; without it the test is skipped and says so.</summary>
internal sealed class RealEtcdFactAttribute : FactAttribute
{
    public RealEtcdFactAttribute()
    {
        if (RealEtcd.Program is null) Skip = "etcd is not installed (package etcd-server)";
    }
}

/// <summary>The real etcd on a free port of this machine, with data that goes when it does, spoken to over its JSON gateway.</summary>
internal sealed class RealEtcd : IDisposable
{
    private readonly Process _process;
    private readonly string _directory;
    private readonly HttpClient _http;

    private RealEtcd(Process process, string directory, int port)
    {
        _process = process;
        _directory = directory;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Where the program is; null if it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? "etcd.exe" : "etcd")).FirstOrDefault(File.Exists);

    public static async Task<RealEtcd> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("real-etcd-").FullName;
        var (client, peer) = (FreePort(), FreePort());
        var start = new ProcessStartInfo(Program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[]
                 {
                     "--data-dir", directory, "--listen-client-urls", $"http://127.0.0.1:{client}", "--advertise-client-urls",
                     $"http://127.0.0.1:{client}", "--listen-peer-urls", $"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls",
                     $"http://127.0.0.1:{peer}", "--initial-cluster", $"default=http://127.0.0.1:{peer}",
                 })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var etcd = new RealEtcd(process, directory, client);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await etcd.PostAsync("kv/range", new JsonObject { ["key"] = Base64("a") });
                return etcd;
            }
            catch (HttpRequestException) when (attempt < 600)
            {
                await Task.Delay(100);
            }
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>What it makes of an operation, in the words of <see cref="EtcdText"/>, and its revision (0 with an error).</summary>
    public async Task<(string Text, long Revision)> ExecuteAsync(EtcdOp op)
    {
        var (method, request) = Request(op);
        var response = await PostAsync($"kv/{method}", request);
        if (response["error"] is { } error) return (error.GetValue<string>(), 0);
        return (EtcdText.Of(Result(op, response)), Number(response["header"]!, "revision"));
    }

    public async Task<string> SendAsync(string method, JsonObject request)
    {
        var response = await PostAsync(method, request);
        return response["error"]?.GetValue<string>() ?? "nothing";
    }

    /// <summary>The events of a watch, until so many came or none did for a second.</summary>
    public async Task<(List<string> Events, long CompactRevision)> WatchAsync(EtcdProtocol.Watch watch, int count)
    {
        var create = new JsonObject
        {
            ["key"] = Base64(watch.Keys.Start), ["range_end"] = Base64(watch.Keys.End), ["start_revision"] = watch.StartRevision.ToString(),
            ["prev_kv"] = watch.PrevKv,
            ["filters"] = new JsonArray([.. (watch.NoPut ? ["NOPUT"] : Array.Empty<string>()).Concat(watch.NoDelete ? ["NODELETE"] : []).Select(name => (JsonNode)name)]),
        };
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v3/watch") { Content = JsonContent.Create(new JsonObject { ["create_request"] = create }) };
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var events = new List<string>();
        using var quiet = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while (true)
            {
                // All that is due is there at once; a little longer shows that nothing more is.
                if (events.Count >= count) quiet.CancelAfter(TimeSpan.FromMilliseconds(20));
                if (await reader.ReadLineAsync(quiet.Token) is not { } line) return (events, 0);
                var result = JsonNode.Parse(line)!["result"]!;
                if (result["canceled"]?.GetValue<bool>() == true) return (events, Number(result, "compact_revision"));
                foreach (var change in result["events"]?.AsArray() ?? [])
                {
                    var keyValue = KeyValue(change!["kv"]!);
                    if (change["type"]?.GetValue<string>() == "DELETE") keyValue = EtcdKeyValue.Tombstone(keyValue.Key, keyValue.ModRevision);
                    events.Add(EtcdText.Of(new EtcdWatchEvent(keyValue, change["prev_kv"] is { } previous ? KeyValue(previous) : null, default)));
                }
            }
        }
        catch (OperationCanceledException)
        {
            return (events, 0);
        }
    }

    private async Task<JsonObject> PostAsync(string method, JsonObject request)
    {
        using var response = await _http.PostAsJsonAsync($"/v3/{method}", request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    private static (string Method, JsonObject Request) Request(EtcdOp op) => op switch
    {
        EtcdOp.Put put => ("put", new JsonObject
        {
            ["key"] = Base64(put.Key), ["value"] = Convert.ToBase64String(put.Value.ToBytes().Span), ["lease"] = put.LeaseId.ToString(),
            ["prev_kv"] = put.PrevKv, ["ignore_value"] = put.IgnoreValue, ["ignore_lease"] = put.IgnoreLease,
        }),
        EtcdOp.DeleteRange delete => ("deleterange", new JsonObject
        {
            ["key"] = Base64(delete.Keys.Start), ["range_end"] = Base64(delete.Keys.End), ["prev_kv"] = delete.PrevKv,
        }),
        EtcdOp.Range range => ("range", new JsonObject
        {
            ["key"] = Base64(range.Keys.Start), ["range_end"] = Base64(range.Keys.End), ["revision"] = range.Revision.ToString(),
            ["limit"] = range.Limit.ToString(), ["sort_order"] = new[] { "NONE", "ASCEND", "DESCEND" }[(int)range.SortOrder],
            ["sort_target"] = new[] { "KEY", "VERSION", "CREATE", "MOD", "VALUE" }[(int)range.SortBy], ["keys_only"] = range.KeysOnly,
            ["count_only"] = range.CountOnly, ["min_mod_revision"] = range.MinModRevision.ToString(),
            ["max_mod_revision"] = range.MaxModRevision.ToString(), ["min_create_revision"] = range.MinCreateRevision.ToString(),
            ["max_create_revision"] = range.MaxCreateRevision.ToString(),
        }),
        EtcdOp.Txn txn => ("txn", new JsonObject
        {
            ["compare"] = new JsonArray([.. txn.Compares.Select(Compare)]),
            ["success"] = new JsonArray([.. txn.Then.Select(Inner)]),
            ["failure"] = new JsonArray([.. txn.Else.Select(Inner)]),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    private static JsonNode Inner(EtcdOp op)
    {
        var (method, request) = Request(op);
        return new JsonObject { [$"request_{(method == "deleterange" ? "delete_range" : method)}"] = request };
    }

    private static JsonNode Compare(EtcdCompare compare)
    {
        var (name, value) = compare.Target switch
        {
            EtcdCompareTarget.Version => ("version", compare.Number.ToString()),
            EtcdCompareTarget.CreateRevision => ("create_revision", compare.Number.ToString()),
            EtcdCompareTarget.ModRevision => ("mod_revision", compare.Number.ToString()),
            EtcdCompareTarget.Lease => ("lease", compare.Number.ToString()),
            _ => ("value", Convert.ToBase64String(compare.Value.ToBytes().Span)),
        };
        return new JsonObject
        {
            ["key"] = Base64(compare.Keys.Start), ["range_end"] = Base64(compare.Keys.End),
            ["target"] = new[] { "VERSION", "CREATE", "MOD", "VALUE", "LEASE" }[(int)compare.Target],
            ["result"] = new[] { "EQUAL", "GREATER", "LESS", "NOT_EQUAL" }[(int)compare.Result], [name] = value,
        };
    }

    private static EtcdResult Result(EtcdOp op, JsonNode response)
    {
        switch (op)
        {
            case EtcdOp.Put:
                return new EtcdResult.Put(response["prev_kv"] is { } previous ? KeyValue(previous) : null);
            case EtcdOp.DeleteRange:
                return new EtcdResult.DeleteRange(Number(response, "deleted"), KeyValues(response["prev_kvs"]));
            case EtcdOp.Range:
                return new EtcdResult.Range(KeyValues(response["kvs"]), response["more"]?.GetValue<bool>() ?? false, Number(response, "count"));
            case EtcdOp.Txn txn:
                var succeeded = response["succeeded"]?.GetValue<bool>() ?? false;
                var inner = response["responses"]?.AsArray() ?? [];
                return new EtcdResult.Txn(succeeded, (succeeded ? txn.Then : txn.Else)
                    .Select((innerOp, i) => Result(innerOp, inner[i]!.AsObject().Single().Value!)).ToList());
            default:
                throw new ArgumentOutOfRangeException(nameof(op));
        }
    }

    private static List<EtcdKeyValue> KeyValues(JsonNode? nodes) => [.. (nodes?.AsArray() ?? []).Select(node => KeyValue(node!))];

    private static EtcdKeyValue KeyValue(JsonNode node) => new(
        EtcdKey.Wrap(Convert.FromBase64String(node["key"]!.GetValue<string>())),
        EtcdValue.Wrap(Convert.FromBase64String(node["value"]?.GetValue<string>() ?? "")),
        Number(node, "create_revision"), Number(node, "mod_revision"), Number(node, "version"), Number(node, "lease"));

    private static long Number(JsonNode node, string name) => long.Parse(node[name]?.GetValue<string>() ?? "0");

    public static string Base64(EtcdKey key) => Convert.ToBase64String(key.Span);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
