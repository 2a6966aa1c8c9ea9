using ActorPlane.ApiServer;
using ActorPlane.Faults;
using ActorPlane.Simulation;
using ActorPlane.TestKit;
using static ActorPlane.Scenarios.Workloads;

namespace ActorPlane.Scenarios;

/// <summary>
/// Everything that can fail fails at random. Safety is checked in every state on the way; when the faults stop, the
/// cluster must come to rest. A failure's message names the seed, which shows the same run again.
/// </summary>
public sealed class FaultStormTests
{
    private const int Nodes = 5;
    private const int Replicas = 15;

    [Theory]
    [MemberData(nameof(Seeds), 1, 20)]
    public void A_storm_on_machines_links_and_containers_never_makes_more_pods_than_wanted(int seed)
    {
        using var cluster = Start(seed);
        cluster.Require(Safety.AtMost("web", Replicas));
        cluster.Require(Safety.NoNodeIsOverbooked(8));
        var chance = Chance.For((ulong)seed, "/test", "storm");
        for (var i = 0; i < 25; i++)
        {
            OnNodes(cluster, chance);
            cluster.RunFor(TimeSpan.FromSeconds(chance.Next(60)));
        }

        ComeToRest(cluster);
    }

    [Theory]
    [MemberData(nameof(Seeds), 101, 20)]
    public void A_storm_on_everything_comes_to_rest_when_it_is_over(int seed)
    {
        using var cluster = Start(seed);
        var chance = Chance.For((ulong)seed, "/test", "storm");
        for (var i = 0; i < 30; i++)
        {
            if (chance.Next(2) == 0) OnNodes(cluster, chance);
            else OnControlPlane(cluster, chance);
            cluster.RunFor(TimeSpan.FromMilliseconds(chance.Next(20_000)));
        }

        ComeToRest(cluster);
    }

    public static TheoryData<int> Seeds(int first, int count) => [.. Enumerable.Range(first, count)];

    private static SimulatedCluster Start(int seed)
    {
        var cluster = SimulatedCluster.Start(new ClusterOptions
        {
            Nodes = Nodes, Seed = seed, Cpu = "2", RecordTrace = false, Order = seed % 4 == 0 ? RunOrder.FirstInFirstOut : RunOrder.Seeded,
        });
        cluster.Require(Safety.BoundPodsNeverMove());
        cluster.Create(ClusterSteps.Deployments, Deployment("web", Replicas));
        return cluster;
    }

    private static void OnNodes(SimulatedCluster cluster, Chance chance)
    {
        var node = $"node-{1 + chance.Next(Nodes)}";
        switch (chance.Next(8))
        {
            case 0:
                cluster.PowerOff(node);
                break;
            case 1:
                cluster.PowerOn(node);
                break;
            case 2:
                cluster.SetLink(node, cut: true);
                break;
            case 3:
                cluster.SetLink(node);
                break;
            case 4:
                cluster.SetLink(node, latency: TimeSpan.FromMilliseconds(chance.Next(2000)), loss: chance.NextDouble() / 3);
                break;
            case 5:
                TryInject(cluster, (id, cause) => new FaultProtocol.CrashKubelet(id, node, cause));
                break;
            case 6:
                if (chance.Next(2) == 0) TryInject(cluster, (id, cause) => new FaultProtocol.StopKubelet(id, node, cause));
                else TryInject(cluster, (id, cause) => new FaultProtocol.StartKubelet(id, node, cause));
                break;
            default:
                if (cluster.Pods() is { Count: > 0 } pods)
                {
                    var pod = pods[chance.Next(pods.Count)].Metadata.Name!;
                    TryInject(cluster, (id, cause) => new FaultProtocol.CrashContainer(id, "default", pod, ContainerName, chance.Next(3), "Error", cause));
                }

                break;
        }
    }

    private static void OnControlPlane(SimulatedCluster cluster, Chance chance)
    {
        switch (chance.Next(12))
        {
            case 0 or 1:
                cluster.CrashProcess("etcd");
                break;
            case 2 or 3:
                cluster.CrashProcess("kube-apiserver");
                break;
            case 4:
                cluster.CrashProcess("kube-scheduler");
                break;
            case 5:
                cluster.CrashProcess("kube-controller-manager");
                break;
            case 6:
                cluster.CrashProcess("kube-controller-manager/deployment");
                break;
            case 7:
                cluster.CrashProcess("kube-controller-manager/replicaset");
                break;
            case 8:
                cluster.CrashProcess("kube-controller-manager/node-lifecycle");
                break;
            case 9:
                cluster.Simulation.Disk.FailBeforeStoring = 1 + chance.Next(3);
                break;
            case 10:
                cluster.Simulation.Disk.FailAfterStoring = 1 + chance.Next(3);
                break;
            default:
                cluster.Simulation.Disk.WriteLatency = TimeSpan.FromMilliseconds(chance.Next(100));
                break;
        }
    }

    // A target may be down already: that is no fault of the storm.
    private static void TryInject(SimulatedCluster cluster, Func<long, Tracing.Cause, FaultProtocol.IFault> fault)
    {
        try
        {
            cluster.Inject(fault);
        }
        catch (ClusterAssertException e) when (e.Message.StartsWith("no such target", StringComparison.Ordinal))
        {
        }
    }

    private static void ComeToRest(SimulatedCluster cluster)
    {
        cluster.Simulation.Disk.FailBeforeStoring = cluster.Simulation.Disk.FailAfterStoring = 0;
        cluster.Simulation.Disk.WriteLatency = TimeSpan.Zero;
        for (var i = 1; i <= Nodes; i++)
        {
            var node = $"node-{i}";
            cluster.SetLink(node);
            cluster.PowerOn(node);
            TryInject(cluster, (id, cause) => new FaultProtocol.StartKubelet(id, node, cause));
        }

        // A node that was silent shortly before may still be missed, and a request that was lost is given up only after 30 s.
        cluster.RunFor(TimeSpan.FromMinutes(3));
        cluster.WaitUntil(() => cluster.Nodes().All(node => cluster.Ready(node.Metadata.Name!) == "True"), TimeSpan.FromMinutes(10), "all nodes are ready");
        cluster.WaitForReplicas("web", Replicas, TimeSpan.FromMinutes(20));
        cluster.WaitUntil(() => cluster.Pods().Count == Replicas, TimeSpan.FromMinutes(10), "nothing is left over");
        cluster.HoldsFor(() => cluster.HasReplicas("web", Replicas), TimeSpan.FromMinutes(10), "it stays so");
    }
}
