using ActorPlane.Api;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>How the informers of kube-controller-manager 1.32 begin: with a watch that sends the objects first.</summary>
[Collection(HttpCollection.Name)]
public sealed class WatchListTests(HttpFixture cluster) : IDisposable
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string WatchList = "watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    private readonly ApiClient _client = new(cluster.Address);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("&resourceVersion=")]
    [InlineData("&resourceVersion=0")]
    [InlineData("&resourceVersion=1")]
    public async Task It_begins_with_all_objects_and_says_when_they_are_through(string version)
    {
        var events = await _client.Watch($"/api/v1/nodes?{WatchList}{version}&timeoutSeconds=60", ApiClient.Json, 3);
        Assert.Equal(["ADDED", "ADDED", "BOOKMARK"], events.Select(e => e.Type));
        var bookmark = JsonValue.Parse(events[2].Object);
        Assert.Equal(("Node", "v1"), (bookmark["kind"]!.AsString, bookmark["apiVersion"]!.AsString));
        Assert.Equal("true", bookmark.At("metadata", "annotations", "k8s.io/initial-events-end")!.AsString);
        Assert.True(long.Parse(bookmark.At("metadata", "resourceVersion")!.AsString!, null) > 1);
    }

    [Fact]
    public async Task The_garbage_collector_can_begin_to_watch_every_kind()
    {
        var watched = 0;
        foreach (var info in KubeTypes.Resources.Where(info => info.Allows("watch") && info.Allows("delete")))
        {
            var path = info.Gvk.Group.Length == 0 ? $"/api/{info.Gvk.Version}/{info.Plural}" : $"/apis/{info.Gvk.ApiVersion}/{info.Plural}";
            var selector = $"{path}?{WatchList}&labelSelector=no%3Dsuch&timeoutSeconds=60";
            var (type, item) = (await _client.Watch(selector, ApiClient.Metadata, 1))[0];
            ProtobufCodec.Open(item, out _, out var kind);
            Assert.Equal(("BOOKMARK", "PartialObjectMetadata"), (type, kind));
            watched++;
        }

        Assert.True(watched > 40, $"only {watched} kinds can be watched");
    }

    [Fact]
    public async Task Without_initial_events_it_begins_with_what_comes_next()
    {
        var before = (await _client.Get(ConfigMaps)).Tree.At("metadata", "resourceVersion")!.AsString;
        var watching = _client.Watch(
            $"{ConfigMaps}?watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion={before}&labelSelector=later%3Dyes&timeoutSeconds=60", ApiClient.Json, 1);
        (await _client.Post(ConfigMaps, """{"metadata":{"name":"later","labels":{"later":"yes"}}}""")).Is(201);
        Assert.Equal("later", JsonValue.Parse((await watching)[0].Object).At("metadata", "name")!.AsString);
    }

    [Fact]
    public async Task A_last_bookmark_comes_before_the_time_is_up()
    {
        var events = await _client.Watch($"{ConfigMaps}?watch=true&allowWatchBookmarks=true&labelSelector=none%3Dsuch&timeoutSeconds=3", ApiClient.Json, 1);
        Assert.Equal("BOOKMARK", events[0].Type);
    }

    [Theory]
    [InlineData("watch=true&sendInitialEvents=true", "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]
    [InlineData("watch=true&resourceVersionMatch=NotOlderThan", "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")]
    [InlineData(
        "watch=true&sendInitialEvents=true&resourceVersionMatch=Exact",
        "ListOptions.meta.k8s.io \"\" is invalid: [resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: \"Exact\": supported values: \"NotOlderThan\"]")]
    [InlineData("sendInitialEvents=true", "ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list")]
    [InlineData("resourceVersionMatch=Exact", "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("resourceVersionMatch=Exact&resourceVersion=0", "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")]
    [InlineData("resourceVersionMatch=Nope&resourceVersion=1", "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Unsupported value: \"Nope\": supported values: \"Exact\", \"NotOlderThan\", \"\"")]
    public async Task Options_that_contradict_each_other_are_invalid(string query, string message) =>
        (await _client.Get($"{ConfigMaps}?{query}")).IsRefused(422, "Invalid", message);

    [Fact]
    public async Task A_revision_that_is_not_there_yet_is_too_large() =>
        Assert.StartsWith("Timeout: Too large resource version: 99999999, current: ", (await _client.Get($"{ConfigMaps}?{WatchList}&resourceVersion=99999999")).Is(504).Status.Message);
}
