using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Certificates.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Rbac.V1;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>Ways of asking that only some controllers of kube-controller-manager have.</summary>
[Collection(HttpCollection.Name)]
public sealed class ControllerRequestTests(HttpFixture cluster) : IDisposable
{
    private const string Revisions = "/apis/apps/v1/namespaces/default/controllerrevisions";
    private const string TypedClient = "application/vnd.kubernetes.protobuf, */*";
    private readonly ApiClient _client = new(cluster.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_scale_client_does_not_say_that_it_sends_JSON()
    {
        const string ReplicaSets = "/apis/apps/v1/namespaces/default/replicasets";
        (await _client.Post(
            ReplicaSets, """{"metadata":{"name":"unnamed-form"},"spec":{"replicas":0,"selector":{"matchLabels":{"n":"n"}},"template":{"metadata":{"labels":{"n":"n"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""")).Is(201);
        var scale = (await _client.Get($"{ReplicaSets}/unnamed-form/scale")).Is(200).Tree;
        scale = scale.With("metadata", scale["metadata"]!.Without("resourceVersion")).With("spec", JsonValue.Object(("replicas", JsonValue.Of(0))));
        var written = (await _client.Send(HttpMethod.Put, $"{ReplicaSets}/unnamed-form/scale", scale.ToUtf8(), null, TypedClient)).Is(200);
        Assert.Equal("unnamed-form", written.Decoded<Api.Autoscaling.V1.Scale>().Metadata.Name);
        (await _client.Delete($"{ReplicaSets}/unnamed-form")).Is(200);
    }

    [Fact]
    public async Task A_typed_client_sends_delete_options_in_the_version_of_its_group()
    {
        var revision = await NewRevision("versioned");
        var options = new DeleteOptions
        {
            PropagationPolicy = "Background", Preconditions = new Preconditions { Uid = revision.Metadata.Uid, ResourceVersion = revision.Metadata.ResourceVersion },
        };
        var gone = await _client.Send(HttpMethod.Delete, $"{Revisions}/versioned", ProtobufCodec.Encode("apps/v1", "DeleteOptions", options), ProtobufCodec.MediaType, TypedClient);
        Assert.Equal("Success", gone.Is(200).Status.Status_);
    }

    [Fact]
    public async Task Informers_forget_who_manages_which_field_and_what_they_write_back_changes_nothing()
    {
        var revision = await NewRevision("trimmed");
        var same = (await _client.Put($"{Revisions}/trimmed", revision with { Metadata = revision.Metadata with { ManagedFields = [] } })).Is(200).Decoded<ControllerRevision>();
        Assert.Equal(revision.ToString(), same.ToString());
        Assert.NotEmpty(same.Metadata.ManagedFields);
        (await _client.Delete($"{Revisions}/trimmed")).Is(200);
    }

    [Fact]
    public async Task Who_creates_in_a_namespace_that_ends_is_told_by_a_cause()
    {
        (await _client.Post("/api/v1/namespaces", new Namespace { Metadata = new ObjectMeta { Name = "ending" }, Spec = new NamespaceSpec { Finalizers = ["example.com/stay"] } })).Is(201);
        (await _client.Delete("/api/v1/namespaces/ending")).Is(200);
        var refused = (await _client.Post("/api/v1/namespaces/ending/configmaps", new ConfigMap { Metadata = new ObjectMeta { Name = "late" } })).Is(403);
        Assert.Equal(("Forbidden", "NamespaceTerminating"), (refused.Status.Reason, Assert.Single(refused.Status.Details!.Causes).Reason));
        var ending = (await _client.Get("/api/v1/namespaces/ending", ApiClient.Protobuf)).Is(200).Decoded<Namespace>();
        (await _client.Put("/api/v1/namespaces/ending/finalize", ending with { Spec = new NamespaceSpec() })).Is(200);
    }

    [Fact]
    public async Task The_aggregation_controller_applies_the_rules_of_a_role()
    {
        const string Roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
        (await _client.Post(Roles, """{"metadata":{"name":"gathered"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"gathered":"none"}}]}}""")).Is(201);
        const string Rules = """{"kind":"ClusterRole","apiVersion":"rbac.authorization.k8s.io/v1","metadata":{"name":"gathered"},"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]}""";
        var applied = (await _client.Patch($"{Roles}/gathered?fieldManager=clusterrole-aggregation-controller&force=true", "apply-patch+yaml", Rules)).Is(200).Decoded<ClusterRole>();
        Assert.NotNull(applied.AggregationRule);
        Assert.Contains(applied.Metadata.ManagedFields, entry => entry is { Manager: "clusterrole-aggregation-controller", Operation: "Apply" });
        (await _client.Delete($"{Roles}/gathered")).Is(200);
    }

    [Fact]
    public async Task What_leaves_the_selection_of_a_watch_is_deleted_as_it_was_last_in_it()
    {
        const string Pods = "/api/v1/namespaces/default/pods";
        var before = (await _client.Get(Pods)).Tree.At("metadata", "resourceVersion")!.AsString;
        (await _client.Post(Pods, new Pod { Metadata = new ObjectMeta { Name = "leaving" }, Spec = new PodSpec { SchedulerName = "none", Containers = [new Container { Name = "c", Image = "i" }] } })).Is(201);
        var ended = (await _client.Patch($"{Pods}/leaving/status", "strategic-merge-patch+json", """{"status":{"phase":"Succeeded"}}""")).Is(200).Decoded<Pod>();
        var events = await _client.Watch(
            $"{Pods}?watch=true&resourceVersion={before}&fieldSelector=metadata.name%3Dleaving%2Cstatus.phase!%3DSucceeded%2Cstatus.phase!%3DFailed&timeout=8m17s&timeoutSeconds=497",
            ApiClient.Protobuf, 2);
        Assert.Equal(["ADDED", "DELETED"], events.Select(e => e.Type));
        var last = ProtobufCodec.Decode<Pod>(events[1].Object);
        Assert.Equal(("Pending", ended.Metadata.ResourceVersion), (last.Status.Phase, last.Metadata.ResourceVersion));
        (await _client.Delete($"{Pods}/leaving", new DeleteOptions { GracePeriodSeconds = 0 })).Is(200);
    }

    [Fact]
    public async Task A_certificate_is_approved_and_then_issued()
    {
        const string Requests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
        using var key = System.Security.Cryptography.ECDsa.Create();
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=system:node:n,O=system:nodes", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        var asked = (await _client.Post(Requests, $$"""
            {"metadata":{"name":"of-a-node"},"spec":{"request":"{{Convert.ToBase64String(Encoding.ASCII.GetBytes(request.CreateSigningRequestPem()))}}",
             "signerName":"kubernetes.io/kube-apiserver-client-kubelet","usages":["digital signature","client auth"]} }
            """, ApiClient.Protobuf)).Is(201).Decoded<CertificateSigningRequest>();
        var approval = new CertificateSigningRequestCondition { Type = "Approved", Status = "True", Reason = "AutoApproved", Message = "by a test" };
        var approved = (await _client.Put($"{Requests}/of-a-node/approval", asked with { Status = new CertificateSigningRequestStatus { Conditions = [approval] } })).Is(200).Decoded<CertificateSigningRequest>();
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));
        var pem = Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
        var issued = (await _client.Put($"{Requests}/of-a-node/status", approved with { Status = approved.Status with { Certificate = ByteString.From(pem) } })).Is(200).Decoded<CertificateSigningRequest>();
        Assert.Equal(ByteString.From(pem), issued.Status.Certificate);
        (await _client.Delete($"{Requests}/of-a-node")).Is(200);
    }

    private async Task<ControllerRevision> NewRevision(string name) => (await _client.Post(
        Revisions, new ControllerRevision { Metadata = new ObjectMeta { Name = name }, Revision = 1, Data = JsonValue.Parse("""{"a":["<&>"]}""") })).Is(201).Decoded<ControllerRevision>();
}
