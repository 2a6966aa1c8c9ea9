using ActorPlane.Api.Core.V1;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>A process of the control plane dies in the middle of a rollout: nothing is lost, and nothing is there twice.</summary>
public sealed class ProcessCrashTests
{
    private const int Replicas = 20;

    public static TheoryData<string, int> Crashes()
    {
        var cases = new TheoryData<string, int>();
        string[] controllers = ["deployment", "replicaset", "node-lifecycle", "taint-eviction", "pod-gc", "garbage-collector"];
        string[] processes = ["etcd", "kube-apiserver", "kube-scheduler", "kube-controller-manager", .. controllers.Select(name => "kube-controller-manager/" + name)];
        foreach (var process in processes)
        {
            // Early: while pods are being created; late: while they start.
            foreach (var bound in (int[])[1, 10, 20]) cases.Add(process, bound);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public void A_rollout_survives_the_crash_of_a_process(string process, int boundPods)
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 4, Seed = 100 + boundPods });
        cluster.Require(Safety.BoundPodsNeverMove());
        cluster.Create(ClusterSteps.Deployments, Deployment("web", Replicas));
        cluster.WaitUntil(
            () => cluster.Pods().Count(pod => pod.Spec.NodeName is not null) >= boundPods, TimeSpan.FromMinutes(1), $"{boundPods} pods are bound");

        cluster.CrashProcess(process);

        cluster.WaitForReplicas("web", Replicas, TimeSpan.FromMinutes(3));
        cluster.WaitUntil(() => cluster.Pods().Count == Replicas, TimeSpan.FromMinutes(2), "there are no more pods than wanted");
        cluster.HoldsFor(() => cluster.HasReplicas("web", Replicas) && cluster.Pods().Count == Replicas, TimeSpan.FromMinutes(10), "it stays so");
        Assert.All(cluster.Nodes(), node => Assert.Equal("True", cluster.Ready(node.Metadata.Name!)));
    }

    [Fact]
    public void Everything_may_crash_again_and_again()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 4, RecordTrace = false });
        cluster.Require(Safety.BoundPodsNeverMove());
        cluster.Create(ClusterSteps.Deployments, Deployment("web", Replicas));
        for (var round = 0; round < 5; round++)
        {
            foreach (var process in (string[])["etcd", "kube-scheduler", "kube-apiserver", "kube-controller-manager"])
            {
                cluster.RunFor(TimeSpan.FromMilliseconds(700));
                cluster.CrashProcess(process);
            }
        }

        cluster.WaitForReplicas("web", Replicas, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void What_is_created_while_etcd_is_down_is_there_when_it_is_up()
    {
        using var cluster = SimulatedCluster.Start(new ClusterOptions { Nodes = 1 });
        cluster.CrashProcess("etcd");
        cluster.RunFor(TimeSpan.FromMilliseconds(10));

        var created = cluster.Create("pods", Pod("web"));

        Assert.NotNull(created.Metadata.Uid);
        cluster.WaitUntil(() => cluster.Pod("web") is { Status.Phase: "Running" }, TimeSpan.FromMinutes(1), "it runs");
    }

    [Fact]
    public void A_crash_is_seen_by_nobody_who_only_reads_the_objects()
    {
        using var cluster = SimulatedCluster.Start();
        cluster.StartDeployment(Deployment("web", 6));
        var before = cluster.Pods().Select(pod => (pod.Metadata.Name, pod.Metadata.Uid, pod.Spec.NodeName)).ToArray();

        foreach (var process in (string[])["etcd", "kube-apiserver", "kube-scheduler", "kube-controller-manager"])
        {
            cluster.CrashProcess(process);
            cluster.RunFor(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(before, cluster.Pods().Select(pod => (pod.Metadata.Name, pod.Metadata.Uid, pod.Spec.NodeName)));
        Assert.All(cluster.List<Pod>("pods"), pod => Assert.Equal(0, cluster.Restarts(pod.Metadata.Name!)));
    }
}
