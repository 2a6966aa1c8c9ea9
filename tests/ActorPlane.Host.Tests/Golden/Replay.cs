using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ActorPlane.Api;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>
/// Sends the recorded requests, in their order, to a server whose store is brought to where the real one's stood before each: what
/// differs then is the answer's own, and no difference causes others later on.
/// </summary>
internal sealed class Replay(ReplayCluster cluster, IReadOnlyList<RecordedRequest> requests)
{
    private static readonly TimeSpan WatchPatience = TimeSpan.FromSeconds(30);

    private static readonly ResourceInfo Definitions = KubeTypes.Find(new GroupVersionKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition"))!;

    private readonly RecordedStates _states = new(requests);
    private readonly Dictionary<(string Resource, NamespacedName Name), (JsonObject State, string Version)> _stored = [];

    // The newest version that an answer has named so far.
    private long _newest;

    /// <summary>Replays everything.</summary>
    public async Task<List<Outcome>> Run()
    {
        var outcomes = new List<Outcome>();
        foreach (var request in requests)
        {
            outcomes.Add(await One(request));
            _newest = Math.Max(_newest, request.Answer.Count == 0 ? 0 : request.Answer.Max(RecordedStates.VersionOf));
        }

        return outcomes;
    }

    private async Task<Outcome> One(RecordedRequest request)
    {
        if (SkippedRequests.ReasonFor(request) is { } reason) return new Outcome(request, reason, []);
        var path = RecordedPath.Parse(request.Path, _states.Registry);
        var begun = DateTimeOffset.UtcNow;
        if (path is null) return await Compare(request, await Send(request, request.Query, request.Body), begun);
        if (path.Info is not { } info) return new Outcome(request, "its resource is nowhere defined in the record", []);
        if (info.Custom is not null)
        {
            await Present(Definitions, _states.DefinitionOf(info));
            await cluster.WaitFor(info);
        }

        await NamespaceOf(path, request);
        if (request.IsWatch) return await Watch(request, path, info);
        if (request.Method == "GET") return path.Name is null ? await List(request, path, info) : await Get(request, path, info);
        return await Write(request, path, info);
    }

    private async Task<Outcome> Get(RecordedRequest request, RecordedPath path, ResourceInfo info)
    {
        var begun = DateTimeOffset.UtcNow;
        if (request.Status == 404) await Absent(info, path.Namespace, path.Name!);
        else if (request.Answer is [{ } first])
        {
            var answer = first;
            if (path.Subresource == "scale") answer = _states.At(ReplayCluster.StoredAs(info).GroupResource, path.Namespace, path.Name!, RecordedStates.VersionOf(first));
            if (request.Status >= 400) answer = Latest(info, path, request);
            if (answer is null || FullState(answer["rows"]?[0]?["object"] ?? answer) is not { } state) return new Outcome(request, SkippedRequests.StateUnknown, []);
            await Present(info, state);
        }
        else if (cluster.VersionOf(info, path.Namespace, path.Name!) is null)
        {
            return new Outcome(request, SkippedRequests.StateUnknown, []);
        }

        return await Compare(request, await Send(request, request.Query, request.Body), begun);
    }

    private async Task<Outcome> List(RecordedRequest request, RecordedPath path, ResourceInfo info)
    {
        var begun = DateTimeOffset.UtcNow;
        if (request.Withheld is not null) return await Compare(request, await Send(request, request.Query, null), begun);
        var answer = request.Answer.Single().DeepClone();
        var listed = new HashSet<NamespacedName>();
        var items = (answer["rows"] ?? answer["items"])!.AsArray();
        for (var i = items.Count - 1; i >= 0; i--)
        {
            var shown = answer["rows"] is null ? items[i]! : items[i]!["object"]!;
            if ((answer["rows"] is null ? Kinded(shown, answer) : FullState(shown)) is not { } state)
            {
                // A row of a Table shows only a part of its object: without the rest it cannot be asked for.
                items.RemoveAt(i);
                continue;
            }

            listed.Add(new NamespacedName(state["metadata"]!["namespace"]?.GetValue<string>() ?? "", state["metadata"]!["name"]!.GetValue<string>()));
            await Present(info, state);
        }

        if (answer["rows"] is not null && items.Count == 0 && request.Answer[0]["rows"]!.AsArray().Count > 0) return new Outcome(request, SkippedRequests.StateUnknown, []);

        // What the real server did not have any more goes; what a selector hides stays.
        var isWhole = request.Option("labelSelector") is null && request.Option("fieldSelector") is null;
        foreach (var (name, item) in cluster.Snapshot[ReplayCluster.StoredAs(info).GroupResource].Items)
        {
            if ((path.Namespace.Length > 0 && name.Namespace != path.Namespace) || listed.Contains(name)) continue;
            if (answer["metadata"]?["continue"] is null && (isWhole || !_states.IsSeenAfter(item.Metadata.Uid!, request.Number))) await Absent(info, name.Namespace, name.Name);
        }

        return await Compare(request, await Send(request, request.Query, null), begun, answer);
    }

    private async Task<Outcome> Write(RecordedRequest request, RecordedPath path, ResourceInfo info)
    {
        if (request.IsBodyWithheld) return new Outcome(request, SkippedRequests.BodyUnknown, []);
        var body = request.Body;
        if (request.Method == "POST" && path.Name is null)
        {
            var name = JsonNode.Parse(body!)?["metadata"]?["name"]?.GetValue<string>();
            if (name is not null)
            {
                var resource = ReplayCluster.StoredAs(info).GroupResource;
                var there = request.Status == 409 ? _states.Before(resource, path.Namespace, name, _newest + 1) ?? _states.Before(resource, path.Namespace, name, long.MaxValue) : null;
                if (there is not null) await Present(info, there);
                else await Absent(info, path.Namespace, name);
            }
        }
        else if (path.Name is not null)
        {
            var before = BodyVersion(request) is > 0 and var version && request.Status < 300
                ? _states.At(ReplayCluster.StoredAs(info).GroupResource, path.Namespace, path.Name, version)
                : Latest(info, path, request);
            if (request.Status is 404 or 403 or 201 && path.Subresource is null)
            {
                await Absent(info, path.Namespace, path.Name);
            }
            else
            {
                if (before is null) return new Outcome(request, SkippedRequests.StateUnknown, []);
                await Present(info, before);
                if (Others(before, request)) return new Outcome(request, SkippedRequests.WrittenBetween, []);
                if (BodyVersion(request) is > 0 and var named)
                {
                    // A version that was too old is one here, too.
                    var ours = request.Status == 409 ? "1" : cluster.VersionOf(info, path.Namespace, path.Name);
                    body = body!.Replace($"\"{named}\"", $"\"{ours}\"", StringComparison.Ordinal);
                }
            }
        }

        var begun = DateTimeOffset.UtcNow;
        var answer = await Send(request, request.Query, body);
        if (request.Option("dryRun") is null)
        {
            foreach (var key in _stored.Keys.Where(key => key.Resource == ReplayCluster.StoredAs(info).GroupResource).ToList())
            {
                if (cluster.VersionOf(info, key.Name.Namespace, key.Name.Name) != _stored[key].Version) _stored.Remove(key);
            }
        }

        return await Compare(request, answer, begun);
    }

    private async Task<Outcome> Watch(RecordedRequest request, RecordedPath path, ResourceInfo info)
    {
        if (request.Withheld is not null) return new Outcome(request, SkippedRequests.AnswerUnknown, []);
        var events = request.Answer.Where(e => e["type"]!.GetValue<string>() is "ADDED" or "MODIFIED" or "DELETED").ToList();
        var states = new List<JsonObject>();
        foreach (var told in events)
        {
            var item = told["object"]!;
            if (FullState(item["rows"]?[0]?["object"] ?? item) is not { } state) return new Outcome(request, SkippedRequests.StateUnknown, []);
            states.Add(state);
        }

        // Those that the watch begins with are there before; what changes must be there in another state.
        var begun = DateTimeOffset.UtcNow;
        var initial = 0;
        if (request.Option("resourceVersion") is null or "0")
        {
            while (initial < events.Count && events[initial]["type"]!.GetValue<string>() == "ADDED" && !SeenBefore(states, initial)) initial++;
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (SeenBefore(states, i)) continue;
            if (i < initial || events[i]["type"]!.GetValue<string>() != "ADDED") await Present(info, states[i]);
            else await Absent(info, path.Namespace, states[i]["metadata"]!["name"]!.GetValue<string>());
        }

        var query = request.Query;
        if (request.Option("resourceVersion") is { } from && from != "0") query = query.Replace($"resourceVersion={from}", $"resourceVersion={cluster.Snapshot.Revision}", StringComparison.Ordinal);
        using var patience = new CancellationTokenSource(WatchPatience);
        using var response = await cluster.Client.SendAsync(Message(request, query, null), HttpCompletionOption.ResponseHeadersRead, patience.Token);
        if ((int)response.StatusCode != request.Status) return new Outcome(request, null, [new Difference("status", request.Status, (int)response.StatusCode)]);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        var differences = new List<Difference>();
        var ages = new HashSet<string>();
        for (var i = 0; i < events.Count; i++)
        {
            var (type, name) = (events[i]["type"]!.GetValue<string>(), states[i]["metadata"]!["name"]!.GetValue<string>());
            if (i >= initial && type == "DELETED") await Absent(info, path.Namespace, name);
            else if (i >= initial) await Present(info, states[i], again: true);
            var line = await reader.ReadLineAsync(patience.Token);
            if (line is null)
            {
                differences.Add(new Difference($"event {i}", events[i].DeepClone(), null));
                break;
            }

            FindAges(ages, events[i]["object"]!);
            differences.AddRange(Difference.Between(events[i], JsonNode.Parse(line), new RunDifferences(request, begun, ages).MustDiffer));
        }

        return new Outcome(request, null, differences);
    }

    private static bool SeenBefore(List<JsonObject> states, int index) =>
        states.Take(index).Any(state => state["metadata"]!["name"]!.GetValue<string>() == states[index]["metadata"]!["name"]!.GetValue<string>());

    private async Task NamespaceOf(RecordedPath path, RecordedRequest request)
    {
        if (path.Namespace.Length == 0) return;
        var namespaces = KubeTypes.Find(new GroupVersionResource("", "v1", "namespaces"))!;
        var known = _states.Before("namespaces", "", path.Namespace, RecordedStates.VersionOf(request.Answer is [var answer, ..] ? answer : null) is > 0 and var version ? version : long.MaxValue);
        if (request.Status != 403 && known?["metadata"]?["deletionTimestamp"] is not null) known = null;
        if (known is null && cluster.VersionOf(namespaces, "", path.Namespace) is not null && request.Status != 403) return;
        await Present(namespaces, known ?? new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = path.Namespace, ["uid"] = "1" },
            ["status"] = new JsonObject { ["phase"] = "Active" },
        });
    }

    /// <summary>The last state that the record shows from before the request.</summary>
    private JsonObject? Latest(ResourceInfo info, RecordedPath path, RecordedRequest request)
    {
        var resource = ReplayCluster.StoredAs(info).GroupResource;
        var answered = request.Answer is [var only] ? RecordedStates.VersionOf(only) : 0;
        if (answered == 0) return _states.Before(resource, path.Namespace, path.Name!, _newest + 1);

        // A write that changes nothing, or must not, answers with a version that was there before.
        var isOld = request.Option("dryRun") is not null || request.Method == "GET" || _states.FirstSeen(resource, path.Namespace, path.Name!, answered) < request.Number;
        return _states.Before(resource, path.Namespace, path.Name!, isOld ? answered + 1 : answered);
    }

    private static long BodyVersion(RecordedRequest request)
    {
        if (request.Body is not ['{' or '[', ..] || JsonNode.Parse(request.Body) is not { } body) return 0;
        if (body is JsonArray operations)
        {
            var named = operations.FirstOrDefault(operation => operation!["path"]?.GetValue<string>() == "/metadata/resourceVersion")?["value"]?.GetValue<string>();
            return long.TryParse(named, out var version) ? version : 0;
        }

        return RecordedStates.VersionOf(body);
    }

    /// <summary>Whether the answer shows that a controller wrote after the state that we know.</summary>
    private static bool Others(JsonObject before, RecordedRequest request)
    {
        if (request.Answer is not [var answer] || answer["metadata"]?["managedFields"] is not JsonArray after) return false;
        if (request.Method != "DELETE" && answer["metadata"]!["deletionTimestamp"] is not null && before["metadata"]!["deletionTimestamp"] is null) return true;
        return Controllers(before["metadata"]?["managedFields"]?.AsArray() ?? []) != Controllers(after);

        static string Controllers(JsonArray entries) => string.Join('\n', entries
            .Where(entry => entry!["manager"]?.GetValue<string>() is "kube-controller-manager" && entry["subresource"] is not null)
            .Select(entry => entry!["time"]!.GetValue<string>()));
    }

    private JsonObject? FullState(JsonNode shown)
    {
        if (shown["kind"]?.GetValue<string>() is not ("PartialObjectMetadata" or null)) return shown.AsObject();
        return shown["metadata"]?["uid"]?.GetValue<string>() is { } uid ? _states.Exact(uid, RecordedStates.VersionOf(shown)) : null;
    }

    private static JsonObject Kinded(JsonNode item, JsonNode list)
    {
        var full = (JsonObject)item.DeepClone();
        full["apiVersion"] = list["apiVersion"]!.DeepClone();
        full["kind"] = list["kind"]!.GetValue<string>()[..^4];
        return full;
    }

    private async Task Present(ResourceInfo info, JsonObject state, bool again = false)
    {
        var key = Key(info, state["metadata"]!["namespace"]?.GetValue<string>() ?? "", state["metadata"]!["name"]!.GetValue<string>());
        if (!again && _stored.TryGetValue(key, out var stored) && JsonNode.DeepEquals(stored.State, state)) return;
        await cluster.Put(info, state);
        _stored[key] = (state, cluster.VersionOf(info, key.Name.Namespace, key.Name.Name)!);
    }

    private async Task Absent(ResourceInfo info, string scope, string name)
    {
        if (_stored.Remove(Key(info, scope, name)) || cluster.VersionOf(info, scope, name) is not null) await cluster.Remove(info, scope, name);
    }

    private static (string Resource, NamespacedName Name) Key(ResourceInfo info, string scope, string name) =>
        (ReplayCluster.StoredAs(info).GroupResource, new NamespacedName(scope, name));

    private async Task<HttpResponseMessage> Send(RecordedRequest request, string query, string? body)
    {
        using var message = Message(request, query, body);
        return await cluster.Client.SendAsync(message);
    }

    private static HttpRequestMessage Message(RecordedRequest request, string query, string? body)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(request.Path + (query.Length > 0 ? "?" + query : ""), UriKind.Relative));
        if (request.Accept.Length > 0) message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", request.Client.Split(' ')[0] + "/v1.28.7 (linux/amd64)");
        if (body is null) return message;
        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (request.ContentType is not null) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        return message;
    }

    private static async Task<Outcome> Compare(RecordedRequest request, HttpResponseMessage response, DateTimeOffset begun, JsonNode? recorded = null)
    {
        using var _ = response;
        var differences = new List<Difference>();
        if ((int)response.StatusCode != request.Status) differences.Add(new Difference("status", request.Status, (int)response.StatusCode));
        var type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : null;
        var text = await response.Content.ReadAsStringAsync();
        if (request.Withheld is not null) return new Outcome(request, differences.Count > 0 ? null : SkippedRequests.AnswerUnknown, differences);
        if (type != request.AnswerType) differences.Add(new Difference("Content-Type", request.AnswerType, type));
        if (request.Answer.Count == 0)
        {
            if (request.Text is not null && text != request.Text) differences.Add(new Difference("text", request.Text, text));
            return new Outcome(request, null, differences);
        }

        recorded ??= request.Answer.Single();
        var ages = new HashSet<string>();
        FindAges(ages, recorded);
        JsonNode? ours = null;
        try
        {
            ours = JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            differences.Add(new Difference("body", recorded, text));
            return new Outcome(request, null, differences);
        }

        differences.AddRange(Difference.Between(recorded, ours, new RunDifferences(request, begun, ages).MustDiffer));
        return new Outcome(request, null, differences);
    }

    private static void FindAges(HashSet<string> ages, JsonNode answer)
    {
        if (answer["columnDefinitions"] is not JsonArray columns) return;
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i]!["name"]!.GetValue<string>() is "Age" or "Last Seen" or "First Seen" or "Duration" or "Last Schedule") ages.Add($".cells[{i}]");
        }
    }
}
