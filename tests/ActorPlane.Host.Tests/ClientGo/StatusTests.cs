using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>What the controllers of kube-controller-manager write: the status of every kind that has one, whole.</summary>
[Collection(HttpCollection.Name)]
public sealed class StatusTests(HttpFixture cluster) : IDisposable
{
    private const int Attempts = 20;
    private const string Condition = """{"type":"Ready","status":"True","reason":"Because","message":"it is","lastTransitionTime":"2024-01-02T03:04:05Z"}""";
    private const string Template = """{"metadata":{"labels":{"app":"walk"}},"spec":{"nodeSelector":{"none":"such"},"containers":[{"name":"c","image":"i"}]}}""";
    private const string Selector = """{"matchLabels":{"app":"walk"}}""";

    private readonly ApiClient _client = new(cluster.Address);

    /// <summary>A collection, an object for it, and the status that a controller would write.</summary>
    public static TheoryData<string, string, string> Kinds => new()
    {
        { "/api/v1/namespaces", "{}", $$"""{"phase":"Active","conditions":[{{Condition}}]}""" },
        {
            "/api/v1/nodes", """{"spec":{"podCIDR":"10.9.8.0/24","podCIDRs":["10.9.8.0/24"],"unschedulable":true}}""",
            """
            {"capacity":{"cpu":"4","memory":"8Gi","pods":"110"},"allocatable":{"cpu":"4","memory":"8Gi","pods":"110"},
             "conditions":[{"type":"Ready","status":"Unknown","lastHeartbeatTime":"2024-01-02T03:04:05Z","lastTransitionTime":"2024-01-02T03:04:05Z","reason":"NodeStatusUnknown","message":"Kubelet stopped posting node status."}],
             "addresses":[{"type":"InternalIP","address":"10.1.1.1"},{"type":"Hostname","address":"walk"}],"daemonEndpoints":{"kubeletEndpoint":{"Port":10250}},
             "nodeInfo":{"machineID":"m","systemUUID":"s","bootID":"b","kernelVersion":"6.1","osImage":"o","containerRuntimeVersion":"containerd://1.7","kubeletVersion":"v1.32.0","kubeProxyVersion":"v1.32.0","operatingSystem":"linux","architecture":"amd64"},
             "images":[{"names":["a:b"],"sizeBytes":7}],"volumesInUse":["v"],"volumesAttached":[{"name":"v","devicePath":"/dev/sdb"}]}
            """
        },
        {
            "/api/v1/namespaces/default/pods", """{"spec":{"nodeSelector":{"none":"such"},"containers":[{"name":"c","image":"i"}]}}""",
            """
            {"phase":"Running","conditions":[{"type":"Ready","status":"True","lastProbeTime":null,"lastTransitionTime":"2024-01-02T03:04:05Z"}],"message":"m","reason":"r","hostIP":"10.1.1.1","podIP":"10.1.2.3",
             "podIPs":[{"ip":"10.1.2.3"}],"startTime":"2024-01-02T03:04:05Z","qosClass":"BestEffort",
             "containerStatuses":[{"name":"c","state":{"running":{"startedAt":"2024-01-02T03:04:05Z"}},"lastState":{},"ready":true,"restartCount":2,"image":"i","imageID":"d","containerID":"containerd://1","started":true}]}
            """
        },
        { "/api/v1/namespaces/default/replicationcontrollers", $$$"""{"spec":{"replicas":0,"selector":{"app":"walk"},"template":{{{Template}}} } }""", $$"""{"replicas":3,"fullyLabeledReplicas":2,"readyReplicas":2,"availableReplicas":1,"observedGeneration":1,"conditions":[{{Condition}}]}""" },
        { "/api/v1/namespaces/default/resourcequotas", """{"spec":{"hard":{"count/widgets.example.com":"3"}}}""", """{"hard":{"count/widgets.example.com":"3"},"used":{"count/widgets.example.com":"0"}}""" },
        { "/api/v1/namespaces/default/services", """{"spec":{"type":"LoadBalancer","ports":[{"port":80}]}}""", $$$"""{"loadBalancer":{"ingress":[{"ip":"1.2.3.4","ipMode":"VIP"}]},"conditions":[{{{Condition}}}]}""" },
        {
            "/api/v1/persistentvolumes", """{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/tmp/x"},"persistentVolumeReclaimPolicy":"Retain"}}""",
            """{"phase":"Bound","message":"m","reason":"r","lastPhaseTransitionTime":"2024-01-02T03:04:05Z"}"""
        },
        {
            "/api/v1/namespaces/default/persistentvolumeclaims", """{"spec":{"accessModes":["ReadWriteOnce"],"storageClassName":"","resources":{"requests":{"storage":"1Gi"}}}}""",
            """{"phase":"Bound","accessModes":["ReadWriteOnce"],"capacity":{"storage":"1Gi"},"conditions":[{"type":"Resizing","status":"True","lastProbeTime":null,"lastTransitionTime":"2024-01-02T03:04:05Z"}]}"""
        },
        { "/apis/apps/v1/namespaces/default/deployments", $$$"""{"spec":{"replicas":0,"paused":true,"selector":{{{Selector}}},"template":{{{Template}}} } }""", """{"observedGeneration":1,"replicas":3,"updatedReplicas":3,"readyReplicas":2,"availableReplicas":2,"unavailableReplicas":1,"collisionCount":1,"conditions":[{"type":"Available","status":"True","lastUpdateTime":"2024-01-02T03:04:05Z","lastTransitionTime":"2024-01-02T03:04:05Z","reason":"r","message":"m"}]}""" },
        { "/apis/apps/v1/namespaces/default/replicasets", $$$"""{"spec":{"replicas":0,"selector":{{{Selector}}},"template":{{{Template}}} } }""", $$"""{"replicas":3,"fullyLabeledReplicas":3,"readyReplicas":2,"availableReplicas":2,"observedGeneration":1,"conditions":[{{Condition}}]}""" },
        { "/apis/apps/v1/namespaces/default/statefulsets", $$$"""{"spec":{"replicas":0,"serviceName":"s","selector":{{{Selector}}},"template":{{{Template}}} } }""", """{"observedGeneration":1,"replicas":3,"readyReplicas":2,"currentReplicas":1,"updatedReplicas":2,"currentRevision":"a","updateRevision":"b","collisionCount":0,"availableReplicas":2}""" },
        { "/apis/apps/v1/namespaces/default/daemonsets", $$$"""{"spec":{"selector":{{{Selector}}},"template":{{{Template}}} } }""", """{"currentNumberScheduled":2,"numberMisscheduled":1,"desiredNumberScheduled":3,"numberReady":1,"observedGeneration":1,"updatedNumberScheduled":2,"numberAvailable":1,"numberUnavailable":2,"collisionCount":1}""" },
        {
            "/apis/batch/v1/namespaces/default/jobs", """{"spec":{"suspend":true,"template":{"spec":{"restartPolicy":"Never","nodeSelector":{"none":"such"},"containers":[{"name":"c","image":"i"}]}}}}""",
            """{"conditions":[{"type":"Suspended","status":"True","lastProbeTime":"2024-01-02T03:04:05Z","lastTransitionTime":"2024-01-02T03:04:05Z","reason":"JobSuspended","message":"Job suspended"}],"active":0,"succeeded":0,"failed":2,"terminating":0,"ready":0,"uncountedTerminatedPods":{"succeeded":["u-1"]}}"""
        },
        {
            "/apis/batch/v1/namespaces/default/cronjobs", """{"spec":{"schedule":"0 0 1 1 *","suspend":true,"jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}""",
            """{"active":[{"kind":"Job","namespace":"default","name":"j","uid":"u","apiVersion":"batch/v1","resourceVersion":"7"}],"lastScheduleTime":"2024-01-02T03:04:05Z","lastSuccessfulTime":"2024-01-02T03:04:06Z"}"""
        },
        {
            "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers", """{"spec":{"maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"none"}}}""",
            """{"observedGeneration":1,"lastScaleTime":"2024-01-02T03:04:05Z","currentReplicas":1,"desiredReplicas":2,"currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageValue":"10m","averageUtilization":5}}}],"conditions":[{"type":"AbleToScale","status":"True","lastTransitionTime":"2024-01-02T03:04:05Z","reason":"r","message":"m"}]}"""
        },
        { "/apis/policy/v1/namespaces/default/poddisruptionbudgets", """{"spec":{"minAvailable":1,"selector":{"matchLabels":{"pdb":"none"}}}}""", $$$"""{"observedGeneration":1,"disruptedPods":{"p":"2024-01-02T03:04:05Z"},"disruptionsAllowed":1,"currentHealthy":2,"desiredHealthy":1,"expectedPods":2,"conditions":[{{{Condition}}}]}""" },
        { "/apis/networking.k8s.io/v1/namespaces/default/ingresses", """{"spec":{"defaultBackend":{"service":{"name":"s","port":{"number":80}}}}}""", """{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"},{"hostname":"a.b"}]}}""" },
        { "/apis/networking.k8s.io/v1beta1/servicecidrs", """{"spec":{"cidrs":["10.77.0.0/16"]}}""", $$"""{"conditions":[{{Condition}}]}""" },
        { "/apis/storage.k8s.io/v1/volumeattachments", """{"spec":{"attacher":"a.b","nodeName":"n","source":{"persistentVolumeName":"pv"}}}""", """{"attached":true,"attachmentMetadata":{"a":"b"},"detachError":{"time":"2024-01-02T03:04:05Z","message":"m"}}""" },
        { "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas", """{"spec":{"priorityLevelConfiguration":{"name":"exempt"},"matchingPrecedence":77}}""", $$"""{"conditions":[{"type":"Dangling","status":"False","lastTransitionTime":"2024-01-02T03:04:05Z","reason":"Found"}]}""" },
        { "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations", """{"spec":{"type":"Limited","limited":{"nominalConcurrencyShares":5,"limitResponse":{"type":"Reject"}}}}""", $$"""{"conditions":[{"type":"Concurrency","status":"True","lastTransitionTime":"2024-01-02T03:04:05Z","reason":"r"}]}""" },
        { "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", """{"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":["v1"],"operations":["CREATE"],"resources":["widgets"]}]},"validations":[{"expression":"true"}]}}""", $$$"""{"observedGeneration":1,"typeChecking":{},"conditions":[{{{Condition}}}]}""" },
        { "/apis/apiregistration.k8s.io/v1/apiservices", """{"metadata":{"name":"v1.walk.example.com"},"spec":{"group":"walk.example.com","version":"v1","groupPriorityMinimum":100,"versionPriority":10,"insecureSkipTLSVerify":true,"service":{"namespace":"default","name":"none"}}}""", $$"""{"conditions":[{"type":"Available","status":"False","lastTransitionTime":"2024-01-02T03:04:05Z","reason":"ServiceNotFound","message":"m"}]}""" },
        {
            "/apis/certificates.k8s.io/v1/certificatesigningrequests",
            """{"spec":{"request":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIaE1JR0hBZ0VBTUNVeEV6QVJCZ05WQkFNTUNuUmxjM1F0ZFhObGNqRU9NQXdHQTFVRUNnd0ZaM0p2ZFhBdwpXVEFUQmdjcWhrak9QUUlCQmdncWhrak9QUU1CQndOQ0FBUT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==","signerName":"example.com/signer","usages":["client auth"]}}""",
            """{"conditions":[{"type":"Failed","status":"True","reason":"r","message":"m","lastUpdateTime":"2024-01-02T03:04:05Z","lastTransitionTime":"2024-01-02T03:04:05Z"}]}"""
        },
    };

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Every_built_in_kind_with_a_status_is_walked()
    {
        var walked = Kinds.Select(row => ((string)row[0]).Split('/')[^1]).ToHashSet();
        var known = KubeTypes.Resources.Where(info => info.Subresource("status") is not null).Select(info => info.Plural).ToHashSet();
        known.Remove("customresourcedefinitions");
        Assert.Equal(known.Order(), walked.Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_status_is_kept_whole_and_the_spec_with_it(string collection, string json, string wanted)
    {
        var tree = JsonValue.Parse(json);
        var name = tree.At("metadata", "name")?.AsString ?? "walked";
        if (tree["metadata"] is null) tree = tree.With("metadata", JsonValue.Object(("name", JsonValue.Of(name))));
        var created = (await _client.Post(collection, tree.ToString())).Is(201).Tree;
        var info = KubeTypes.Find(created["apiVersion"]!.AsString!, created["kind"]!.AsString!)!;
        try
        {
            // As the kind itself writes it: the order of fields is that of its type.
            var whole = (IKubeObject)JsonCodec.Decode(info.Schema, JsonValue.Object(("status", JsonValue.Parse(wanted))), strict: true, out var errors);
            Assert.Empty(errors);
            var status = JsonCodec.ToTree(whole)["status"]!;
            var (before, put) = await Write($"{collection}/{name}", live => _client.Put(
                $"{collection}/{name}/status", (IKubeObject)JsonCodec.Decode(info.Schema, WithLabel(live).With("status", status), strict: true, out _), ApiClient.Json), info);
            Contains(status, put["status"]!, isWhole: true);
            Assert.Equal(before["spec"]?.ToString(), put["spec"]?.ToString());
            Assert.Contains(put.At("metadata", "managedFields")!.Items.ToArray(), entry => entry["manager"]!.AsString == "kube-controller-manager" && entry["subresource"]?.AsString == "status");

            // The metadata client and the scheduler patch, in every form.
            foreach (var form in new[] { "strategic-merge-patch+json", "merge-patch+json" })
            {
                var patched = (await _client.Patch($"{collection}/{name}/status", form, JsonValue.Object(("status", status)).ToString(), ApiClient.Json)).Is(200).Tree;
                Assert.NotNull(patched["status"]);
                if (form[0] == 'm') Contains(status, patched["status"]!);
            }

            var replaced = (await _client.Patch($"{collection}/{name}/status", "json-patch+json", $$"""[{"op":"add","path":"/status","value":{{wanted}} }]""", ApiClient.Json)).Is(200).Tree;
            Contains(status, replaced["status"]!);
            var config = JsonValue.Object(
                ("apiVersion", created["apiVersion"]!), ("kind", created["kind"]!), ("metadata", JsonValue.Object(("name", JsonValue.Of(name)))), ("status", status));
            var applied = (await _client.Patch($"{collection}/{name}/status?fieldManager=walker&force=true", "apply-patch+yaml", config.ToString(), ApiClient.Json)).Is(200).Tree;
            Contains(status, applied["status"]!);
        }
        finally
        {
            await _client.Delete($"{collection}/{name}", new DeleteOptions { GracePeriodSeconds = 0, PropagationPolicy = "Background" });
        }
    }

    // Somebody may write in between: as client-go does, what is there is read again then.
    private async Task<(JsonValue Before, JsonValue After)> Write(string path, Func<JsonValue, Task<Answer>> write, ResourceInfo info)
    {
        for (var attempt = 1; ; attempt++)
        {
            var live = (await _client.Get(path)).Is(200).Tree;
            var answer = await write(live);
            if (answer.Code == 409 && attempt < Attempts) continue;
            Assert.True(answer.Code == 200, $"{info.Gvk}: {answer.Text}");
            return (live, answer.Tree);
        }
    }

    private static JsonValue WithLabel(JsonValue live) =>
        live.With("metadata", live["metadata"]!.With("labels", (live.At("metadata", "labels") ?? JsonValue.EmptyObject).With("walked", JsonValue.Of("yes"))));

    // Everything wanted is there; defaults, and what others wrote in between, may have come to it. Go leaves zeros out.
    private static void Contains(JsonValue wanted, JsonValue actual, bool isWhole = false)
    {
        foreach (var (name, value) in wanted.Members)
        {
            if (value.AsInt64 == 0 && actual[name] is null) continue;
            Assert.True(actual[name] is not null, $"{name} is missing in {actual}");
            if (value.IsObject) Contains(value, actual[name]!, isWhole);
            else if (value.IsArray && !isWhole) Assert.Subset(actual[name]!.Items.ToArray().Select(item => item.ToString()).ToHashSet(), value.Items.ToArray().Select(item => item.ToString()).ToHashSet());
            else Assert.Equal(value.ToString(), actual[name]!.ToString());
        }
    }
}
