using System.Text.Json;
using ActorPlane.Api;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>kubectl get and describe, in their many forms, and what they say when something is wrong.</summary>
[Collection(HttpCollection.Name)]
public sealed class KubectlReadTests(HttpFixture cluster)
{
    private const string Three = """
        {"apiVersion":"v1","kind":"List","items":[
         {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"app":"x","size":"1"}},"data":{"k":"2"}},
         {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b","labels":{"app":"y","size":"2"}},"data":{"k":"10"}},
         {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"k":"1"}}]}
        """;

    [KubectlFact]
    public async Task It_prints_objects_in_every_form()
    {
        var kubectl = await WithThree("forms");
        Assert.Equal("configmap/a\nconfigmap/b\nconfigmap/c", await kubectl.Run("get cm -o name --field-selector metadata.name!=kube-root-ca.crt"));
        Assert.Equal("2 10", await kubectl.Run("get cm a b -o jsonpath={.items[*].data.k}"));
        Assert.Equal("b", await kubectl.Run("get cm -o jsonpath={.items[?(@.data.k==\"10\")].metadata.name}"));
        Assert.Equal("a=2 b=10", await kubectl.Run("get cm -l app -o go-template={{range\u00a0$i,$e:=.items}}{{if\u00a0$i}}\u00a0{{end}}{{.metadata.name}}={{.data.k}}{{end}}"));
        Assert.Equal(["NAME   K", "a      2"], Lines(await kubectl.Run("get cm a -o custom-columns=NAME:.metadata.name,K:.data.k")));
        Assert.Equal("a", JsonDocument.Parse(await kubectl.Run("get cm a -o json")).RootElement.GetProperty("metadata").GetProperty("name").GetString());
        Assert.Contains("kind: ConfigMap", await kubectl.Run("get cm a -o yaml"));
        Assert.DoesNotContain("managedFields", await kubectl.Run("get cm a -o yaml"));
        Assert.Contains("managedFields", await kubectl.Run("get cm a -o yaml --show-managed-fields"));
        Assert.Equal("[\n    \"a\"\n]", await kubectl.Run("get cm a -o jsonpath-as-json={.metadata.name}"));
        Assert.StartsWith("configmap/a   1", await kubectl.Run("get cm a --show-kind --no-headers"), StringComparison.Ordinal);
        Assert.Equal(["NAME", "DATA", "AGE", "LABELS"], Words(Lines(await kubectl.Run("get cm a --show-labels"))[0]));
        Assert.Equal(["NAME", "DATA", "AGE", "SIZE"], Words(Lines(await kubectl.Run("get cm a -L size"))[0]));
        Assert.Equal(["NAME", "AGE"], Words(Lines(await kubectl.Run("get cm a --server-print=false"))[0]));
        Assert.Equal("configmap/c\nconfigmap/a\nconfigmap/b", await kubectl.Run("get cm a b c -o name --sort-by=.data.k"));
    }

    [KubectlFact]
    public async Task It_finds_a_resource_under_all_its_names()
    {
        var kubectl = await WithThree("names");
        foreach (var name in (string[])["configmaps", "configmap", "cm", "configmaps.v1.", "cm/a"])
            Assert.Contains("a ", await kubectl.Run(name.Contains('/', StringComparison.Ordinal) ? $"get {name}" : $"get {name} a"));
        foreach (var name in (string[])["deployments", "deploy", "deployments.apps", "deployments.v1.apps", "deployment.apps"])
            Assert.Equal("", await kubectl.Run($"get {name} -o name"));
        Assert.Contains("configmap/a", await kubectl.Run("get cm,secrets,deploy -o name"));
        Assert.Equal("error: the server doesn't have a resource type \"nope\"", await kubectl.Fails("get nope"));
    }

    [KubectlFact]
    public async Task It_finds_pods_that_are_on_no_node()
    {
        await new Kubectl(cluster.Kubeconfig, "default").Run("create namespace no-node");
        var kubectl = new Kubectl(cluster.Kubeconfig, "no-node");
        await kubectl.Run("run nowhere --image=i --overrides={\"spec\":{\"schedulerName\":\"none\"}}");
        await kubectl.Run("run somewhere --image=i --overrides={\"spec\":{\"nodeName\":\"none\"}}");
        Assert.Equal("pod/nowhere", await kubectl.Run("get pods -o name --field-selector spec.nodeName="));
        Assert.Equal("pod/nowhere", await kubectl.Run("get pods -o name --field-selector status.phase=Pending,spec.nodeName="));
    }

