using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>kubectl patch, and what is said of patches that do not fit.</summary>
[Collection(HttpCollection.Name)]
public sealed class KubectlPatchTests(HttpFixture cluster)
{
    private const string Refused = "The request is invalid: the server rejected our request due to an error in our request";

    [KubectlFact]
    public async Task A_patch_that_does_not_fit_is_refused_in_the_words_of_its_form()
    {
        var kubectl = await InNamespace("patch-words");
        await kubectl.Run("create deployment web --image=nginx --replicas=1");

        Assert.Equal(
            "The request is invalid: patch: Invalid value: \"map[spec:map[replicas:2]]\": unrecognized type: int32",
            await kubectl.Fails("patch deployment web -p {\"spec\":{\"replicas\":\"2\"}}"));
        Assert.Equal(
            "The request is invalid: patch: Invalid value: \"map[spec:map[template:map[spec:map[containers:x]]]]\": cannot restore slice from string",
            await kubectl.Fails("patch deployment web -p {\"spec\":{\"template\":{\"spec\":{\"containers\":\"x\"}}}}"));
        Assert.Equal(
            "Error from server: map: map[image:x] does not contain declared merge key: name",
            await kubectl.Fails("patch deployment web -p {\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"image\":\"x\"}]}}}}"));
        Assert.EndsWith(
            "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32",
            await kubectl.Fails("patch deployment web --type=merge -p {\"spec\":{\"replicas\":\"2\"}}"));

        Assert.Equal(Refused, await kubectl.Fails("patch deployment web --type=json -p [{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":5}]"));
        Assert.Equal(Refused, await kubectl.Fails("patch deployment web --type=json -p [{\"op\":\"remove\",\"path\":\"/spec/nope\"}]"));
        Assert.Equal(
            "Error from server (BadRequest): error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
            await kubectl.Fails("patch deployment web --type=json -p {\"op\":\"remove\"}"));
        Assert.Equal(
            "Error from server (BadRequest): json: cannot unmarshal string into Go value of type map[string]interface {}",
            await kubectl.Fails("patch deployment web -p foo"));

        Assert.Equal("deployment.apps/web patched (no change)", await kubectl.Run("patch deployment web -p {\"spec\":{\"nope\":1}}"));
        Assert.Equal("1", await kubectl.Run("get deployment web -o jsonpath={.spec.replicas}"));
    }

    [KubectlFact]
    public async Task A_patch_changes_the_object_its_status_or_its_scale()
    {
        var kubectl = await InNamespace("patch-parts");
        await kubectl.Run("create deployment web --image=nginx --replicas=0");
        Assert.Equal("deployment.apps/web patched", await kubectl.Run("patch deployment web --type=json -p [{\"op\":\"add\",\"path\":\"/metadata/labels/a~1b\",\"value\":\"c\"}]"));
        Assert.Equal("scale.autoscaling/web patched", await kubectl.Run("patch deployment web --subresource=scale --type=merge -p {\"spec\":{\"replicas\":1}}"));
        Assert.Equal("deployment.apps/web patched", await kubectl.Run("patch deployment web --subresource=status -p {\"status\":{\"collisionCount\":3}}"));
        Assert.Equal("c 1 3", await kubectl.Run("get deployment web -o jsonpath={.metadata.labels.a/b}\u00a0{.spec.replicas}\u00a0{.status.collisionCount}"));
        Assert.Equal("deployment.apps/web patched", await kubectl.Run("patch deployment web --dry-run=server -p {\"spec\":{\"paused\":true}}"));
        Assert.Equal("", await kubectl.Run("get deployment web -o jsonpath={.spec.paused}"));
        Assert.Contains("(Conflict)", await kubectl.Fails("patch deployment web -p {\"metadata\":{\"resourceVersion\":\"1\"}}"));
        Assert.Contains("does not match the name on the URL", await kubectl.Fails("patch deployment web -p {\"metadata\":{\"name\":\"other\"}}"));
    }

    [KubectlFact]
    public async Task An_applied_object_of_another_form_keeps_nothing_of_the_one_before()
    {
        var kubectl = await InNamespace("retain");
        static string Web(string strategy, string source) => $$$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 0
              selector: {matchLabels: {a: b}}
              {{{strategy}}}
              template:
                metadata: {labels: {a: b}}
                spec:
                  containers: [{name: c, image: i}]
                  volumes:
                  - name: v
                    {{{source}}}
            """;
        await kubectl.Run("apply -f -", Web("", "emptyDir: {}"));
        Assert.Equal("deployment.apps/web configured", await kubectl.Run("apply -f -", Web("strategy: {type: Recreate}", "hostPath: {path: /x}")));
        Assert.Equal(
            "{\"type\":\"Recreate\"} [{\"hostPath\":{\"path\":\"/x\",\"type\":\"\"},\"name\":\"v\"}]",
            await kubectl.Run("get deployment web -o jsonpath={.spec.strategy}\u00a0{.spec.template.spec.volumes}"));
        await kubectl.Run("apply -f -", """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"a":"b"}}}}""");
        await kubectl.Run("apply -f -", """{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"c":"d"}}}}""");
        Assert.Equal("{\"matchLabels\":{\"c\":\"d\"}}", await kubectl.Run("get pdb web -o jsonpath={.spec.selector}"));
    }

    [KubectlFact]
    public async Task An_applied_configuration_is_checked_against_its_type()
    {
        var kubectl = await InNamespace("applied-types");
        const string Map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: map}, ";
        Assert.Equal(
            "Error from server: failed to create typed patch object (applied-types/map; /v1, Kind=ConfigMap): errors:\n"
            + "  .data.a: expected string, got &value.valueUnstructured{Value:1}\n  .foo: field not declared in schema",
            await kubectl.Fails("apply --server-side --validate=false -f -", "#\n" + Map + "data: {a: 1}, foo: bar}"));
        Assert.Equal("configmap/map serverside-applied", await kubectl.Run("apply --server-side -f -", "#\n" + Map + "data: {a: \"1\"}}"));
    }

    private async Task<Kubectl> InNamespace(string name)
    {
        await new Kubectl(cluster.Kubeconfig, "default").Run("create namespace " + name);
        return new Kubectl(cluster.Kubeconfig, name);
    }
}
