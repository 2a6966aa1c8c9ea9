using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>kubectl as people use it every day.</summary>
[Collection(HttpCollection.Name)]
public sealed class KubectlTests(HttpFixture cluster)
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: server, image: "nginx:1.27"}]
        """;

    [KubectlFact]
    public async Task It_meets_a_server_of_its_own_version()
    {
        Assert.Contains("Server Version: v1.32.", await New().Run("version"));
        Assert.Contains("deployments", await New().Run("api-resources"));
        Assert.Contains("apps/v1", await New().Run("api-versions"));
    }

    [KubectlFact]
    public async Task It_shows_nodes_in_the_columns_that_everybody_knows()
    {
        var lines = (await New().Run("get nodes -o wide")).Split('\n');
        Assert.Equal(
            ["NAME", "STATUS", "ROLES", "AGE", "VERSION", "INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"],
            lines[0].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Contains(lines, line => line.StartsWith("node-1", StringComparison.Ordinal));
    }

    [KubectlFact]
    public async Task It_applies_a_deployment_and_waits_until_its_pods_run()
    {
        var kubectl = await InNamespace("apply");
        Assert.Equal("deployment.apps/web created", await kubectl.Run("apply -f -", Web));
        Assert.Equal("deployment.apps/web unchanged", await kubectl.Run("apply -f -", Web));
        Assert.EndsWith("deployment \"web\" successfully rolled out", await kubectl.Run("rollout status deployment/web --timeout=50s"));
        Assert.Equal("deployment.apps/web condition met", await kubectl.Run("wait --for=condition=Available deployment/web --timeout=50s"));
        Assert.Equal("Running Running", await kubectl.Run("get pods -l app=web -o jsonpath={.items[*].status.phase}"));
        Assert.Equal("deployment.apps/web configured", await kubectl.Run("apply -f -", Web.Replace("replicas: 2", "replicas: 1", StringComparison.Ordinal)));
        Assert.Contains("virtual container server of nginx:1.27 started on node-", await kubectl.Run("logs deployment/web"));
    }

    [KubectlFact]
    public async Task It_shows_what_an_apply_would_change()
    {
        var kubectl = await InNamespace("diff");
        await kubectl.Run("apply -f -", Web);
        var (code, output, _) = await kubectl.Try("diff -f -", Web.Replace("replicas: 2", "replicas: 1", StringComparison.Ordinal));
        Assert.Equal(1, code);
        Assert.Contains("+  replicas: 1", output);
        Assert.Equal("2", await kubectl.Run("get deployment web -o jsonpath={.spec.replicas}"));
    }

    [KubectlFact]
    public async Task It_debugs_a_pod_with_another_container()
    {
        var kubectl = await InNamespace("debug");
        await kubectl.Run("run p --image=nginx");
        await kubectl.Run("wait --for=condition=Ready pod/p --timeout=50s");
        await kubectl.Run("debug p --image=busybox --container=helper --profile=general");
        Assert.Equal(
            "pod/p condition met",
            await kubectl.Run("wait --for=jsonpath={.status.ephemeralContainerStatuses[0].state.running.startedAt} pod/p --timeout=50s"));
        Assert.Contains("virtual container helper of busybox started on node-", await kubectl.Run("logs p -c helper"));
        Assert.Contains("its containers are virtual and run no program", await kubectl.Fails("exec p -c helper --namespace=debug -- date"));
    }

    [KubectlFact]
    public async Task It_applies_on_the_servers_side_and_meets_conflicts()
    {
        var kubectl = await InNamespace("ssa");
        Assert.Equal("deployment.apps/web serverside-applied", await kubectl.Run("apply --server-side -f -", Web));
        var other = Web.Replace("replicas: 2", "replicas: 1", StringComparison.Ordinal);
        Assert.Contains("Apply failed with 1 conflict: conflict with \"kubectl\": .spec.replicas", await kubectl.Fails("apply --server-side --field-manager=other -f -", other));
        Assert.Equal("deployment.apps/web serverside-applied", await kubectl.Run("apply --server-side --field-manager=other --force-conflicts -f -", other));
        Assert.Equal("1", await kubectl.Run("get deployment web -o jsonpath={.spec.replicas}"));
    }

    [KubectlFact]
    public async Task It_creates_and_deletes_all_that_it_has_words_for()
    {
        var kubectl = await InNamespace("words");
        Assert.Equal("configmap/c created", await kubectl.Run("create configmap c --from-literal=a=b"));
        Assert.Equal("secret/s created", await kubectl.Run("create secret generic s --from-literal=a=b"));
        Assert.Equal("serviceaccount/a created", await kubectl.Run("create serviceaccount a"));
        Assert.Equal("deployment.apps/d created", await kubectl.Run("create deployment d --image=nginx"));
        Assert.Equal("job.batch/j created", await kubectl.Run("create job j --image=busybox"));
        Assert.Equal("cronjob.batch/j created", await kubectl.Run("create cronjob j --image=busybox --schedule=0\u00a00\u00a0*\u00a0*\u00a0*"));
        Assert.Equal("role.rbac.authorization.k8s.io/r created", await kubectl.Run("create role r --verb=get --resource=pods"));
        Assert.Equal("rolebinding.rbac.authorization.k8s.io/r created", await kubectl.Run("create rolebinding r --role=r --user=u"));
        Assert.Equal("resourcequota/q created", await kubectl.Run("create quota q --hard=pods=3"));
        Assert.Equal("poddisruptionbudget.policy/p created", await kubectl.Run("create poddisruptionbudget p --selector=app=web --min-available=1"));
        Assert.Equal("ingress.networking.k8s.io/i created", await kubectl.Run("create ingress i --rule=a.b/c=d:80"));
        Assert.Equal("service/d exposed", await kubectl.Run("expose deployment d --port=80"));
        Assert.Equal("horizontalpodautoscaler.autoscaling/d autoscaled", await kubectl.Run("autoscale deployment d --max=3 --cpu-percent=50"));
        Assert.Equal("pod/r created", await kubectl.Run("run r --image=nginx"));
        Assert.Equal("configmap \"c\" deleted", await kubectl.Run("delete configmap c"));
        Assert.Equal("Error from server (NotFound): configmaps \"c\" not found", await kubectl.Fails("get configmap c"));
    }

    [KubectlFact]
    public async Task It_changes_objects_in_every_way_it_knows()
    {
        var kubectl = await InNamespace("change");
        await kubectl.Run("create configmap c --from-literal=a=b");
        Assert.Equal("configmap/c labeled", await kubectl.Run("label configmap c x=y"));
        Assert.Equal("configmap/c annotated", await kubectl.Run("annotate configmap c k=v"));
        Assert.Equal("configmap/c patched", await kubectl.Run("""patch configmap c -p {"data":{"c":"d"}}"""));
        Assert.Equal("configmap/c patched", await kubectl.Run("""patch configmap c --type=merge -p {"data":{"a":null}}"""));
        Assert.Equal("configmap/c patched", await kubectl.Run("""patch configmap c --type=json -p [{"op":"add","path":"/data/wrong","value":"f"}]"""));
        Assert.Equal("configmap/c edited", await kubectl.Run("edit configmap c", editor: "sed -i s/wrong:/g:/"));
        Assert.Equal("""{"c":"d","g":"f"}""", await kubectl.Run("get configmap c -o jsonpath={.data}"));
        Assert.Equal("y v", await kubectl.Run("get configmap c -o jsonpath={.metadata.labels.x}\u00a0{.metadata.annotations.k}"));
        var replaced = (await kubectl.Run("get configmap c -o yaml")).Replace("g: f", "g: h", StringComparison.Ordinal);
        Assert.Equal("configmap/c replaced", await kubectl.Run("replace -f -", replaced));
        Assert.Contains("the object has been modified", await kubectl.Fails("replace -f -", replaced));
    }

    [KubectlFact]
    public async Task It_rolls_a_deployment_out_and_back()
    {
        var kubectl = await InNamespace("roll");
        await kubectl.Run("create deployment d --image=nginx:1 --replicas=2");
        await kubectl.Run("rollout status deployment/d --timeout=50s");
        Assert.Equal("deployment.apps/d scaled", await kubectl.Run("scale deployment d --replicas=3"));
        Assert.Equal("deployment.apps/d image updated", await kubectl.Run("set image deployment/d nginx=nginx:2"));
        Assert.EndsWith("successfully rolled out", await kubectl.Run("rollout status deployment/d --timeout=50s"));
        Assert.Contains("2         <none>", await kubectl.Run("rollout history deployment/d"));
        Assert.Equal("deployment.apps/d rolled back", await kubectl.Run("rollout undo deployment/d"));
        Assert.Equal("nginx:1 3", await kubectl.Run("get deployment d -o jsonpath={.spec.template.spec.containers[0].image}\u00a0{.spec.replicas}"));
    }

    [KubectlFact]
    public async Task It_describes_pods_and_nodes_with_their_events()
    {
        var kubectl = await InNamespace("describe");
        await kubectl.Run("run p --image=nginx");
        await kubectl.Run("wait --for=condition=Ready pod/p --timeout=50s");
        var pod = await kubectl.Run("describe pod p");
        Assert.Contains("Successfully assigned describe/p to node-", pod);
        Assert.Contains("Started container p", pod);
        Assert.Contains("Lease:", await kubectl.Run("describe node node-1"));
        Assert.Contains("Pulling image \"nginx\"", await kubectl.Run("events"));
    }

    [KubectlFact]
    public async Task It_drains_a_node_and_gives_it_back()
    {
        var kubectl = await InNamespace("drain");
        await kubectl.Run("create deployment d --image=nginx --replicas=2");
        await kubectl.Run("rollout status deployment/d --timeout=50s");
        Assert.Equal("node/node-2 tainted", await kubectl.Run("taint node node-2 k=v:PreferNoSchedule"));
        Assert.Equal("node/node-2 untainted", await kubectl.Run("taint node node-2 k-"));
        Assert.EndsWith("node/node-2 drained", await kubectl.Run("drain node-2 --force --ignore-daemonsets --timeout=50s --pod-selector=app=d"));
        Assert.Contains("SchedulingDisabled", await kubectl.Run("get node node-2"));
        Assert.Equal("node/node-2 uncordoned", await kubectl.Run("uncordon node-2"));
    }

    [KubectlFact]
    public async Task It_watches_a_pod_come_and_go()
    {
        var kubectl = await InNamespace("watch");
        await kubectl.Run("run p --image=nginx");
        await kubectl.Run("wait --for=condition=Ready pod/p --timeout=50s");
        var lines = await kubectl.ReadUntil("get pods --watch --output-watch-events", async line =>
        {
            if (line.StartsWith("ADDED", StringComparison.Ordinal)) await kubectl.Run("delete pod p --wait=false");
            return line.StartsWith("DELETED", StringComparison.Ordinal);
        });
        Assert.Contains(lines, line => line.StartsWith("ADDED", StringComparison.Ordinal) && line.Contains("1/1     Running", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("MODIFIED", StringComparison.Ordinal) && line.Contains("Terminating", StringComparison.Ordinal));
        Assert.StartsWith("DELETED", lines[^1]);
    }

    [KubectlFact]
    public async Task It_applies_a_list_of_objects()
    {
        var kubectl = await InNamespace("list");
        const string List = """
            apiVersion: v1
            kind: List
            items:
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
            """;
        Assert.Equal("configmap/a created\nconfigmap/b created", await kubectl.Run("apply -f -", List));
        Assert.Equal("configmap \"a\" deleted\nconfigmap \"b\" deleted", await kubectl.Run("delete -f -", List));
    }

    [KubectlFact]
    public async Task It_follows_a_log_until_the_pod_goes()
    {
        var kubectl = await InNamespace("follow");
        await kubectl.Run("run p --image=nginx");
        await kubectl.Run("wait --for=condition=Ready pod/p --timeout=50s");
        var isDeleted = false;
        var lines = await kubectl.ReadAll("logs --follow p", async line =>
        {
            // The first line shows that it follows.
            if (isDeleted) return;
            isDeleted = true;
            await kubectl.Run("delete pod p");
        });
        Assert.StartsWith("virtual container p of nginx started on node-", lines[0]);
    }

    [KubectlFact]
    public async Task It_deletes_a_namespace_with_all_that_is_in_it()
    {
        var kubectl = await InNamespace("deleted");
        await kubectl.Run("create deployment d --image=nginx");
        await kubectl.Run("rollout status deployment/d --timeout=50s");
        Assert.Equal("namespace \"deleted\" deleted", await kubectl.Run("delete namespace deleted --timeout=50s"));
        Assert.Contains("NotFound", await New().Fails("get namespace deleted"));
        Assert.DoesNotContain("deleted", await New().Run("get pods,deployments,replicasets -A -o jsonpath={.items[*].metadata.namespace}"));
    }

    [KubectlFact]
    public async Task It_deletes_an_owner_before_after_or_without_what_it_owns()
    {
        var kubectl = await InNamespace("cascade");
        foreach (var name in new[] { "background", "foreground", "orphan" })
        {
            await kubectl.Run($"create deployment {name} --image=nginx");
            await kubectl.Run($"rollout status deployment/{name} --timeout=50s");
            Assert.Equal($"deployment.apps \"{name}\" deleted", await kubectl.Run($"delete deployment {name} --cascade={name} --timeout=50s"));
        }

        // In the background it goes later: until then kubectl shows it.
        while ((await kubectl.Run("get replicaset -l app=background -o name")).Length > 0) await Task.Delay(50);
        Assert.Equal("", await kubectl.Run("get replicaset -l app=foreground -o name"));
        Assert.StartsWith("replicaset.apps/orphan-", await kubectl.Run("get replicaset -l app=orphan -o name"));
    }

    [KubectlFact]
    public async Task It_pages_through_a_list()
    {
        var kubectl = await InNamespace("pages");
        foreach (var name in new[] { "a", "b", "c" }) await kubectl.Run("create secret generic " + name);
        Assert.Equal("secret/a\nsecret/b\nsecret/c", await kubectl.Run("get secret --chunk-size=1 -o name"));
    }

    [KubectlFact]
    public async Task It_knows_the_fields_of_a_kind()
    {
        var explained = await New().Run("explain deployment.spec.template.spec.containers");
        Assert.Contains("image\t<string>", explained);
        Assert.Contains("livenessProbe\t<Probe>", explained);
    }

    [KubectlFact]
    public async Task It_asks_what_it_may_do()
    {
        Assert.Equal("yes", await New().Run("auth can-i delete nodes"));
        Assert.Contains("admin", await New().Run("auth whoami"));
        Assert.Contains("[*]", await New().Run("auth can-i --list"));
    }

    [KubectlFact]
    public async Task It_says_in_the_servers_words_what_is_wrong()
    {
        var kubectl = await InNamespace("errors");
        Assert.Equal("Error from server (NotFound): pods \"nope\" not found", await kubectl.Fails("get pod nope"));
        Assert.Equal("error: the server doesn't have a resource type \"foo\"", await kubectl.Fails("get foo"));
        Assert.Contains("strict decoding error: unknown field \"spec.nope\"", await kubectl.Fails("create -f -", Web.Replace("replicas", "nope", StringComparison.Ordinal)));
        Assert.Contains("spec.replicas: Invalid value: -1", await kubectl.Fails("create -f -", Web.Replace("replicas: 2", "replicas: -1", StringComparison.Ordinal)));
        Assert.Contains("Metrics API not available", await kubectl.Fails("top nodes"));
        Assert.Contains("field label not supported: foo", await kubectl.Fails("get pods --field-selector foo=bar"));
        Assert.Contains("may not specify a duration less than 10 minutes", await kubectl.Fails("create token default --duration=1m"));
        Assert.Equal(3, (await kubectl.Run("create token default")).Split('.').Length);
    }

    private Kubectl New(string @namespace = "default") => new(cluster.Kubeconfig, @namespace);

    private async Task<Kubectl> InNamespace(string name)
    {
        Assert.Equal($"namespace/{name} created", await New().Run("create namespace " + name));
        return New(name);
    }
}