    [KubectlFact]
    public async Task It_selects_by_labels_and_fields_and_says_what_is_wrong_with_a_selector()
    {
        var kubectl = await WithThree("selectors");
        Assert.Equal("configmap/a", await kubectl.Run("get cm -l app\u00a0in\u00a0(x,z) -o name"));
        Assert.Equal("configmap/b", await kubectl.Run("get cm -l app,app!=x -o name"));
        Assert.Equal("configmap/b", await kubectl.Run("get cm -l size>1 -o name"));
        Assert.Equal("configmap/c", await kubectl.Run("get cm -l !app --field-selector metadata.name!=kube-root-ca.crt -o name"));
        Assert.Contains("\"data.k\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"", await kubectl.Fails("get cm --field-selector data.k=1"));
        Assert.Contains(
            "Unable to find \"/v1, Resource=configmaps\" that match label selector \"app in ()\", field selector \"\": unable to parse requirement: values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty",
            await kubectl.Fails("get cm -l app\u00a0in\u00a0()"));
        Assert.Equal("Error from server (NotFound): configmaps \"nope\" not found", await kubectl.Fails("get cm nope"));
        Assert.Equal("", await kubectl.Run("get cm nope --ignore-not-found"));
    }

    [KubectlFact]
    public async Task It_shows_subresources()
    {
        var kubectl = await New("parts");
        await kubectl.Run("create deployment web --image=nginx --replicas=0");
        Assert.Equal(["NAME", "DESIRED", "AVAILABLE", "AGE"], Words(Lines(await kubectl.Run("get deployment web --subresource=scale"))[0]));
        Assert.Equal("Scale", await kubectl.Run("get deployment web --subresource=scale -o jsonpath={.kind}"));
        Assert.Equal("deployment.apps/web", await kubectl.Run("get deployment web --subresource=status -o name"));
    }

    [KubectlFact]
    public async Task It_warns_of_what_is_deprecated()
    {
        var kubectl = await New("warnings");
        var components = await kubectl.Try("get componentstatuses");
        Assert.Contains("Warning: v1 ComponentStatus is deprecated in v1.19+", components.Error);
        Assert.Equal(
            ["NAME STATUS MESSAGE ERROR", "controller-manager Healthy ok", "scheduler Healthy ok", "etcd-0 Healthy ok"],
            Lines(components.Output.Trim()).Select(line => string.Join(' ', Words(line))));
        const string Pod = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"nodeSelector":{"beta.kubernetes.io/os":"nope"},"containers":[{"name":"c","image":"i"}]}}
            """;
        const string Warning = "Warning: spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead";
        var (code, output, error) = await kubectl.Try("create -f - --dry-run=server", Pod);
        Assert.Equal((0, "pod/p created (server dry run)", Warning), (code, output.Trim(), error.Trim()));
        Assert.Contains("1 warning received", await kubectl.Fails("create -f - --dry-run=server --warnings-as-errors", Pod));
    }

    [KubectlFact]
    public async Task It_describes_every_kind_without_an_error()
    {
        var kubectl = await WithThree("describe");
        await kubectl.Run("create deployment web --image=nginx --replicas=0");

        // kubectl reads requests for certificates itself, and what other tests ask to be signed is none.
        var kinds = KubeTypes.Resources.Where(info => info.Allows("list") && info.Plural != "certificatesigningrequests").Select(info => info.GroupResource).Distinct();
        Assert.Contains("Name:         kube-root-ca.crt", await kubectl.Run($"describe {string.Join(',', kinds)}"));
        Assert.Contains("Replicas:               0 desired | 0 updated | 0 total | 0 available | 0 unavailable", await kubectl.Run("describe deployment web"));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private async Task<Kubectl> WithThree(string name)
    {
        var kubectl = await New(name);
        await kubectl.Run("create -f -", Three);
        return kubectl;
    }

    private async Task<Kubectl> New(string name)
    {
        await new Kubectl(cluster.Kubeconfig, "default").Run("create namespace read-" + name);
        return new Kubectl(cluster.Kubeconfig, "read-" + name);
    }
}
