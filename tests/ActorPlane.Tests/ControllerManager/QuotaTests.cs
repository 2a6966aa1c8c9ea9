using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class QuotaTests
{
    [Fact]
    public void A_pod_takes_what_it_asks_for_until_it_has_ended()
    {
        var quota = Quota(("pods", "5"), ("count/pods", "9"), ("requests.cpu", "2"), ("memory", "1Gi"), ("limits.cpu", "4"));
        var pod = Asking("p", cpu: "500m", memory: "64Mi");
        Assert.Equal(Amounts(("pods", "1"), ("count/pods", "1"), ("requests.cpu", "500m"), ("memory", "64Mi")), QuotaUsage.Of("pods", pod, quota));
        Assert.Equal(Amounts(("count/pods", "1")), QuotaUsage.Of("pods", pod with { Status = new PodStatus { Phase = "Failed" } }, quota));
        Assert.Equal(["limits.cpu"], QuotaUsage.Unspecified(pod, quota));
    }

    [Fact]
    public void A_scope_leaves_out_what_is_not_in_it()
    {
        var quota = Quota(("pods", "5"));
        quota = quota with { Spec = quota.Spec with { Scopes = ["BestEffort"] } };
        Assert.Empty(QuotaUsage.Of("pods", Asking("p", "1", "1Gi"), quota));
        Assert.Equal(Amounts(("pods", "1")), QuotaUsage.Of("pods", Given.Pod("q"), quota));
    }

    [Fact]
    public void Only_so_many_pods_are_created_at_once_or_one_after_the_other_and_the_status_says_so()
    {
        using var cluster = new ClusterUnderTest(nodes: 1);
        cluster.Create("resourcequotas", Quota(("pods", "2"), ("configmaps", "50")));
        cluster.Do(nodes =>
        {
            for (var i = 0; i < 5; i++) nodes.Api.Create("pods", Unstored($"p{i}"), nodes.Api.NewCause());
        });
        cluster.RunFor(5);
        Assert.Equal(2, cluster.Pods.Count);
        Assert.Equal(
            "pods \"late\" is forbidden: exceeded quota: quota, requested: pods=1, used: pods=2, limited: pods=2",
            cluster.Refusal("pods", Unstored("late")).Message);
        var status = cluster.Get<ResourceQuota>("resourcequotas", "quota").Status;
        Assert.Equal(Amounts(("pods", "2"), ("configmaps", "1")), status.Used);
        Assert.Equal(Amounts(("pods", "2"), ("configmaps", "50")), status.Hard);

        cluster.Delete("pods", cluster.Pods[0].Metadata.Name!);
        cluster.RunFor(5);
        Assert.Equal(Quantity.Parse("1"), cluster.Get<ResourceQuota>("resourcequotas", "quota").Status.Used["pods"]);
        cluster.Create("pods", Unstored("late"));
    }

    [Theory]
    [InlineData("Terminating", true, false)]
    [InlineData("NotTerminating", false, true)]
    [InlineData("BestEffort", true, true)]
    [InlineData("NotBestEffort", false, false)]
    [InlineData("CrossNamespacePodAffinity", false, true)]
    [InlineData("PriorityClass", true, false)]
    public void Each_scope_has_its_pods(string scope, bool first, bool second)
    {
        var quota = Quota(("pods", "5"));
        quota = quota with { Spec = quota.Spec with { Scopes = [scope] } };
        var one = Given.Pod("one") with { Spec = new PodSpec { ActiveDeadlineSeconds = 5, PriorityClassName = "high" } };
        var other = Given.Pod("other") with
        {
            Spec = new PodSpec { Affinity = new Affinity { PodAntiAffinity = new PodAntiAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [new PodAffinityTerm { Namespaces = ["x"] }] } } },
        };
        Assert.Equal((first, second), (!QuotaUsage.Of("pods", one, quota).IsEmpty, !QuotaUsage.Of("pods", other, quota).IsEmpty));
        Assert.Empty(QuotaUsage.Of("configmaps", new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "c" } }, quota));
    }

    [Fact]
    public void A_scope_selector_chooses_priority_classes()
    {
        var quota = Quota(("pods", "5"));
        quota = quota with
        {
            Spec = quota.Spec with
            {
                ScopeSelector = new ScopeSelector { MatchExpressions = [new ScopedResourceSelectorRequirement { ScopeName = "PriorityClass", Operator = "In", Values = ["high"] }] },
            },
        };
        Assert.Empty(QuotaUsage.Of("pods", Given.Pod("p"), quota));
        Assert.Equal(Amounts(("pods", "1")), QuotaUsage.Of("pods", Given.Pod("p") with { Spec = new PodSpec { PriorityClassName = "high" } }, quota));
    }

    [Fact]
    public void A_service_that_changes_its_type_must_have_room_for_its_ports()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("resourcequotas", Quota(("services.nodeports", "1"), ("services.loadbalancers", "0")));
        var service = new Service { Metadata = new ObjectMeta { Namespace = "default", Name = "web" }, Spec = new ServiceSpec { Ports = [new ServicePort { Name = "a", Port = 80 }, new ServicePort { Name = "b", Port = 81 }] } };
        cluster.Create("services", service);
        var stored = cluster.Get<Service>("services", "web");
        Assert.Equal(
            "services \"web\" is forbidden: exceeded quota: quota, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1",
            cluster.RefusalOfUpdate("services", stored with { Spec = stored.Spec with { Type = "NodePort" } }).Message);
        Assert.Equal(
            "services \"web\" is forbidden: exceeded quota: quota, requested: services.loadbalancers=1,services.nodeports=2, used: services.loadbalancers=0,services.nodeports=0, limited: services.loadbalancers=0,services.nodeports=1",
            cluster.RefusalOfUpdate("services", stored with { Spec = stored.Spec with { Type = "LoadBalancer" } }).Message);
        cluster.Update("services", stored with { Spec = stored.Spec with { Type = "NodePort", Ports = [stored.Spec.Ports[0]] } });
        cluster.RunUntil(() => cluster.Seen<ResourceQuota>("resourcequotas", "quota")!.Status.Used.GetValueOrDefault("services.nodeports") == Quantity.Parse("1"));
    }

    [Fact]
    public void A_claim_that_grows_must_have_room()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("resourcequotas", Quota(("requests.storage", "5Gi"), ("gold.storageclass.storage.k8s.io/requests.storage", "4Gi")));
        cluster.Create("persistentvolumeclaims", new PersistentVolumeClaim
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "data" },
            Spec = new PersistentVolumeClaimSpec
            {
                StorageClassName = "gold", AccessModes = ["ReadWriteOnce"], Resources = new VolumeResourceRequirements { Requests = Amounts(("storage", "3Gi")) },
            },
        });
        cluster.RunUntil(() => cluster.Seen<ResourceQuota>("resourcequotas", "quota")!.Status.Used.GetValueOrDefault("requests.storage") == Quantity.Parse("3Gi"));
        Assert.Equal(
            "persistentvolumeclaims \"more\" is forbidden: exceeded quota: quota, requested: gold.storageclass.storage.k8s.io/requests.storage=2Gi, used: gold.storageclass.storage.k8s.io/requests.storage=3Gi, limited: gold.storageclass.storage.k8s.io/requests.storage=4Gi",
            cluster.Refusal("persistentvolumeclaims", new PersistentVolumeClaim
            {
                Metadata = new ObjectMeta { Namespace = "default", Name = "more" },
                Spec = new PersistentVolumeClaimSpec
                {
                    StorageClassName = "gold", AccessModes = ["ReadWriteOnce"], Resources = new VolumeResourceRequirements { Requests = Amounts(("storage", "2Gi")) },
                },
            }).Message);
    }

    [Fact]
    public void Objects_of_any_resource_are_counted()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("resourcequotas", Quota(("count/deployments.apps", "1"), ("count/nothing.example.com", "1")));
        cluster.Create("deployments.apps", Deployment(0) with { Metadata = new ObjectMeta { Namespace = "default", Name = "one" } });
        Assert.Equal(
            "deployments.apps \"two\" is forbidden: exceeded quota: quota, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1",
            cluster.Refusal("deployments.apps", Deployment(0) with { Metadata = new ObjectMeta { Namespace = "default", Name = "two" } }).Message);
        cluster.RunUntil(() => cluster.Seen<ResourceQuota>("resourcequotas", "quota")!.Status.Used.GetValueOrDefault("count/deployments.apps") == Quantity.Parse("1"));
    }

    private static ResourceQuota Quota(params (string Name, string Amount)[] hard) =>
        new() { Metadata = new ObjectMeta { Namespace = "default", Name = "quota" }, Spec = new ResourceQuotaSpec { Hard = Amounts(hard) } };

    private static Pod Asking(string name, string cpu, string memory) => Given.Pod(name) with
    {
        Spec = new PodSpec { Containers = [new Container { Name = "main", Resources = new ResourceRequirements { Requests = Amounts(("cpu", cpu), ("memory", memory)) } }] },
    };

    private static Pod Unstored(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new PodSpec { Containers = [new Container { Name = "main", Image = "nginx" }] },
    };

    private static ValueMap<Quantity> Amounts(params (string Name, string Amount)[] amounts) =>
        ValueMap<Quantity>.From(amounts.Select(amount => KeyValuePair.Create(amount.Name, Quantity.Parse(amount.Amount))));
}
