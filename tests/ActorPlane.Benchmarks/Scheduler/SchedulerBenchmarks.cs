using System.Diagnostics;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Scheduler;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Benchmarks.Scheduler;

/// <summary>
/// The scheduler's own work without messages: queue, filters, scores, assumed pods. Budget: 125 ns for each node looked at.
/// </summary>
internal static class SchedulerBenchmarks
{
    public static void AddTo(IDictionary<string, Func<string[], Task>> cases) => cases.Add("scheduler", _ =>
    {
        Console.WriteLine($"{"case",-24}{"nodes",8}{"pods",8}{"looked at/pod",15}{"ns/node",9}{"pods/s",10}{"B/pod",8}");
        foreach (var nodes in new[] { 500, 1_000, 5_000 })
        {
            Run("fits everywhere", nodes, pods: 10_000, Pod("100m", "200Mi"));
            Run("half the nodes tainted", nodes, pods: 10_000, Pod("100m", "200Mi"), taintEvery: 2);
            Run("node selector, half fit", nodes, pods: 10_000, Pod("100m", "200Mi") with { NodeSelector = ValueMap<string>.Empty.With("half", "0") });
            Run("fits nowhere", nodes, pods: 1_000, Pod("100", "200Mi"));
        }

        return Task.CompletedTask;
    });

    private static void Run(string name, int nodes, int pods, PodSpec spec, int taintEvery = 0)
    {
        // The first run is for the compiler.
        Measure(nodes, Math.Min(pods, 2_000), spec, taintEvery);
        var (time, lookedAt, bytes) = Measure(nodes, pods, spec, taintEvery);
        Console.WriteLine(
            $"{name,-24}{nodes,8}{pods,8}{(double)lookedAt / pods,15:F0}{time.TotalNanoseconds / lookedAt,9:F1}{pods / time.TotalSeconds,10:F0}{bytes / pods,8}");
    }

    private static (TimeSpan Time, long LookedAt, long Bytes) Measure(int nodes, int pods, PodSpec spec, int taintEvery)
    {
        var profile = SchedulingProfile.Default();
        var algorithm = new SchedulingAlgorithm(profile, new NodeSampling(100, 5), new Chance(1));
        var queue = new SchedulingQueue(new SchedulingQueueSettings(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)), profile.PreEnqueue);
        var cache = new NodeCache();
        for (var i = 0; i < nodes; i++) cache.SetNode(Node(i, taintEvery > 0 && i % taintEvery == 0));
        Pod[] waiting = [.. Enumerable.Range(0, pods).Select(i => new Pod { Metadata = new ObjectMeta { Name = $"p{i}", Uid = $"u{i}" }, Spec = spec })];
        _ = cache.Nodes.Length;
        var (now, lookedAt) = (DateTimeOffset.UnixEpoch, 0L);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        foreach (var pod in waiting) queue.AddOrUpdate(pod, default, now);
        while (queue.TryPop(out var pod))
        {
            var decision = algorithm.Schedule(pod.Info, cache.Nodes);
            lookedAt += decision.NodesLookedAt;
            if (decision.Node is { } node)
            {
                cache.Assume(pod.Info, node);
                cache.SetPod(pod.Info.Pod with { Spec = spec with { NodeName = node.Name } });
                queue.Remove(pod.Uid);
            }
            else
            {
                queue.ReturnUnschedulable(pod, decision.HelpedBy, now);
            }
        }

        return (watch.Elapsed, lookedAt, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private static PodSpec Pod(string cpu, string memory) => new()
    {
        Containers =
        [
            new Container
            {
                Name = "main",
                Resources = new ResourceRequirements
                {
                    Requests = ValueMap<Quantity>.Empty.With("cpu", Quantity.Parse(cpu)).With("memory", Quantity.Parse(memory)),
                },
            },
        ],
        Tolerations =
        [
            new Toleration { Key = "node.kubernetes.io/not-ready", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 },
            new Toleration { Key = "node.kubernetes.io/unreachable", Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 },
        ],
    };

    private static Node Node(int number, bool tainted) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = $"node-{number}",
            Uid = $"node-{number}",
            Labels = ValueMap<string>.Empty.With("kubernetes.io/hostname", $"node-{number}").With("half", (number % 2).ToString()),
        },
        Spec = new NodeSpec { Taints = tainted ? [new Taint { Key = "dedicated", Value = "other", Effect = "NoSchedule" }] : [] },
        Status = new NodeStatus
        {
            Allocatable = ValueMap<Quantity>.Empty
                .With("cpu", Quantity.Parse("32")).With("memory", Quantity.Parse("256Gi")).With("pods", Quantity.Parse("110")),
        },
    };
}
