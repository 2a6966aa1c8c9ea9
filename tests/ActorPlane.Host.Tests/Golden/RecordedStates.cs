using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>
/// What the record tells of the states of objects: each answer that shows an object in full shows a state of it. So the store can be
/// brought to where the real server's stood, whatever wrote in between without being recorded.
/// </summary>
public sealed class RecordedStates
{
    private readonly Dictionary<(string Resource, string Namespace, string Name), SortedList<long, JsonObject>> _byName = [];
    private readonly Dictionary<(string Uid, long Version), JsonObject> _exact = [];
    private readonly Dictionary<(string Resource, string Namespace, string Name, long Version), int> _firstSeen = [];
    private readonly Dictionary<string, int> _lastSeen = [];
    private readonly Dictionary<string, JsonObject> _definitions = [];

    public RecordedStates(IReadOnlyList<RecordedRequest> requests)
    {
        var definitions = KubeTypes.Find(new GroupVersionKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition"))!;
        foreach (var item in requests.Where(request => request.Status < 300).SelectMany(request => request.Answer).Where(answer => answer["kind"]?.ToString() == "CustomResourceDefinition"))
        {
            var definition = (CustomResourceDefinition)JsonCodec.Decode(definitions.Schema, Encoding.UTF8.GetBytes(item.ToJsonString()), strict: false, out _);
            if (!CustomResources.IsTrue(definition, CustomResources.Established) || CustomResources.IsTerminating(definition)) continue;
            Registry = Registry.With(definition);
            _definitions[definition.Metadata.Name!] = item.AsObject();
        }

        foreach (var request in requests)
        {
            // What would have become of an object is no state of it.
            if (request.Option("dryRun") is not null) continue;
            foreach (var document in request.Answer) Gather(document, null, null, request.Number);
        }
    }

    /// <summary>The built-in kinds and those that the record defines.</summary>
    public ResourceRegistry Registry { get; } = ResourceRegistry.BuiltIn;

    /// <summary>The definition of a custom resource, established.</summary>
    public JsonObject DefinitionOf(ResourceInfo info) => _definitions[info.GroupResource];

    /// <summary>The state of an object with this uid at this version; null when the record does not show it.</summary>
    public JsonObject? Exact(string uid, long version) => _exact.GetValueOrDefault((uid, version));

    /// <summary>The state with exactly this version.</summary>
    public JsonObject? At(string resource, string scope, string name, long version) =>
        _byName.GetValueOrDefault((resource, scope, name))?.GetValueOrDefault(version);

    /// <summary>The newest state before a version.</summary>
    public JsonObject? Before(string resource, string scope, string name, long version) =>
        _byName.GetValueOrDefault((resource, scope, name))?.LastOrDefault(state => state.Key < version).Value;

    /// <summary>The request whose answer first showed a state.</summary>
    public int FirstSeen(string resource, string scope, string name, long version) => _firstSeen.GetValueOrDefault((resource, scope, name, version), int.MaxValue);

    /// <summary>Whether an answer after a request shows an object.</summary>
    public bool IsSeenAfter(string uid, int number) => _lastSeen.GetValueOrDefault(uid) > number;

    /// <summary>The version that an object's metadata names.</summary>
    public static long VersionOf(JsonNode? item) =>
        long.TryParse(item?["metadata"]?["resourceVersion"]?.GetValue<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private void Gather(JsonNode? node, string? apiVersion, string? kind, int number)
    {
        if (node is not JsonObject item) return;
        if (item["type"] is not null && item["object"] is JsonObject told)
        {
            if (item["type"]!.GetValue<string>() is "ADDED" or "MODIFIED") Gather(told, null, null, number);
            return;
        }

        apiVersion ??= item["apiVersion"]?.GetValue<string>();
        kind ??= item["kind"]?.GetValue<string>();
        if (kind is null || apiVersion is null) return;
        if (kind == "Table")
        {
            foreach (var row in item["rows"]!.AsArray()) Gather(row!["object"], null, null, number);
        }
        else if (item["items"] is JsonArray items && kind.EndsWith("List", StringComparison.Ordinal))
        {
            foreach (var one in items) Gather(one, apiVersion, kind[..^4], number);
        }
        else if (kind is not ("PartialObjectMetadata" or "Scale") && item["metadata"]?["uid"]?.GetValue<string>() is { } uid && VersionOf(item) is > 0 and var version)
        {
            var full = (JsonObject)item.DeepClone();
            full["apiVersion"] = apiVersion;
            full["kind"] = kind;
            if (Registry.Find(apiVersion, kind) is not { } resource) return;
            var name = Registry.StorageOf(resource).GroupResource;
            var key = (name, item["metadata"]!["namespace"]?.GetValue<string>() ?? "", item["metadata"]!["name"]!.GetValue<string>());
            if (!_byName.TryGetValue(key, out var states)) _byName.Add(key, states = []);
            states[version] = full;
            _firstSeen.TryAdd((key.name, key.Item2, key.Item3, version), number);
            _exact[(uid, version)] = full;
            _lastSeen[uid] = number;
        }
    }
}
