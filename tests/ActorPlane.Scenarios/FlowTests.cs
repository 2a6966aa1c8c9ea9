using ActorPlane.Api.Core.V1;
using ActorPlane.Faults;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>The two flows that every reader of an introduction to Kubernetes knows.</summary>
public sealed class FlowTests
{
    [Fact]
    public void A_deployment_becomes_running_pods_and_the_trace_tells_how()
    {
        using var cluster = SimulatedCluster.Start();

        cluster.Create("deployments.apps", Deployment("web", 3));
        var cause = cluster.LastCause;
        cluster.WaitUntil(() => cluster.RunningPods().Count == 3, TimeSpan.FromMinutes(1), "three pods run");

        Assert.Equal(3, cluster.RunningPods().Select(pod => pod.Spec.NodeName).Distinct().Count());
        var steps = cluster.Trace.Of(cause).Select(entry => (entry.From, entry.To, entry.Message.GetType().Name)).ToArray();
        Assert.Equal(("kubectl", "kube-apiserver", "Create"), steps[0]);
        Assert.Contains(("kube-apiserver", "etcd", "Execute"), steps);
        Assert.Contains(("deployment-controller", "kube-apiserver", "Create"), steps);
        Assert.Contains(("replicaset-controller", "kube-apiserver", "Create"), steps);
        Assert.Contains(("kube-scheduler", "kube-apiserver", "Bind"), steps);
        Assert.Contains(steps, step => step.From.StartsWith("kubelet ") && step.Name == "Update");
    }

    [Fact]
    public void A_pod_of_a_lost_machine_is_replaced_on_another()
    {
        using var cluster = SimulatedCluster.Start();
        cluster.Create("deployments.apps", Deployment("web", 3));
        cluster.WaitUntil(() => cluster.RunningPods().Count == 3, TimeSpan.FromMinutes(1), "three pods run");
        var lost = cluster.RunningPods()[0].Spec.NodeName!;
        var since = cluster.Simulation.Elapsed;

        cluster.Inject((id, cause) => new FaultProtocol.PowerOff(id, lost, cause));

        cluster.WaitUntil(() => ReadyStatusOf(cluster, lost) == "Unknown", TimeSpan.FromSeconds(70), "the node counts as lost");
        Assert.InRange((cluster.Simulation.Elapsed - since).TotalSeconds, 40, 60);
        cluster.WaitUntil(
            () => cluster.RunningPods().Count(pod => pod.Spec.NodeName != lost) == 3, TimeSpan.FromMinutes(8), "three pods run on other nodes");
        Assert.InRange((cluster.Simulation.Elapsed - since).TotalSeconds, 340, 380);
        Assert.Contains(cluster.Pods(), pod => pod.Spec.NodeName == lost && pod.Metadata.DeletionTimestamp is not null);
    }

    private static string? ReadyStatusOf(SimulatedCluster cluster, string node) => cluster.Nodes()
        .Single(item => item.Metadata.Name == node).Status.Conditions.Single(condition => condition.Type == "Ready").Status;
}
