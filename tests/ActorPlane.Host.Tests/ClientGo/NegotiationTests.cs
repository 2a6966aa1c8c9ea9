using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>Answers in protobuf and metadata alone, as typed clients, the garbage collector and informers ask for them.</summary>
[Collection(HttpCollection.Name)]
public sealed class NegotiationTests(HttpFixture cluster) : IDisposable
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private readonly ApiClient _client = new(cluster.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_typed_client_gets_objects_and_failures_in_protobuf()
    {
        var map = new ConfigMap { Metadata = new ObjectMeta { Name = "in-proto", Labels = ValueMap<string>.Empty.With("negotiated", "yes") }, Data = ValueMap<string>.Empty.With("a", "b") };
        var created = (await _client.Post(ConfigMaps, map)).Is(201).Decoded<ConfigMap>();
        Assert.Equal(("in-proto", "b"), (created.Metadata.Name, created.Data["a"]));
        Assert.Equal(created, (await _client.Get($"{ConfigMaps}/in-proto", ApiClient.Protobuf)).Is(200).Decoded<ConfigMap>());
        var updated = (await _client.Put($"{ConfigMaps}/in-proto", created with { Data = created.Data.With("a", "c") })).Is(200).Decoded<ConfigMap>();
        Assert.Equal("c", updated.Data["a"]);
        (await _client.Put($"{ConfigMaps}/in-proto", created)).IsRefused(
            409, "Conflict", "Operation cannot be fulfilled on configmaps \"in-proto\": the object has been modified; please apply your changes to the latest version and try again");
        var patched = (await _client.Patch($"{ConfigMaps}/in-proto", "strategic-merge-patch+json", """{"data":{"d":"e"}}""")).Is(200).Decoded<ConfigMap>();
        Assert.Equal("e", patched.Data["d"]);
        var gone = (await _client.Delete($"{ConfigMaps}/in-proto", new DeleteOptions { Preconditions = new Preconditions { Uid = created.Metadata.Uid } })).Is(200);
        Assert.Equal((ProtobufCodec.MediaType, "Success", "in-proto"), (gone.MediaType, gone.Status.Status_, gone.Status.Details!.Name));
        var missing = await _client.Get($"{ConfigMaps}/in-proto", ApiClient.Protobuf);
        Assert.Equal(ProtobufCodec.MediaType, missing.MediaType);
        missing.IsRefused(404, "NotFound", "configmaps \"in-proto\" not found");
    }

    [Fact]
    public async Task A_list_in_protobuf_holds_what_the_list_in_JSON_holds()
    {
        foreach (var path in new[] { "/api/v1/nodes", "/api/v1/namespaces", "/apis/scheduling.k8s.io/v1/priorityclasses" })
        {
            var plain = (await _client.Get(path)).Is(200).Tree;
            var items = (await _client.Get(path, ApiClient.Protobuf)).Is(200);
            Assert.NotEmpty(items.Items());
            var schema = KubeTypes.Find(plain["apiVersion"]!.AsString!, plain["kind"]!.AsString![..^"List".Length])!.Schema;
            var names = items.Items().Select(item => ((IKubeObject)ProtobufCodec.Decode(schema, item)).Metadata.Name);
            Assert.Equal(plain["items"]!.Items.ToArray().Select(item => item.At("metadata", "name")!.AsString), names);
        }
    }

    [Fact]
    public async Task Every_stored_object_is_the_same_in_protobuf_and_in_JSON()
    {
        var compared = 0;
        foreach (var info in KubeTypes.Resources.Where(info => info.Allows("list") && info.Plural != "componentstatuses" && info.Plural is not ("events" or "leases" or "nodes" or "pods")))
        {
            var path = info.Gvk.Group.Length == 0 ? $"/api/{info.Gvk.Version}/{info.Plural}" : $"/apis/{info.Gvk.ApiVersion}/{info.Plural}";
            var plain = (await _client.Get(path)).Is(200).Tree["items"]!.Items.ToArray();
            var answer = (await _client.Get(path, ApiClient.Protobuf)).Is(200);
            Assert.Equal(info.Schema.HasProtobuf ? ProtobufCodec.MediaType : ApiClient.Json, answer.MediaType);
            if (!info.Schema.HasProtobuf) continue;
            var encoded = answer.Items();
            var byName = encoded.Select(item => (IKubeObject)ProtobufCodec.Decode(info.Schema, item)).ToDictionary(item => (item.Metadata.Namespace ?? "", item.Metadata.Name));
            foreach (var tree in plain)
            {
                var same = (IKubeObject)JsonCodec.Decode(info.Schema, tree, strict: true, out _);
                if (!byName.TryGetValue((same.Metadata.Namespace ?? "", same.Metadata.Name), out var other) || other.Metadata.ResourceVersion != same.Metadata.ResourceVersion) continue;
                Assert.Equal(JsonCodec.ToTree(same).ToString(), JsonCodec.ToTree(other).ToString());
                compared++;
            }
        }

        Assert.True(compared > 10, $"only {compared} objects were compared");
    }

    [Fact]
    public async Task A_list_that_began_too_long_ago_can_go_on_with_what_there_is_now()
    {
        // As every server writes it: a revision that nobody remembers.
        static string Token(long revision) => System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Encoding.UTF8.GetBytes($$"""{"v":"meta.k8s.io/v1","rv":{{revision}},"start":"/default\u0000"}"""));
        var expired = await _client.Get($"/api/v1/namespaces?limit=2&continue={Token(1)}");
        Assert.Equal("Expired", expired.Is(410).Status.Reason);
        Assert.Contains("or use the continue token in this response to retrieve the remainder of the results", expired.Status.Message);
        var rest = (await _client.Get($"/api/v1/namespaces?limit=2&continue={expired.Status.Metadata.Continue}")).Is(200).Tree;
        Assert.True(string.CompareOrdinal(rest["items"]!.Items[0].At("metadata", "name")!.AsString, "default") > 0);
    }

    [Fact]
    public async Task A_watch_in_protobuf_tells_of_objects_and_of_the_end_of_the_beginning()
    {
        (await _client.Post(ConfigMaps, new ConfigMap { Metadata = new ObjectMeta { Name = "framed", Labels = ValueMap<string>.Empty.With("framed", "yes") } })).Is(201);
        var events = await _client.Watch(
            $"{ConfigMaps}?watch=true&labelSelector=framed%3Dyes&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=60",
            ApiClient.Protobuf, 2);
        Assert.Equal(("ADDED", "framed"), (events[0].Type, ProtobufCodec.Decode<ConfigMap>(events[0].Object).Metadata.Name));
        Assert.Equal(("BOOKMARK", "true"), (events[1].Type, ProtobufCodec.Decode<ConfigMap>(events[1].Object).Metadata.Annotations["k8s.io/initial-events-end"]));
    }

    [Fact]
    public async Task The_garbage_collector_gets_metadata_alone()
    {
        (await _client.Post(ConfigMaps, new ConfigMap { Metadata = new ObjectMeta { Name = "partial", Labels = ValueMap<string>.Empty.With("partial", "yes") } })).Is(201);
        var one = (await _client.Get($"{ConfigMaps}/partial", ApiClient.Metadata)).Is(200);
        ProtobufCodec.Open(one.Body, out var apiVersion, out var kind);
        Assert.Equal(("meta.k8s.io/v1", "PartialObjectMetadata"), (apiVersion, kind));
        var list = (await _client.Get($"{ConfigMaps}?labelSelector=partial%3Dyes", ApiClient.MetadataList)).Is(200);
        ProtobufCodec.Open(list.Body, out apiVersion, out kind);
        Assert.Equal(("meta.k8s.io/v1", "PartialObjectMetadataList"), (apiVersion, kind));
        var metadata = (ObjectMeta)ProtobufCodec.Decode(ObjectMeta.Descriptor, ProtoFields.Of(Assert.Single(list.Items())).Single().Bytes);
        Assert.Equal("partial", metadata.Name);

        var plain = (await _client.Get($"{ConfigMaps}?labelSelector=partial%3Dyes", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")).Is(200).Tree;
        Assert.Equal(("PartialObjectMetadataList", "meta.k8s.io/v1"), (plain["kind"]!.AsString, plain["apiVersion"]!.AsString));
        var watched = await _client.Watch($"{ConfigMaps}?watch=true&labelSelector=partial%3Dyes&timeoutSeconds=60", ApiClient.Metadata, 1);
        ProtobufCodec.Open(watched[0].Object, out apiVersion, out kind);
        Assert.Equal(("ADDED", "PartialObjectMetadata"), (watched[0].Type, kind));
        var patched = (await _client.Patch($"{ConfigMaps}/partial", "merge-patch+json", """{"metadata":{"finalizers":[]}}""", ApiClient.Metadata)).Is(200);
        ProtobufCodec.Open(patched.Body, out _, out kind);
        Assert.Equal("PartialObjectMetadata", kind);
    }

    [Theory]
    [InlineData("/api/v1/pods", "text/html", "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    [InlineData("/api/v1/pods?watch=true", "text/html", "only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch")]
    [InlineData("/api/v1/pods", "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1", "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf")]
    [InlineData("/api/v1/pods", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1", "you requested PartialObjectMetadata, but the requested object is a list (*core.PodList)")]
    [InlineData("/api/v1/nodes/node-1", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1", "you requested PartialObjectMetadataList, but the requested object is not a list (*core.Node)")]
    public async Task What_nobody_offers_is_not_acceptable(string path, string accept, string message) => (await _client.Get(path, accept)).IsRefused(406, "NotAcceptable", message);
}
