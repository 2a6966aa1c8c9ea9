using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>kubectl explain, and what else kubectl takes from the OpenAPI documents.</summary>
[Collection(HttpCollection.Name)]
public sealed class KubectlExplainTests(HttpFixture cluster)
{
    private readonly Kubectl _kubectl = new(cluster.Kubeconfig, "default");

    [KubectlFact]
    public async Task It_explains_types_and_fields_in_words()
    {
        Assert.Contains("KIND:       Pod", await _kubectl.Run("explain pods"));
        Assert.DoesNotContain("<no description>", await _kubectl.Run("explain pods.spec.containers"));
        Assert.Contains("FIELD: limits <map[string]Quantity>", await _kubectl.Run("explain pods.spec.containers.resources.limits"));
        Assert.Contains("FIELD: maxSurge <IntOrString>", await _kubectl.Run("explain deployments.spec.strategy.rollingUpdate.maxSurge"));
        Assert.Contains("enum: Always, Never, OnFailure", await _kubectl.Run("explain pods.spec"));
        Assert.Contains("VERSION:    v2", await _kubectl.Run("explain hpa"));
        Assert.Contains("targetCPUUtilizationPercentage", await _kubectl.Run("explain hpa.spec --api-version=autoscaling/v1"));
        Assert.Contains("openAPIV3Schema\t<JSONSchemaProps>", await _kubectl.Run("explain crd.spec.versions.schema"));
        Assert.Contains("preferredDuringSchedulingIgnoredDuringExecution\t<[]PreferredSchedulingTerm>", await _kubectl.Run("explain pods.spec.affinity --recursive"));
        Assert.Equal("error: field \"foo\" does not exist", await _kubectl.Fails("explain pods.spec.foo"));
    }

    [KubectlFact]
    public async Task It_explains_from_the_protobuf_document_too()
    {
        Assert.Contains("RESOURCE: containers <[]Object>", await _kubectl.Run("explain pods.spec.containers --output=plaintext-openapiv2"));
        Assert.Contains("maxSurge\t<string>", await _kubectl.Run("explain deployments.spec.strategy.rollingUpdate --output=plaintext-openapiv2"));
    }

    [KubectlFact]
    public async Task It_finds_unknown_fields_in_a_list_before_it_sends_anything()
    {
        const string List = """
            {"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"of-a-list"},"data":{"a":"b"}}]}
            """;
        Assert.Equal("configmap/of-a-list created (server dry run)", await _kubectl.Run("create --dry-run=server -f -", List));
        Assert.Contains(
            "ValidationError(ConfigMap): unknown field \"datum\" in io.k8s.api.core.v1.ConfigMap",
            await _kubectl.Fails("create --dry-run=server -f -", List.Replace("\"data\"", "\"datum\"", StringComparison.Ordinal)));
    }
}
