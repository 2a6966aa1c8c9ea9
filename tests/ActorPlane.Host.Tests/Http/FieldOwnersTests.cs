using ActorPlane.Api;
using ActorPlane.Host.Tests.ClientGo;

namespace ActorPlane.Host.Tests.Http;

/// <summary>Managed fields as clients see them: of every writer, subresource and version.</summary>
[Collection(HttpCollection.Name)]
public sealed class FieldOwnersTests(HttpFixture cluster) : IDisposable
{
    private const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    private readonly ApiClient _client = new(cluster.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Each_process_of_the_cluster_owns_what_it_writes()
    {
        await _client.Post(Deployments, Deployment("owned", replicas: 1));
        JsonValue pod;
        do
        {
            await Task.Delay(20);
            pod = (await _client.Get("/api/v1/namespaces/default/pods?labelSelector=app%3Downed")).Is(200).Tree["items"]!.Items.ToArray().FirstOrDefault() ?? JsonValue.EmptyObject;
        }
        while (pod.At("status", "phase")?.AsString != "Running");

        Assert.Equal(["kube-controller-manager ", "kubelet status"], OwnersOf(pod));
        Assert.Equal("{}", Owner(pod, "kubelet").At("fieldsV1", "f:status", "f:phase")!.ToString());
        var node = (await _client.Get("/api/v1/nodes/node-1")).Is(200).Tree;
        Assert.Equal(["kubelet ", "kubelet status"], OwnersOf(node).Where(owner => owner.StartsWith("kubelet", StringComparison.Ordinal)));
        Assert.Equal(["kube-apiserver "], OwnersOf((await _client.Get("/api/v1/namespaces/default/services/kubernetes")).Is(200).Tree));

        var labelled = (await _client.Patch($"/api/v1/namespaces/default/pods/{pod.At("metadata", "name")!.AsString}?fieldManager=labels", "merge-patch+json", """{"metadata":{"labels":{"more":"y"}}}""", ApiClient.Json)).Is(200).Tree;
        Assert.Contains("labels ", OwnersOf(labelled));
        Assert.Contains("kube-controller-manager ", OwnersOf(labelled));
        await _client.Delete(Deployments + "/owned");
    }

    [Fact]
    public async Task A_scale_and_a_status_are_owned_under_their_subresource()
    {
        await _client.Post(Deployments + "?fieldManager=author", Deployment("scaled", replicas: 0));
        await _client.Patch(Deployments + "/scaled/scale?fieldManager=scaler", "merge-patch+json", """{"spec":{"replicas":0}}""", ApiClient.Json);
        await _client.Patch(Deployments + "/scaled/status?fieldManager=reporter", "merge-patch+json", """{"status":{"collisionCount":7}}""", ApiClient.Json);

        var same = (await _client.Get(Deployments + "/scaled")).Is(200).Tree;
        Assert.DoesNotContain("scaler scale", OwnersOf(same));
        Assert.Equal("""{"f:status":{"f:collisionCount":{}}}""", Owner(same, "reporter")["fieldsV1"]!.ToString());

        (await _client.Patch(Deployments + "/scaled/scale?fieldManager=scaler", "merge-patch+json", """{"spec":{"replicas":1}}""", ApiClient.Json)).Is(200);
        var scaled = (await _client.Get(Deployments + "/scaled")).Is(200).Tree;
        Assert.Equal("""{"f:spec":{"f:replicas":{}}}""", Owner(scaled, "scaler")["fieldsV1"]!.ToString());
        Assert.Null(Owner(scaled, "author").At("fieldsV1", "f:spec", "f:replicas"));

        var config = $$$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"scaled"},"spec":{"replicas":3}}""";
        (await _client.Patch(Deployments + "/scaled?fieldManager=applier", "apply-patch+yaml", config, ApiClient.Json)).IsRefused(
            409, "Conflict", """Apply failed with 1 conflict: conflict with "scaler" with subresource "scale" using apps/v1: .spec.replicas""");
        await _client.Delete(Deployments + "/scaled");
    }

    [Fact]
    public async Task An_autoscaler_written_in_one_version_is_owned_by_its_fields_there()
    {
        const string V1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
        const string V2 = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";
        (await _client.Post(V1 + "?fieldManager=old", """
            {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"versions"},
             "spec":{"minReplicas":1,"maxReplicas":3,"targetCPUUtilizationPercentage":80,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"none"}}}
            """)).Is(201);

        var updated = (await _client.Patch(V2 + "/versions?fieldManager=new", "merge-patch+json", """{"spec":{"maxReplicas":5}}""", ApiClient.Json)).Is(200).Tree;

        Assert.Equal("autoscaling/v1", Owner(updated, "old")["apiVersion"]!.AsString);
        Assert.Null(Owner(updated, "old").At("fieldsV1", "f:spec", "f:maxReplicas"));
        Assert.NotNull(Owner(updated, "old").At("fieldsV1", "f:spec", "f:targetCPUUtilizationPercentage"));
        Assert.Equal("""{"f:spec":{"f:maxReplicas":{}}}""", Owner(updated, "new")["fieldsV1"]!.ToString());

        var config = """{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"versions"},"spec":{"minReplicas":2}}""";
        (await _client.Patch(V2 + "/versions?fieldManager=applier", "apply-patch+yaml", config, ApiClient.Json)).IsRefused(
            409, "Conflict", """Apply failed with 1 conflict: conflict with "old" using autoscaling/v1: .spec.minReplicas""");
        await _client.Delete(V2 + "/versions");
    }

    [Fact]
    public async Task Owners_that_are_cleared_stay_away_until_somebody_applies()
    {
        await _client.Post(Maps + "?fieldManager=author", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"cleared"},"data":{"a":"1"}}""");

        var cleared = (await _client.Patch(Maps + "/cleared", "merge-patch+json", """{"metadata":{"managedFields":[{}]}}""", ApiClient.Json)).Is(200).Tree;
        var updated = (await _client.Patch(Maps + "/cleared", "merge-patch+json", """{"data":{"a":"2"}}""", ApiClient.Json)).Is(200).Tree;
        var applied = (await _client.Patch(Maps + "/cleared?fieldManager=applier", "apply-patch+yaml", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"cleared"},"data":{"b":"1"}}""", ApiClient.Json)).Is(200).Tree;

        Assert.Empty(OwnersOf(cleared));
        Assert.Empty(OwnersOf(updated));
        Assert.Equal(["applier ", "before-first-apply "], OwnersOf(applied));
        await _client.Delete(Maps + "/cleared");
    }

    [Fact]
    public async Task A_manager_without_end_or_that_cannot_be_printed_is_refused_and_so_is_force_without_an_apply()
    {
        var body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"unmanaged"}}""";

        (await _client.Post($"{Maps}?fieldManager={new string('m', 129)}", body)).IsRefused(
            422, "Invalid", "CreateOptions.meta.k8s.io \"\" is invalid: fieldManager: Too long: may not be more than 128 bytes");
        (await _client.Post(Maps + "?fieldManager=a%07", body)).IsRefused(
            422, "Invalid", "CreateOptions.meta.k8s.io \"\" is invalid: fieldManager: Invalid value: \"a\\a\": invalid character U+0007 (at position 1)");
        (await _client.Patch(Maps + "/none?force=true", "merge-patch+json", "{}", ApiClient.Json)).IsRefused(
            422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch");
    }

    private static string Deployment(string name, int replicas) => $$$"""
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{name}}}"},"spec":{"replicas":{{{replicas}}},"selector":{"matchLabels":{"app":"{{{name}}}"}},
         "template":{"metadata":{"labels":{"app":"{{{name}}}"}},"spec":{"containers":[{"name":"c","image":"i"}]} } } }
        """;

    private static IEnumerable<string> OwnersOf(JsonValue item) =>
        (item.At("metadata", "managedFields") ?? JsonValue.EmptyArray).Items.ToArray().Select(entry => $"{entry["manager"]!.AsString} {entry["subresource"]?.AsString}");

    private static JsonValue Owner(JsonValue item, string manager) =>
        item.At("metadata", "managedFields")!.Items.ToArray().First(entry => entry["manager"]!.AsString == manager);
}
