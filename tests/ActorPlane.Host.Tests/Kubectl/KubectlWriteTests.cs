using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>kubectl create, replace, scale, rollout, delete and drain, with what they say when it does not work.</summary>
[Collection(HttpCollection.Name)]
public sealed class KubectlWriteTests(HttpFixture cluster)
{
    [KubectlFact]
    public async Task What_is_wrong_with_an_object_is_said_before_that_its_name_is_taken()
    {
        var kubectl = await InNamespace("write-order");
        await kubectl.Run("create configmap a");
        Assert.Equal("error: failed to create configmap: configmaps \"a\" already exists", await kubectl.Fails("create configmap a"));
        Assert.Equal(
            "The ConfigMap \"a\" is invalid: data[..]: Invalid value: \"..\": must not be '..'",
            await kubectl.Fails("create -f -", "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"..\":\"x\"}}"));
        Assert.Contains("unsupported scope applied to resource", await kubectl.Fails("create quota q --hard=cpu=1 --scopes=BestEffort"));
        Assert.Contains("must be a standard resource for quota", await kubectl.Fails("create quota q --hard=foo=1"));
        Assert.Contains("expected exactly 5 fields, found 1: [bad]", await kubectl.Fails("create cronjob c --image=x --schedule=bad"));
    }

    [KubectlFact]
    public async Task A_job_is_told_from_others_by_its_uid()
    {
        var kubectl = await InNamespace("write-jobs");
        await kubectl.Run("create job one --image=x");
        var uid = await kubectl.Run("get job one -o jsonpath={.metadata.uid}");
        Assert.Equal($"{{\"batch.kubernetes.io/controller-uid\":\"{uid}\"}}", await kubectl.Run("get job one -o jsonpath={.spec.selector.matchLabels}"));
        Assert.Equal("one", await kubectl.Run("get job one -o jsonpath={.spec.template.metadata.labels.job-name}"));
        Assert.Contains("`selector` not auto-generated", await kubectl.Fails(
            "create -f -",
            "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"metadata\":{\"name\":\"two\"},\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},"
            + "\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}"));
    }

    [KubectlFact]
    public async Task There_is_one_default_priority()
    {
        var kubectl = await InNamespace("write-priority");
        await kubectl.Run("create priorityclass first-default --value=0 --global-default=true");
        Assert.Equal(
            "error: failed to create priorityclass: priorityclasses.scheduling.k8s.io \"second-default\" is forbidden: PriorityClass first-default is already marked as default. Only one default can exist",
            await kubectl.Fails("create priorityclass second-default --value=0 --global-default=true"));
        await kubectl.Run("delete priorityclass first-default");
    }

    [KubectlFact]
    public async Task Revisions_of_a_daemon_set_are_shown_and_rolled_back_to()
    {
        var kubectl = await InNamespace("write-revisions");
        await kubectl.Run("create -f -", """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            spec:
              selector: {matchLabels: {app: agent}}
              template: {metadata: {labels: {app: agent}}, spec: {nodeSelector: {no: where}, containers: [{name: c, image: "image:3"}]}}
            """);
        Assert.EndsWith("No rollout history found.", await kubectl.Run("rollout history daemonset/agent"));
        Assert.Equal("error: no last revision to roll back to", await kubectl.Fails("rollout undo daemonset/agent"));
        var uid = await kubectl.Run("get daemonset agent -o jsonpath={.metadata.uid}");
        await kubectl.Run("create -f -", Revision(uid, 1) + "---\n" + Revision(uid, 2));
        Assert.Matches("REVISION +CHANGE-CAUSE\n1 +<none>\n2 +<none>", await kubectl.Run("rollout history daemonset/agent"));
        Assert.Contains("image:1", await kubectl.Run("rollout history daemonset/agent --revision=1"));
        Assert.Equal("daemonset.apps/agent rolled back", await kubectl.Run("rollout undo daemonset/agent --to-revision=1"));
        Assert.Equal("image:1", await kubectl.Run("get daemonset agent -o jsonpath={.spec.template.spec.containers[0].image}"));
        Assert.Contains("field is immutable", await kubectl.Fails("patch controllerrevision agent-1 --type=merge -p {\"data\":{\"x\":1}}"));
    }

    [KubectlFact]
    public async Task A_pod_that_no_kubelet_looks_after_stays_until_it_is_forced_away()
    {
        var kubectl = await InNamespace("write-deletes");
        await kubectl.Run("create -f -", Pod("placed", "nodeName: nowhere, "));
        await kubectl.Run("create -f -", Pod("waiting", "nodeSelector: {no: where}, "));
        Assert.Equal("pod \"waiting\" deleted", await kubectl.Run("delete pod waiting --timeout=50s"));
        await kubectl.Run("delete pod placed --wait=false");
        Assert.Contains("Terminating", await kubectl.Run("get pod placed"));
        Assert.Equal("pod \"placed\" force deleted", await kubectl.Run("delete pod placed --force"));
        Assert.Contains("not found", await kubectl.Fails("get pod placed"));
    }

    [KubectlFact]
    public async Task Finalizers_hold_what_is_deleted()
    {
        var kubectl = await InNamespace("write-finalizers");
        await kubectl.Run("create configmap held");
        Assert.Contains("name is neither a standard finalizer name nor is it fully qualified", await kubectl.Fails("patch configmap held --type=merge -p {\"metadata\":{\"finalizers\":[\"bad\"]}}"));
        await kubectl.Run("patch configmap held --type=merge -p {\"metadata\":{\"finalizers\":[\"example.com/a\"]}}");
        await kubectl.Run("delete configmap held --wait=false");
        Assert.Equal("error: failed to create configmap: object is being deleted: configmaps \"held\" already exists", await kubectl.Fails("create configmap held"));
        Assert.Contains("no new finalizers can be added", await kubectl.Fails("patch configmap held --type=merge -p {\"metadata\":{\"finalizers\":[\"example.com/a\",\"example.com/b\"]}}"));
        await kubectl.Run("patch configmap held --type=merge -p {\"metadata\":{\"finalizers\":null}}");
        Assert.Contains("not found", await kubectl.Fails("get configmap held"));
    }

    [KubectlFact]
    public async Task Each_group_version_has_its_service()
    {
        var kubectl = new Kubectl(cluster.Kubeconfig, "default");
        Assert.Equal("Local", await kubectl.Run("get apiservice v1.apps -o jsonpath={.status.conditions[0].reason}"));
        Assert.Equal("v1", await kubectl.Run("get apiservice v1. -o jsonpath={.spec.version}"));
    }

    private static string Revision(string uid, int number) => $$"""
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata:
          name: agent-{{number}}
          labels: {app: agent}
          ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: agent, uid: {{uid}}, controller: true}]
        revision: {{number}}
        data:
          spec:
            template:
              $patch: replace
              metadata:
                labels: {app: agent}
              spec:
                nodeSelector: {no: where}
                containers: [{name: c, image: "image:{{number}}"}]

        """;

    private static string Pod(string name, string spec) =>
        $"#\n{{apiVersion: v1, kind: Pod, metadata: {{name: {name}}}, spec: {{{spec}containers: [{{name: c, image: i}}]}}}}";

    private async Task<Kubectl> InNamespace(string name)
    {
        await new Kubectl(cluster.Kubeconfig, "default").Run("create namespace " + name);
        return new Kubectl(cluster.Kubeconfig, name);
    }
}
