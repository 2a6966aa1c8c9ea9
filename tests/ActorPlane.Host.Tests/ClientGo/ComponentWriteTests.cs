using ActorPlane.Api;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>What kube-scheduler and the controllers of kube-controller-manager write, as they write it.</summary>
[Collection(HttpCollection.Name)]
public sealed class ComponentWriteTests(HttpFixture cluster) : IDisposable
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Leases = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
    private readonly ApiClient _client = new(cluster.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_scheduler_binds_a_pod_once()
    {
        var pod = await NewPod("to-bind");
        var binding = new Binding { Metadata = new ObjectMeta { Name = "to-bind", Namespace = "default", Uid = pod.Metadata.Uid }, Target = new ObjectReference { Kind = "Node", Name = "elsewhere" } };
        var bound = (await _client.Post($"{Pods}/to-bind/binding", binding)).Is(201);
        Assert.Equal((ProtobufCodec.MediaType, "Success", 201), (bound.MediaType, bound.Status.Status_, bound.Status.Code));
        (await _client.Post($"{Pods}/to-bind/binding", binding)).IsRefused(
            409, "Conflict", "Operation cannot be fulfilled on pods/binding \"to-bind\": pod to-bind is already assigned to node \"elsewhere\"");
        (await _client.Post($"{Pods}/none/binding", binding with { Metadata = new ObjectMeta { Name = "none" } })).IsRefused(404, "NotFound", "pods \"none\" not found");
        var scheduled = (await _client.Get($"{Pods}/to-bind", ApiClient.Protobuf)).Is(200).Decoded<Pod>();
        Assert.Equal(("elsewhere", "True"), (scheduled.Spec.NodeName, scheduled.Status.Conditions.Find(c => c.Type == "PodScheduled")!.Status));

        // The eviction by the taint manager and the deletion for good by a kubelet.
        (await _client.Delete($"{Pods}/to-bind", new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new Preconditions { Uid = "other" } })).IsRefused(
            409, "Conflict",
            $"Operation cannot be fulfilled on pods \"to-bind\": the UID in the precondition (other) does not match the UID in record ({pod.Metadata.Uid}). The object might have been deleted and then recreated");
        (await _client.Delete($"{Pods}/to-bind", new DeleteOptions { Preconditions = new Preconditions { Uid = pod.Metadata.Uid, ResourceVersion = "1" } })).IsRefused(
            409, "Conflict",
            $"Operation cannot be fulfilled on pods \"to-bind\": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record ({scheduled.Metadata.ResourceVersion}). The object might have been modified");
        var gone = (await _client.Delete($"{Pods}/to-bind", new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new Preconditions { Uid = pod.Metadata.Uid } })).Is(200);
        Assert.Equal("to-bind", gone.Decoded<Pod>().Metadata.Name);
    }

    [Fact]
    public async Task The_scheduler_says_why_a_pod_waits_and_where_it_may_go()
    {
        await NewPod("waiting");
        const string Patch = """
            {"status":{"$setElementOrder/conditions":[{"type":"PodScheduled"}],"conditions":[{"lastProbeTime":null,"lastTransitionTime":"2024-01-02T03:04:05Z",
             "message":"0/2 nodes are available: 2 Insufficient cpu.","reason":"Unschedulable","status":"False","type":"PodScheduled"}],"nominatedNodeName":"node-1"}}
            """;
        var patched = (await _client.Patch($"{Pods}/waiting/status", "strategic-merge-patch+json", Patch)).Is(200).Decoded<Pod>();
        Assert.Equal(("node-1", "Unschedulable"), (patched.Status.NominatedNodeName, patched.Status.Conditions.Find(c => c.Type == "PodScheduled")!.Reason));
        (await _client.Delete($"{Pods}/waiting", new DeleteOptions { GracePeriodSeconds = 0 })).Is(200);
    }

    [Fact]
    public async Task The_scheduler_tells_events_and_counts_series()
    {
        const string Events = "/apis/events.k8s.io/v1/namespaces/default/events";
        var told = new Api.Events.V1.Event
        {
            Metadata = new ObjectMeta { Name = "told.1", Namespace = "default" },
            EventTime = MicroTimestamp.From(DateTimeOffset.UnixEpoch.AddYears(54).AddTicks(10)),
            ReportingController = "default-scheduler", ReportingInstance = "default-scheduler-host", Action = "Scheduling", Reason = "FailedScheduling",
            Regarding = new ObjectReference { Kind = "Pod", Namespace = "default", Name = "told", Uid = "u", ApiVersion = "v1" }, Note = "0/2 nodes", Type = "Warning",
        };
        (await _client.Post(Events, told)).Is(201);
        var counted = (await _client.Patch($"{Events}/told.1", "strategic-merge-patch+json", """{"series":{"count":2,"lastObservedTime":"2024-01-02T03:04:05.000007Z"}}""")).Is(200).Decoded<Api.Events.V1.Event>();
        Assert.Equal((2, "0/2 nodes"), (counted.Series!.Count, counted.Note));

        // The controllers' recorder still writes the old form.
        var old = new Event
        {
            Metadata = new ObjectMeta { Name = "told.2", Namespace = "default" }, InvolvedObject = new ObjectReference { Kind = "ReplicaSet", Namespace = "default", Name = "told", ApiVersion = "apps/v1" },
            Reason = "SuccessfulCreate", Message = "Created pod: told-1", Source = new EventSource { Component = "replicaset-controller" }, Type = "Normal", Count = 1,
            FirstTimestamp = DateTimeOffset.UnixEpoch.AddYears(54), LastTimestamp = DateTimeOffset.UnixEpoch.AddYears(54),
        };
        (await _client.Post("/api/v1/namespaces/default/events", old)).Is(201);
        (await _client.Patch("/api/v1/namespaces/default/events/told.2", "strategic-merge-patch+json", """{"count":2,"lastTimestamp":"2024-01-02T03:04:06Z"}""")).Is(200);
        var list = (await _client.Get("/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dtold", ApiClient.Protobuf)).Is(200);
        Assert.Equal(["told.1", "told.2"], list.Items().Select(item => ((Event)ProtobufCodec.Decode(Event.Descriptor, item)).Metadata.Name));
    }

    [Fact]
    public async Task A_leader_holds_its_lease()
    {
        var lease = new Lease
        {
            Metadata = new ObjectMeta { Name = "leader", Namespace = "kube-system" },
            Spec = new LeaseSpec { HolderIdentity = "host_1", LeaseDurationSeconds = 15, AcquireTime = MicroTimestamp.From(DateTimeOffset.UtcNow), RenewTime = MicroTimestamp.From(DateTimeOffset.UtcNow), LeaseTransitions = 0 },
        };
        var held = (await _client.Post(Leases, lease)).Is(201).Decoded<Lease>();
        var renewed = (await _client.Put($"{Leases}/leader", held with { Spec = held.Spec with { RenewTime = MicroTimestamp.From(DateTimeOffset.UtcNow) } })).Is(200).Decoded<Lease>();
        Assert.Equal((0, 15), (renewed.Spec.LeaseTransitions, renewed.Spec.LeaseDurationSeconds));
        (await _client.Put($"{Leases}/leader", held with { Spec = held.Spec with { HolderIdentity = "host_2" } })).IsRefused(
            409, "Conflict", "Operation cannot be fulfilled on leases.coordination.k8s.io \"leader\": the object has been modified; please apply your changes to the latest version and try again");
    }

    [Fact]
    public async Task The_volume_binder_binds_a_claim_to_a_volume()
    {
        const string Claims = "/api/v1/namespaces/default/persistentvolumeclaims";
        const string Volumes = "/api/v1/persistentvolumes";
        var claim = (await _client.Post(Claims, new PersistentVolumeClaim
        {
            Metadata = new ObjectMeta { Name = "claim" },
            Spec = new PersistentVolumeClaimSpec
            {
                AccessModes = ["ReadWriteOnce"], StorageClassName = "manual",
                Resources = new VolumeResourceRequirements { Requests = ValueMap<Quantity>.Empty.With("storage", Quantity.Parse("1Gi")) },
            },
        })).Is(201).Decoded<PersistentVolumeClaim>();
        var volume = (await _client.Post(Volumes, new PersistentVolume
        {
            Metadata = new ObjectMeta { Name = "volume" },
            Spec = new PersistentVolumeSpec
            {
                AccessModes = ["ReadWriteOnce"], StorageClassName = "manual", Capacity = ValueMap<Quantity>.Empty.With("storage", Quantity.Parse("2Gi")),
                HostPath = new HostPathVolumeSource { Path = "/data" },
            },
        })).Is(201).Decoded<PersistentVolume>();
        volume = (await _client.Put($"{Volumes}/volume", volume with
        {
            Metadata = volume.Metadata with { Annotations = ValueMap<string>.Empty.With("pv.kubernetes.io/bound-by-controller", "yes") },
            Spec = volume.Spec with
            {
                ClaimRef = new ObjectReference { Kind = "PersistentVolumeClaim", ApiVersion = "v1", Namespace = "default", Name = "claim", Uid = claim.Metadata.Uid, ResourceVersion = claim.Metadata.ResourceVersion },
            },
        })).Is(200).Decoded<PersistentVolume>();
        volume = (await _client.Put($"{Volumes}/volume/status", volume with { Status = new PersistentVolumeStatus { Phase = "Bound" } })).Is(200).Decoded<PersistentVolume>();
        Assert.Equal(("Bound", "claim"), (volume.Status.Phase, volume.Spec.ClaimRef!.Name));
        claim = (await _client.Put($"{Claims}/claim", claim with
        {
            Metadata = claim.Metadata with { Annotations = ValueMap<string>.Empty.With("pv.kubernetes.io/bind-completed", "yes") }, Spec = claim.Spec with { VolumeName = "volume" },
        })).Is(200).Decoded<PersistentVolumeClaim>();
        claim = (await _client.Put($"{Claims}/claim/status", claim with
        {
            Status = new PersistentVolumeClaimStatus { Phase = "Bound", AccessModes = ["ReadWriteOnce"], Capacity = volume.Spec.Capacity },
        })).Is(200).Decoded<PersistentVolumeClaim>();
        Assert.Equal(("Bound", "volume"), (claim.Status.Phase, claim.Spec.VolumeName));
    }

    [Fact]
    public async Task The_slice_controller_and_the_node_controllers_write_theirs()
    {
        const string Slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
        var slice = (await _client.Post(Slices, new EndpointSlice
        {
            Metadata = new ObjectMeta { GenerateName = "walk-", Labels = ValueMap<string>.Empty.With("endpointslice.kubernetes.io/managed-by", "somebody") },
            AddressType = "IPv4",
            Endpoints = [new Endpoint { Addresses = ["10.0.0.1"], Conditions = new EndpointConditions { Ready = false, Serving = true, Terminating = false }, NodeName = "node-1" }],
            Ports = [new Api.Discovery.V1.EndpointPort { Name = "", Protocol = "TCP", Port = 80 }],
        })).Is(201).Decoded<EndpointSlice>();
        Assert.Equal((false, 80), (slice.Endpoints[0].Conditions!.Ready, slice.Ports[0].Port));
        slice = (await _client.Put($"{Slices}/{slice.Metadata.Name}", slice with { Endpoints = [] })).Is(200).Decoded<EndpointSlice>();
        Assert.Equal(2, slice.Metadata.Generation);

        (await _client.Post("/api/v1/nodes", new Node { Metadata = new ObjectMeta { Name = "virtual" }, Spec = new NodeSpec { Unschedulable = true } })).Is(201);
        var tainted = (await _client.Patch(
            "/api/v1/nodes/virtual", "strategic-merge-patch+json",
            """{"spec":{"podCIDR":"10.244.7.0/24","podCIDRs":["10.244.7.0/24"],"taints":[{"effect":"NoExecute","key":"node.kubernetes.io/unreachable","timeAdded":"2024-01-02T03:04:05Z"}]}}""")).Is(200).Decoded<Node>();
        Assert.Contains(tainted.Spec.Taints, taint => taint is { Key: "node.kubernetes.io/unreachable", Effect: "NoExecute" });
        (await _client.Delete("/api/v1/nodes/virtual")).Is(200);
    }

    [Fact]
    public async Task The_workload_controllers_adopt_release_and_scale()
    {
        var owner = (await _client.Post("/api/v1/namespaces/default/configmaps", new ConfigMap { Metadata = new ObjectMeta { Name = "owner" } })).Is(201).Decoded<ConfigMap>().Metadata.Uid;
        var pod = await NewPod("orphan");
        var adopted = (await _client.Patch(
            $"{Pods}/orphan", "strategic-merge-patch+json",
            $$$"""{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"{{{owner}}}","controller":true,"blockOwnerDeletion":true}],"uid":"{{{pod.Metadata.Uid}}}"}}""")).Is(200).Decoded<Pod>();
        Assert.Equal("owner", Assert.Single(adopted.Metadata.OwnerReferences).Name);
        (await _client.Patch($"{Pods}/orphan", "strategic-merge-patch+json", """{"metadata":{"uid":"other","ownerReferences":[]}}""")).Is(422);
        var released = (await _client.Patch(
            $"{Pods}/orphan", "strategic-merge-patch+json", $$$"""{"metadata":{"uid":"{{{pod.Metadata.Uid}}}","ownerReferences":[{"$patch":"delete","uid":"{{{owner}}}"}]}}""")).Is(200).Decoded<Pod>();
        Assert.Empty(released.Metadata.OwnerReferences);
        (await _client.Delete($"{Pods}/orphan", new DeleteOptions { GracePeriodSeconds = 0 })).Is(200);

        const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
        (await _client.Post(Deployments, """{"metadata":{"name":"scaled"},"spec":{"replicas":0,"selector":{"matchLabels":{"s":"s"}},"template":{"metadata":{"labels":{"s":"s"}},"spec":{"schedulerName":"none","containers":[{"name":"c","image":"i"}]}}}}""")).Is(201);
        var scale = (await _client.Get($"{Deployments}/scaled/scale", ApiClient.Protobuf)).Is(200).Decoded<Api.Autoscaling.V1.Scale>();
        Assert.Equal((0, "s=s"), (scale.Spec.Replicas ?? 0, scale.Status.Selector));
        scale = (await _client.Put($"{Deployments}/scaled/scale", scale with { Metadata = scale.Metadata with { ResourceVersion = null }, Spec = scale.Spec with { Replicas = 1 } })).Is(200).Decoded<Api.Autoscaling.V1.Scale>();
        Assert.Equal(1, scale.Spec.Replicas);
        (await _client.Delete($"{Deployments}/scaled", new DeleteOptions { PropagationPolicy = "Background" })).Is(200);
    }

    [Fact]
    public async Task The_job_and_stateful_set_controllers_keep_track()
    {
        (await _client.Post(Pods, new Pod
        {
            Metadata = new ObjectMeta { GenerateName = "tracked-", Name = "tracked-x", Finalizers = ["batch.kubernetes.io/job-tracking", "example.com/other"] },
            Spec = new PodSpec { SchedulerName = "somebody-else", RestartPolicy = "Never", Containers = [new Container { Name = "c", Image = "i" }] },
        })).Is(201);
        var released = (await _client.Patch(
            $"{Pods}/tracked-x", "strategic-merge-patch+json", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["batch.kubernetes.io/job-tracking"]}}""")).Is(200).Decoded<Pod>();
        Assert.Equal(["example.com/other"], released.Metadata.Finalizers);
        (await _client.Patch($"{Pods}/tracked-x", "merge-patch+json", """{"metadata":{"finalizers":null}}""")).Is(200);
        (await _client.Delete($"{Pods}/tracked-x", new DeleteOptions { GracePeriodSeconds = 0 })).Is(200);

        const string Revisions = "/apis/apps/v1/namespaces/default/controllerrevisions";
        var data = JsonValue.Parse("""{"spec":{"template":{"$patch":"replace","spec":{"containers":[{"name":"c","image":"i"}]}}}}""");
        var revision = (await _client.Post(Revisions, new Api.Apps.V1.ControllerRevision { Metadata = new ObjectMeta { Name = "set-1" }, Data = data, Revision = 1 })).Is(201).Decoded<Api.Apps.V1.ControllerRevision>();
        Assert.Equal((data, 1), (revision.Data, revision.Revision));
        Assert.Equal(2, (await _client.Put($"{Revisions}/set-1", revision with { Revision = 2 })).Is(200).Decoded<Api.Apps.V1.ControllerRevision>().Revision);
    }

    [Fact]
    public async Task The_namespace_controller_deletes_collections_and_finalizes()
    {
        (await _client.Post("/api/v1/namespaces", new Namespace { Metadata = new ObjectMeta { Name = "ending", Finalizers = ["example.com/hold"] } })).Is(201);
        foreach (var name in new[] { "a", "b" })
            (await _client.Post("/api/v1/namespaces/ending/secrets", new Secret { Metadata = new ObjectMeta { Name = name, Labels = ValueMap<string>.Empty.With("mine", "yes") } })).Is(201);
        var partial = (await _client.Get("/api/v1/namespaces/ending/secrets?labelSelector=mine", ApiClient.MetadataList)).Is(200);
        Assert.Equal(2, partial.Items().Count);
        (await _client.Delete("/api/v1/namespaces/ending/secrets?labelSelector=mine", new DeleteOptions { PropagationPolicy = "Background" }, ApiClient.Json)).Is(200);
        Assert.Empty((await _client.Get("/api/v1/namespaces/ending/secrets?labelSelector=mine", ApiClient.MetadataList)).Is(200).Items());
        var terminating = (await _client.Delete("/api/v1/namespaces/ending")).Is(200).Decoded<Namespace>();
        Assert.Equal("Terminating", terminating.Status.Phase);
        (await _client.Put("/api/v1/namespaces/ending/finalize", terminating with { Metadata = terminating.Metadata with { ResourceVersion = null }, Spec = new NamespaceSpec() })).Is(200);
        (await _client.Patch("/api/v1/namespaces/ending", "merge-patch+json", """{"metadata":{"finalizers":null}}""")).Is(200);
        (await _client.Get("/api/v1/namespaces/ending")).IsRefused(404, "NotFound", "namespaces \"ending\" not found");
    }

    [Fact]
    public async Task What_delegated_authentication_reads_is_there() =>
        (await _client.Get("/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication", ApiClient.Protobuf)).Is(200);

    private async Task<Pod> NewPod(string name) => (await _client.Post(Pods, new Pod
    {
        Metadata = new ObjectMeta { Name = name },
        Spec = new PodSpec { SchedulerName = "somebody-else", Containers = [new Container { Name = "c", Image = "i" }] },
    })).Is(201).Decoded<Pod>();
}
