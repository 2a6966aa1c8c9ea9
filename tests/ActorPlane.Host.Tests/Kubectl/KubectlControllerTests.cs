using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>What the controllers do, as kubectl shows it.</summary>
[Collection(HttpCollection.Name)]
public sealed class KubectlControllerTests(HttpFixture cluster)
{
    private const string Controller = """
        apiVersion: v1
        kind: ReplicationController
        metadata: {name: web}
        spec:
          replicas: 2
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: server, image: "nginx:1.27", ports: [{containerPort: 80}]}]}
        """;

    [KubectlFact]
    public async Task A_replication_controller_is_scaled_exposed_described_and_deleted_with_its_pods()
    {
        var kubectl = await InNamespace("rc");
        Assert.Equal("replicationcontroller/web created", await kubectl.Run("create -f -", Controller));
        Assert.Equal("replicationcontroller/web condition met", await kubectl.Run("wait --for=jsonpath={.status.readyReplicas}=2 rc/web --timeout=50s"));
        Assert.Equal("replicationcontroller/web scaled", await kubectl.Run("scale rc web --current-replicas=2 --replicas=3"));
        await kubectl.Run("wait --for=jsonpath={.status.readyReplicas}=3 rc/web --timeout=50s");
        Assert.Equal("service/web exposed", await kubectl.Run("expose rc web --port=80"));
        await kubectl.Run("wait --for=jsonpath={.subsets[0].addresses[2]} endpoints/web --timeout=50s");
        var words = await kubectl.Run("describe rc web");
        Assert.Contains("Replicas:     3 current / 3 desired", words);
        Assert.Contains("SuccessfulCreate", words);
        Assert.Equal("replicationcontroller \"web\" deleted", await kubectl.Run("delete rc web"));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await kubectl.Run("get pods -o name")).Length > 0) await Task.Delay(100, limit.Token);
    }

    [KubectlFact]
    public async Task A_drain_waits_for_what_a_disruption_budget_allows()
    {
        var kubectl = await InNamespace("drain");
        await kubectl.Run("create deployment guarded --image=nginx --replicas=2");
        await kubectl.Run("create pdb guarded --selector=app=guarded --min-available=2");
        await kubectl.Run("rollout status deployment/guarded --timeout=50s");
        await kubectl.Run("wait --for=jsonpath={.status.currentHealthy}=2 pdb/guarded --timeout=50s");
        var node = await kubectl.Run("get pods -l app=guarded -o jsonpath={.items[0].spec.nodeName}");
        try
        {
            var refused = await kubectl.Fails($"drain {node} --pod-selector=app=guarded --timeout=2s");
            Assert.Contains("(will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.", refused);
            await kubectl.Run("patch pdb guarded --type=merge -p {\"spec\":{\"minAvailable\":1}}");
            await kubectl.Run("wait --for=jsonpath={.status.disruptionsAllowed}=1 pdb/guarded --timeout=50s");
            Assert.EndsWith($"node/{node} drained", await kubectl.Run($"drain {node} --pod-selector=app=guarded --timeout=50s"));
        }
        finally
        {
            await kubectl.Run($"uncordon {node}");
        }

        Assert.DoesNotContain(node, await kubectl.Run("get pods -l app=guarded -o jsonpath={.items[*].spec.nodeName}"));
    }

    [KubectlFact]
    public async Task It_finds_what_a_real_server_makes_at_its_first_start()
    {
        var kubectl = await InNamespace("bootstrap");
        Assert.Contains("system:kube-scheduler", await kubectl.Run("get clusterroles"));
        Assert.Contains("ClusterRole/cluster-admin", await kubectl.Run("get clusterrolebinding cluster-admin -o wide"));
        Assert.Contains("pods/log", await kubectl.Run("describe clusterrole admin"));
        Assert.Contains("workload-leader-election", await kubectl.Run("get flowschemas"));
        Assert.Contains("node-high", await kubectl.Run("get prioritylevelconfigurations"));
        Assert.Contains("v1.apps", await kubectl.Run("get apiservices"));
        Assert.EndsWith(
            "Error from server (Forbidden): priorityclasses.scheduling.k8s.io \"system-node-critical\" is forbidden: this is a system priority class and cannot be deleted",
            await kubectl.Fails("delete priorityclass system-node-critical"));
        Assert.Equal("192.0.2.1", await new Kubectl(cluster.Kubeconfig, "default").Run("get endpoints kubernetes -o jsonpath={.subsets[0].addresses[0].ip}"));
    }

    [KubectlFact]
    public async Task Certificate_requests_say_who_asked_and_are_approved_or_denied_once()
    {
        var kubectl = new Kubectl(cluster.Kubeconfig, "default");
        foreach (var name in (string[])["good", "bad"])
        {
            await kubectl.Run("create --as=jane --as-group=devs -f -", $$"""
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata: {name: {{name}}}
                spec:
                  request: {{Convert.ToBase64String("-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----\n"u8)}}
                  signerName: kubernetes.io/kube-apiserver-client
                  usages: [client auth]
                """);
        }

        Assert.Equal("jane [\"devs\",\"system:authenticated\"]", await kubectl.Run("get csr good -o jsonpath={.spec.username}\u00a0{.spec.groups}"));
        Assert.EndsWith("/good approved", await kubectl.Run("certificate approve good"));
        Assert.EndsWith("/bad denied", await kubectl.Run("certificate deny bad"));
        Assert.Contains("is already Approved", await kubectl.Fails("certificate deny good"));
        var lines = (await kubectl.Run("get csr")).Split('\n');
        Assert.Contains(lines, line => line.StartsWith("good", StringComparison.Ordinal) && line.EndsWith("Approved", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("bad", StringComparison.Ordinal) && line.EndsWith("Denied", StringComparison.Ordinal));
    }

    private async Task<Kubectl> InNamespace(string name)
    {
        name = "ctl-" + name;
        await new Kubectl(cluster.Kubeconfig, "default").Run("create namespace " + name);
        return new Kubectl(cluster.Kubeconfig, name);
    }
}
