using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ControllerManager.Namespaces;
using static ActorPlane.Tests.ControllerManager.Given;

namespace ActorPlane.Tests.ControllerManager;

public class NamespaceTests
{
    private static readonly ResourceInfo Pods = KubeTypes.Find("v1", "Pod")!;

    [Fact]
    public void What_remains_says_when_to_look_again()
    {
        var content = new NamespaceContent(TimeSpan.FromSeconds(15));
        Assert.True(content.IsEmpty);
        content.Remains(Pods, Pod("p") with { Spec = new PodSpec { TerminationGracePeriodSeconds = 30 } });
        Assert.Equal(TimeSpan.FromSeconds(16), content.NextLook);
        var held = Pod("q");
        content.Remains(Pods, held with { Metadata = held.Metadata with { Finalizers = ["example.com/hold"] } });
        Assert.False(content.IsEmpty);

        var conditions = content.Conditions([], Now);
        Assert.Equal("Some resources are remaining: pods. has 2 resource instances", conditions.Find(c => c.Type == "NamespaceContentRemaining")!.Message);
        Assert.Equal("SomeFinalizersRemain", conditions.Find(c => c.Type == "NamespaceFinalizersRemaining")!.Reason);
        Assert.Same(conditions, content.Conditions(conditions, Now.AddMinutes(1)));
    }

    [Fact]
    public void A_deleted_namespace_takes_its_content_with_it()
    {
        using var cluster = new ClusterUnderTest(nodes: 1);
        cluster.Create("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "team" } });
        cluster.Create("configmaps", new ConfigMap { Metadata = In("team", "settings") });
        var deployment = Deployment(2);
        cluster.Create("deployments.apps", deployment with { Metadata = In("team", "web") });
        cluster.RunUntil(() => cluster.Pods.Count(pod => pod.Metadata.Namespace == "team" && pod.Status.Phase == "Running") == 2);

        cluster.Delete("namespaces", "team", @namespace: "");
        Assert.Equal("Terminating", cluster.Get<Namespace>("namespaces", "team", "").Status.Phase);
        var refusal = cluster.Refusal("configmaps", new ConfigMap { Metadata = In("team", "late") });
        Assert.Equal("Forbidden", refusal.Reason);
        Assert.Equal("NamespaceTerminating", Assert.Single(refusal.Details!.Causes).Reason);

        cluster.RunUntil(() => cluster.Count("namespaces", "team") == 0, 120);
        Assert.Equal(0, cluster.Count("configmaps", "settings"));
        Assert.Equal(0, cluster.Stored("deployments.apps") + cluster.Stored("replicasets.apps") + cluster.Pods.Count);
    }

    [Fact]
    public void A_namespace_waits_for_what_a_finalizer_holds()
    {
        using var cluster = new ClusterUnderTest();
        cluster.Create("namespaces", new Namespace { Metadata = new ObjectMeta { Name = "team" } });
        cluster.Create("configmaps", new ConfigMap { Metadata = In("team", "held") with { Finalizers = ["example.com/hold"] } });
        cluster.Delete("namespaces", "team", @namespace: "");
        cluster.RunFor(60);
        var conditions = cluster.Get<Namespace>("namespaces", "team", "").Status.Conditions;
        Assert.Contains("example.com/hold in 1 resource instances", conditions.Find(c => c.Type == "NamespaceFinalizersRemaining")!.Message);

        var held = cluster.Get<ConfigMap>("configmaps", "held", "team");
        cluster.Update("configmaps", held with { Metadata = held.Metadata with { Finalizers = [] } });
        cluster.RunUntil(() => cluster.Count("namespaces", "team") == 0);
    }

    private static ObjectMeta In(string @namespace, string name) => new() { Namespace = @namespace, Name = name };
}
