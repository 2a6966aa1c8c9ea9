using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>Custom resources as kubectl sees them, from their definition to its end.</summary>
[Collection(HttpCollection.Name)]
public sealed class CustomResourceTests(HttpFixture cluster)
{
    [KubectlFact]
    public async Task A_definition_is_established_served_and_taken_away_with_its_objects()
    {
        var kubectl = await InNamespace("crd-life");
        var definition = Definition("crontabs", "CronTab", "life.example.com");
        Assert.Equal("customresourcedefinition.apiextensions.k8s.io/crontabs.life.example.com created", await kubectl.Run("create -f -", definition));
        Assert.Equal(
            "customresourcedefinition.apiextensions.k8s.io/crontabs.life.example.com condition met",
            await kubectl.Run("wait --for=condition=Established crd/crontabs.life.example.com --timeout=50s"));
        Assert.Equal("NoConflicts InitialNamesAccepted", await kubectl.Run("get crd crontabs.life.example.com -o jsonpath={.status.conditions[*].reason}"));

        Assert.Equal("crontab.life.example.com/one created", await kubectl.Run("apply -f -", CronTab("life.example.com", "one")));
        Assert.Equal("busybox 1 1", await kubectl.Run("get crontabs one -o jsonpath={.spec.image}\u00a0{.spec.replicas}\u00a0{.metadata.generation}"));
        Assert.Contains("strict decoding error: unknown field \"spec.nope\"", await kubectl.Fails("create -f -", CronTab("life.example.com", "two") + "  nope: 1\n"));

        Assert.Equal("customresourcedefinition.apiextensions.k8s.io \"crontabs.life.example.com\" deleted", await kubectl.Run("delete crd crontabs.life.example.com --timeout=50s"));
        Assert.Contains("the server could not find the requested resource", await kubectl.Fails("get crontabs"));
        Assert.DoesNotContain("life.example.com", await kubectl.Run("api-versions"));

        await kubectl.Run("create -f -", definition);
        await kubectl.Run("wait --for=condition=Established crd/crontabs.life.example.com --timeout=50s");
        Assert.Equal("", await kubectl.Run("get crontabs -o name"));
        await kubectl.Run("delete crd crontabs.life.example.com --timeout=50s");
    }

    private static string CronTab(string group, string name) => $$"""
        apiVersion: {{group}}/v1
        kind: CronTab
        metadata: {name: {{name}}}
        spec:
          cronSpec: "* * * * *"

        """;

    private static string Definition(string plural, string kind, string group) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: {{plural}}.{{group}}}
        spec:
          group: {{group}}
          scope: Namespaced
          names: {plural: {{plural}}, singular: {{kind.ToLowerInvariant()}}, kind: {{kind}}}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [cronSpec]
                    properties:
                      cronSpec: {type: string}
                      image: {type: string, default: busybox}
                      replicas: {type: integer, minimum: 0, default: 1}
        """;

    private Kubectl New(string @namespace = "default") => new(cluster.Kubeconfig, @namespace);

    private async Task<Kubectl> InNamespace(string name)
    {
        Assert.Equal($"namespace/{name} created", await New().Run("create namespace " + name));
        return New(name);
    }
}
