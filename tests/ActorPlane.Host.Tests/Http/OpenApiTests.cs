using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ActorPlane.Api;
using ActorPlane.Host.Http;

namespace ActorPlane.Host.Tests.Http;

/// <summary>The documents about the API, as clients read them.</summary>
[Collection(HttpCollection.Name)]
public sealed class OpenApiTests(HttpFixture cluster)
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    [Fact]
    public async Task Version_2_knows_every_resource_and_refers_to_nothing_that_is_not_there()
    {
        var document = await Get("/openapi/v2");
        Assert.Equal("2.0", document.GetProperty("swagger").GetString());
        CheckReferences(document, "#/definitions/", document.GetProperty("definitions"));
        foreach (var info in KubeTypes.Resources.Where(info => info.Allows("patch"))) CheckPatch(document, info);
    }

    [Fact]
    public async Task Version_3_has_a_document_for_each_group_and_version()
    {
        var index = (await Get("/openapi/v3")).GetProperty("paths");
        var builtIn = KubeTypes.Resources.Select(Path).ToHashSet();
        Assert.Superset(builtIn, index.EnumerateObject().Select(entry => entry.Name).ToHashSet());
        foreach (var entry in index.EnumerateObject().Where(entry => builtIn.Contains(entry.Name)))
        {
            var document = await Get(entry.Value.GetProperty("serverRelativeURL").GetString()!);
            CheckReferences(document, "#/components/schemas/", document.GetProperty("components").GetProperty("schemas"));
            foreach (var info in KubeTypes.Resources.Where(info => info.Allows("patch") && Path(info) == entry.Name)) CheckPatch(document, info);
        }
    }

    [Fact]
    public async Task Types_are_shown_as_clients_merge_and_print_them()
    {
        var schemas = (await Get("/openapi/v3/api/v1")).GetProperty("components").GetProperty("schemas");
        var containers = schemas.GetProperty("io.k8s.api.core.v1.PodSpec").GetProperty("properties").GetProperty("containers");
        Assert.False(containers.TryGetProperty("x-kubernetes-list-type", out _));
        Assert.Equal("name", containers.GetProperty("x-kubernetes-patch-merge-key").GetString());
        Assert.Equal("merge", containers.GetProperty("x-kubernetes-patch-strategy").GetString());
        var volumes = schemas.GetProperty("io.k8s.api.core.v1.PodSpec").GetProperty("properties").GetProperty("volumes");
        Assert.Equal("merge,retainKeys", volumes.GetProperty("x-kubernetes-patch-strategy").GetString());
        Assert.Equal("int-or-string", schemas.GetProperty("io.k8s.apimachinery.pkg.util.intstr.IntOrString").GetProperty("format").GetString());
        Assert.Equal("date-time", schemas.GetProperty(Meta + "Time").GetProperty("format").GetString());
        Assert.Equal("atomic", schemas.GetProperty("io.k8s.api.core.v1.LocalObjectReference").GetProperty("x-kubernetes-map-type").GetString());
        Assert.Equal(["items"], schemas.GetProperty("io.k8s.api.core.v1.PodList").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Fields_that_take_some_texts_only_name_them()
    {
        var schemas = (await Get("/openapi/v2")).GetProperty("definitions");
        Assert.All(OpenApiEnums.Fields, field =>
        {
            var property = schemas.GetProperty(field.Type).GetProperty("properties").GetProperty(field.Field);
            var text = property.TryGetProperty("items", out var items) ? items : property;
            Assert.Equal("string", text.GetProperty("type").GetString());
            Assert.True(text.GetProperty("enum").GetArrayLength() > 1);
        });
        var core = (await Get("/openapi/v3/api/v1")).GetProperty("components").GetProperty("schemas").GetProperty("io.k8s.api.core.v1.PodSpec").GetProperty("properties");
        Assert.Equal(["Always", "Never", "OnFailure"], core.GetProperty("restartPolicy").GetProperty("enum").EnumerateArray().Select(text => text.GetString()));
    }

    [Fact]
    public async Task An_object_that_is_not_merged_field_by_field_says_so_beside_its_type()
    {
        var old = (await Get("/openapi/v2")).GetProperty("definitions");
        var apps = (await Get("/openapi/v3/apis/apps/v1")).GetProperty("components").GetProperty("schemas");
        foreach (var schemas in new[] { old, apps })
        {
            var strategy = schemas.GetProperty("io.k8s.api.apps.v1.DeploymentSpec").GetProperty("properties").GetProperty("strategy");
            Assert.Equal("retainKeys", strategy.GetProperty("x-kubernetes-patch-strategy").GetString());
            var type = strategy.TryGetProperty("allOf", out var all) ? Assert.Single(all.EnumerateArray()) : strategy;
            Assert.EndsWith("DeploymentStrategy", type.GetProperty("$ref").GetString());
        }

        var selector = old.GetProperty("io.k8s.api.policy.v1.PodDisruptionBudgetSpec").GetProperty("properties").GetProperty("selector");
        Assert.Equal("replace", selector.GetProperty("x-kubernetes-patch-strategy").GetString());
    }

    [Fact]
    public async Task Version_2_comes_in_protobuf_when_a_client_wants_it()
    {
        using var client = new HttpClient { BaseAddress = cluster.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        request.Headers.TryAddWithoutValidation("Accept", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
        using var answer = await client.SendAsync(request);
        Assert.Equal(MediaTypeHeaderValue.Parse(OpenApiDocuments.V2Type), answer.Content.Headers.ContentType);
        var body = await answer.Content.ReadAsByteArrayAsync();

        // Field 1 is the version, field 2 the title and the version of the API.
        Assert.Equal([0x0a, 3, (byte)'2', (byte)'.', (byte)'0', 0x12], body[..6]);
        Assert.InRange(body.Length, 300_000, 3_000_000);
    }

    [Theory]
    [InlineData("/apis", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")]
    [InlineData("/openapi/v2", "application/json")]
    [InlineData("/openapi/v3/apis/apps/v1", "application/json")]
    public async Task A_client_that_has_a_document_is_told_that_nothing_changed(string path, string accept)
    {
        using var client = new HttpClient { BaseAddress = cluster.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        using var first = await client.GetAsync(new Uri(path, UriKind.Relative));
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((HttpStatusCode.NotModified, null, 0), (second.StatusCode, second.Content.Headers.ContentType, (await second.Content.ReadAsByteArrayAsync()).Length));
    }

    private static void CheckPatch(JsonElement document, ResourceInfo info)
    {
        var path = $"/{Path(info)}{(info.Namespaced ? "/namespaces/{namespace}" : "")}/{info.Plural}/{{name}}";
        var patch = document.GetProperty("paths").GetProperty(path).GetProperty("patch");
        var kind = patch.GetProperty("x-kubernetes-group-version-kind");
        Assert.Equal(
            (info.Gvk.Group, info.Gvk.Version, info.Gvk.Kind),
            (kind.GetProperty("group").GetString(), kind.GetProperty("version").GetString(), kind.GetProperty("kind").GetString()));
        var options = patch.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString());
        Assert.Superset(new HashSet<string?> { "dryRun", "fieldManager", "fieldValidation", "force" }, options.ToHashSet());
    }

    private static void CheckReferences(JsonElement tree, string prefix, JsonElement types)
    {
        switch (tree.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in tree.EnumerateArray()) CheckReferences(item, prefix, types);
                break;
            case JsonValueKind.Object:
                foreach (var member in tree.EnumerateObject())
                {
                    // A field may be called $ref, too: those of JSON schemas are.
                    if (member is { Name: "$ref", Value.ValueKind: JsonValueKind.String })
                        Assert.True(types.TryGetProperty(member.Value.GetString()![prefix.Length..], out _), member.Value.GetString());
                    else
                        CheckReferences(member.Value, prefix, types);
                }

                break;
        }
    }

    private static string Path(ResourceInfo info) => info.Gvk.Group.Length == 0 ? $"api/{info.Gvk.Version}" : $"apis/{info.Gvk.Group}/{info.Gvk.Version}";

    private async Task<JsonElement> Get(string path)
    {
        using var client = new HttpClient { BaseAddress = cluster.Address };
        using var document = JsonDocument.Parse(await client.GetStringAsync(path));
        return document.RootElement.Clone();
    }
}
