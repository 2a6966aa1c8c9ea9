using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.FlowControl.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Api.Rbac.V1;
using ActorPlane.Api.Scheduling.V1;
using ActorPlane.ApiServer;
using ActorPlane.Settings;

namespace ActorPlane.Tests.ApiServer.Bootstrap;

/// <summary>What a cluster has before anybody creates anything.</summary>
public sealed class BootstrapTests
{
    private const string Rbac = ".rbac.authorization.k8s.io";

    [Fact]
    public void All_of_it_is_stored_and_in_few_revisions()
    {
        using var harness = new ServerHarness();
        var settings = ApiServerSettings.Read(ClusterConfig.Over(Akka.Configuration.Config.Empty));
        var wanted = BootstrapObjects.Rounds(settings, DateTimeOffset.UnixEpoch).SelectMany(round => round).ToList();
        Assert.True(wanted.Count > 150, $"only {wanted.Count}");
        Assert.Equal(wanted.Count, wanted.Select(entry => (entry.Resource, entry.Object.Metadata.Namespace, entry.Object.Metadata.Name)).Distinct().Count());
        harness.List("namespaces");
        Assert.All(wanted, entry => Assert.NotNull(harness.Snapshot[entry.Resource].Items.GetValueOrDefault(NamespacedName.Of(entry.Object))));
        Assert.InRange(harness.Snapshot.Revision, 3, 6);
    }

    [Fact]
    public void Roles_have_their_rules_sorted_and_bindings_their_subjects()
    {
        using var harness = new ServerHarness();
        var scheduler = harness.Get<ClusterRole>("clusterroles" + Rbac, "", "system:kube-scheduler")!;
        Assert.Equal("rbac-defaults", scheduler.Metadata.Labels["kubernetes.io/bootstrapping"]);
        Assert.Equal("true", scheduler.Metadata.Annotations["rbac.authorization.kubernetes.io/autoupdate"]);
        Assert.Equal(
            new PolicyRule { ApiGroups = ["coordination.k8s.io"], Resources = ["leases"], ResourceNames = ["kube-scheduler"], Verbs = ["get", "list", "update", "watch"] },
            scheduler.Rules[2]);
        Assert.Equal(new PolicyRule { Verbs = ["*"], NonResourceURLs = ["*"] }, harness.Get<ClusterRole>("clusterroles" + Rbac, "", "cluster-admin")!.Rules[1]);
        Assert.Equal("true", harness.Get<ClusterRole>("clusterroles" + Rbac, "", "view")!.Metadata.Labels["rbac.authorization.k8s.io/aggregate-to-edit"]);
        Assert.Equal(
            [new Api.Rbac.V1.Subject { Kind = "ServiceAccount", Namespace = "kube-system", Name = "replicaset-controller" }],
            harness.Get<ClusterRoleBinding>("clusterrolebindings" + Rbac, "", "system:controller:replicaset-controller")!.Subjects);
        Assert.Equal("extension-apiserver-authentication-reader", harness.Get<RoleBinding>("rolebindings" + Rbac, "kube-system", "system::extension-apiserver-authentication-reader")!.RoleRef.Name);
    }

    [Fact]
    public void The_service_kubernetes_leads_to_the_advertised_address()
    {
        using var harness = new ServerHarness();
        Assert.Equal(6443, harness.Get<Service>("services", "default", "kubernetes")!.Spec.Ports[0].TargetPort);
        var subset = Assert.Single(harness.Get<Endpoints>("endpoints", "default", "kubernetes")!.Subsets);
        Assert.Equal(("192.0.2.1", 6443), (subset.Addresses[0].Ip, subset.Ports[0].Port));
        var slice = harness.Get<EndpointSlice>("endpointslices.discovery.k8s.io", "default", "kubernetes")!;
        Assert.Equal(["192.0.2.1"], slice.Endpoints[0].Addresses);
        Assert.Equal("kubernetes", slice.Metadata.Labels["kubernetes.io/service-name"]);
    }

    [Fact]
    public void The_service_comes_again_when_somebody_deletes_it_and_roles_do_not()
    {
        using var harness = new ServerHarness();
        var service = harness.Get<Service>("services", "default", "kubernetes")!;
        harness.Do((client, done) => client.Delete("services", "default", "kubernetes", harness.NewCause(), done));
        harness.Do((client, done) => client.Delete("clusterroles" + Rbac, "", "view", harness.NewCause(), done));
        Assert.Null(harness.Get<Service>("services", "default", "kubernetes"));
        harness.Simulation.RunFor(TimeSpan.FromSeconds(11));
        var again = harness.Get<Service>("services", "default", "kubernetes")!;
        Assert.NotEqual(service.Metadata.Uid, again.Metadata.Uid);
        Assert.Equal(service.Spec, again.Spec);
        Assert.Null(harness.Get<ClusterRole>("clusterroles" + Rbac, "", "view"));

        // They do when the server starts anew.
        harness.Crash(harness.Server);
        harness.Simulation.RunFor(TimeSpan.FromSeconds(5));
        Assert.NotNull(harness.Get<ClusterRole>("clusterroles" + Rbac, "", "view"));
    }

    [Fact]
    public void A_system_priority_class_stays()
    {
        using var harness = new ServerHarness();
        var outcome = harness.Do((client, done) => client.Delete(PriorityClasses, "", "system-node-critical", harness.NewCause(), done));
        Assert.Equal(
            "priorityclasses.scheduling.k8s.io \"system-node-critical\" is forbidden: this is a system priority class and cannot be deleted", outcome.Refusal!.Message);
        Assert.Equal(1, harness.Get<PriorityClass>(PriorityClasses, "", "system-node-critical")!.Metadata.Generation);
    }

    [Fact]
    public void A_flow_schema_says_whether_its_priority_level_is_there()
    {
        using var harness = new ServerHarness();
        var known = harness.Get<FlowSchema>("flowschemas.flowcontrol.apiserver.k8s.io", "", "probes")!;
        Assert.Equal("False", known.Status.Conditions[0].Status);
        var made = (FlowSchema)harness.Do((client, done) => client.Create("flowschemas.flowcontrol.apiserver.k8s.io", known with
        {
            Metadata = new ObjectMeta { Name = "mine" },
            Spec = known.Spec with { PriorityLevelConfiguration = new PriorityLevelConfigurationReference { Name = "none" } },
        }, harness.NewCause(), done)).Object!;
        Assert.Equal(
            ("True", "NotFound", "This FlowSchema references the PriorityLevelConfiguration object named \"none\" but there is no such object"),
            (made.Status.Conditions[0].Status, made.Status.Conditions[0].Reason, made.Status.Conditions[0].Message));
    }

    private const string PriorityClasses = "priorityclasses.scheduling.k8s.io";
}
