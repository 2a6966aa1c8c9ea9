using System.Diagnostics;
using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Client;
using ActorPlane.Settings;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane.Benchmarks.Cluster;

/// <summary>
/// A cluster in real time, as the host runs it with <c>--in-memory --speed 1</c> and <c>hocon/no-delay.conf</c>, and one
/// Deployment applied to it.
/// </summary>
internal static class LiveDeployment
{
    private const string Name = "big";

    // Of the first run: later ones still find some of the one before, until its threads turn to other things.
    private static long? _bytesAtStart;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<LiveDeploymentResult> Run(int nodes, int pods, LiveDeploymentOptions options)
    {
        using var system = ActorSystem.Create("actorplane", ClusterConfig.Over(ConfigOf(options)));
        var plane = ControlPlane.Start(system);
        await Until(() => plane.Snapshot.Revision > 0, () => "the API server is not ready");
        _bytesAtStart ??= LiveBytes();

        var boot = Stopwatch.StartNew();
        for (var i = 0; i < nodes; i++) plane.AddNode($"node-{i}", "32", "256Gi");
        await Until(
            () => plane.List<Node>("nodes").Count(IsReady) == nodes,
            () => $"{plane.List<Node>("nodes").Count(IsReady)} of {nodes} nodes are ready, {plane.List<Node>("nodes").Count} have joined");
        boot.Stop();
        var bytesWithNodes = LiveBytes();

        if (options.PlaceInTurn) system.ActorOf(TurnBinder.PropsFor(plane.ApiServer, nodes), "turn-binder");
        var cpu = ClusterBenchmarks.Cpu();
        var watch = Stopwatch.StartNew();
        plane.Operator.Tell(new Operator.Act(client => client.Create("deployments.apps", DeploymentOf(pods, options), client.NewCause())));
        await Until(
            () => plane.List<Deployment>("deployments.apps").Any(deployment => deployment.Status.AvailableReplicas == pods),
            () => string.Join(", ", plane.List<Pod>("pods").GroupBy(pod => $"{pod.Status.Phase} {(pod.Spec.NodeName is null ? "unbound" : "bound")}").Select(group => $"{group.Count()} {group.Key}"))
                + $"; {plane.List<Deployment>("deployments.apps").FirstOrDefault()?.Status}");
        watch.Stop();
        cpu = ClusterBenchmarks.Cpu() - cpu;
        if (plane.List<Pod>("pods").Count(pod => pod.Status.Phase == "Running") != pods) throw new InvalidOperationException("Not every pod is Running.");
        var bytesWithPods = LiveBytes();
        await Settle(plane, nodes);
        await Compact(system, plane, nodes);
        var bytesCompacted = LiveBytes();

        using var process = Process.GetCurrentProcess();
        var result = new LiveDeploymentResult(
            nodes, pods, boot.Elapsed, watch.Elapsed, cpu, (bytesWithNodes - _bytesAtStart.Value) / nodes, (bytesWithPods - bytesWithNodes) / pods,
            (bytesCompacted - bytesWithNodes) / pods, process.PeakWorkingSet64 >> 20);
        await system.Terminate();
        return result;
    }

    /// <summary>Waits until little but leases is written: the Events about the pods come after them.</summary>
    private static async Task Settle(ControlPlane plane, int nodes)
    {
        for (var second = 0; second < Limit.TotalSeconds; second++)
        {
            var revision = plane.Snapshot.Revision;
            await Task.Delay(TimeSpan.FromSeconds(1));
            if (plane.Snapshot.Revision - revision < nodes / 5) return;
        }
    }

    /// <summary>Forgets history, as etcd and the API server do by themselves after one to ten minutes.</summary>
    private static async Task Compact(ActorSystem system, ControlPlane plane, int nodes)
    {
        var done = new TaskCompletionSource();
        system.ActorOf(Props.Create(() => new Compactor(plane.Etcd, plane.Snapshot.Revision, done)));
        await done.Task.WaitAsync(Limit);

        // The store lets go of it with its next writes, of leases for instance, and the journal after two snapshots.
        var revision = plane.Snapshot.Revision;
        await Until(() => plane.Snapshot.Revision > revision + Math.Min(250, nodes / 4), () => "no lease is renewed");
    }

    private static Config ConfigOf(LiveDeploymentOptions options)
    {
        using var reader = new StreamReader(typeof(LiveDeployment).Assembly.GetManifestResourceStream("no-delay.conf")!);
        var events = ConfigurationFactory.ParseString($$"""
            actorplane.kubelet.pod-events = {{(options.PodEvents ? "on" : "off")}}

            # What is usually forgotten within minutes is forgotten within seconds.
            actorplane.apiserver.watch-window-age = 1s
            actorplane.etcd.snapshot { every-changes = 100, growth = 0 }
            """);
        return events.WithFallback(ConfigurationFactory.ParseString(reader.ReadToEnd())).WithFallback(ConfigurationFactory.ParseString(
            """
            akka {
              loglevel = WARNING
              stdout-loglevel = OFF
              persistence {
                journal.plugin = "akka.persistence.journal.inmem"
                snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
              }
            }
            """));
    }

    private static Deployment DeploymentOf(int pods, LiveDeploymentOptions options) => new()
    {
        Metadata = new ObjectMeta { Name = Name, Namespace = "default" },
        Spec = new DeploymentSpec
        {
            Replicas = pods,
            Selector = new LabelSelector { MatchLabels = ValueMap<string>.Empty.With("app", Name) },
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = ValueMap<string>.Empty.With("app", Name) },
                Spec = new PodSpec
                {
                    SchedulerName = options.PlaceInTurn ? TurnBinder.SchedulerName : null,
                    Containers =
                    [
                        new Container
                        {
                            Name = "main",
                            Image = "nginx:1.27",
                            Resources = new ResourceRequirements
                            {
                                Requests = ValueMap<Quantity>.Empty.With("cpu", Quantity.Parse("100m")).With("memory", Quantity.Parse("100Mi")),
                            },
                        },
                    ],
                },
            },
        },
    };

    private static async Task Until(Func<bool> condition, Func<string> missing)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Limit) throw new TimeoutException($"The cluster did not converge: {missing()}");
            await Task.Delay(Poll);
        }
    }

    private static bool IsReady(Node node)
    {
        foreach (var condition in node.Status.Conditions)
        {
            if (condition is { Type: "Ready", Status: "True" }) return true;
        }

        return false;
    }

    internal static long LiveBytes()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
