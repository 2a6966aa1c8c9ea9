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
