using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager;
using ActorPlane.Faults;
using ActorPlane.TestKit;

namespace ActorPlane.Scenarios;

/// <summary>What scenarios do and look at again and again.</summary>
internal static class ClusterSteps
{
    public const string Deployments = "deployments.apps";
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    /// <summary>Creates a pod and waits until it runs.</summary>
    public static Pod StartPod(this SimulatedCluster cluster, Pod pod)
    {
        cluster.Create("pods", pod);
        cluster.WaitUntil(() => cluster.Pod(pod.Metadata.Name!) is { Status.Phase: "Running" }, AMinute, $"pod {pod.Metadata.Name} runs");
        return cluster.Pod(pod.Metadata.Name!)!;
    }

    /// <summary>Creates a Deployment and waits until all its pods are ready.</summary>
    public static void StartDeployment(this SimulatedCluster cluster, Deployment deployment)
    {
        cluster.Create(Deployments, deployment);
        cluster.WaitForReplicas(deployment.Metadata.Name!, deployment.Spec.Replicas!.Value, TimeSpan.FromMinutes(2));
    }

    /// <summary>Waits until a Deployment has exactly so many pods, all of them ready, and says so.</summary>
    public static void WaitForReplicas(this SimulatedCluster cluster, string deployment, int replicas, TimeSpan limit) =>
        cluster.WaitUntil(() => cluster.HasReplicas(deployment, replicas), limit, $"{deployment} has exactly {replicas} ready replicas");

    /// <summary>Whether a Deployment has exactly so many pods, all of them ready, and says so.</summary>
    public static bool HasReplicas(this SimulatedCluster cluster, string deployment, int replicas)
    {
        var active = cluster.ActivePods(deployment);
        return active.Length == replicas && active.All(PodConditions.IsReady)
            && cluster.List<Deployment>(Deployments).SingleOrDefault(item => item.Metadata.Name == deployment) is { } stored
            && stored.Status.ObservedGeneration == stored.Metadata.Generation
            && (stored.Status.AvailableReplicas ?? 0) == replicas && (stored.Status.Replicas ?? 0) == replicas;
    }

    /// <summary>The pods of an app that count as replicas.</summary>
    public static Pod[] ActivePods(this SimulatedCluster cluster, string app) =>
        [.. cluster.Pods().Where(pod => pod.Metadata.Labels["app"] == app && PodConditions.IsActive(pod))];

    /// <summary>The pod of that name in the namespace default, or null.</summary>
    public static Pod? Pod(this SimulatedCluster cluster, string name) => cluster.Pods().SingleOrDefault(pod => pod.Metadata.Name == name);

    /// <summary>The status of a pod's first container; null before there is one.</summary>
    public static ContainerStatus? Container(this SimulatedCluster cluster, string pod) =>
        cluster.Pod(pod)?.Status.ContainerStatuses is [var status, ..] ? status : null;

    public static int Restarts(this SimulatedCluster cluster, string pod) => cluster.Container(pod)?.RestartCount ?? 0;

    /// <summary>How long it takes until something holds.</summary>
    public static TimeSpan TimeUntil(this SimulatedCluster cluster, Func<bool> condition, TimeSpan limit, string what)
    {
        var start = cluster.Simulation.Elapsed;
        cluster.WaitUntil(condition, limit, what);
        return cluster.Simulation.Elapsed - start;
    }

    public static Node Node(this SimulatedCluster cluster, string name) => cluster.Nodes().Single(node => node.Metadata.Name == name);

    /// <summary>The status of a node's condition Ready.</summary>
    public static string? Ready(this SimulatedCluster cluster, string node) =>
        cluster.Node(node).Status.Conditions.Single(condition => condition.Type == "Ready").Status;

    public static IEnumerable<Event> EventsOf(this SimulatedCluster cluster, string name, string reason) =>
        cluster.List<Event>("events").Where(item => item.InvolvedObject.Name == name && item.Reason == reason);

    public static void CrashContainer(this SimulatedCluster cluster, string pod, int exitCode = 1, string reason = "Error") =>
        cluster.Inject((id, cause) => new FaultProtocol.CrashContainer(id, "default", pod, Workloads.ContainerName, exitCode, reason, cause));

    public static void CrashProcess(this SimulatedCluster cluster, string process) =>
        cluster.Inject((id, cause) => new FaultProtocol.CrashProcess(id, process, cause));

    public static void PowerOff(this SimulatedCluster cluster, string node) => cluster.Inject((id, cause) => new FaultProtocol.PowerOff(id, node, cause));

    public static void PowerOn(this SimulatedCluster cluster, string node) => cluster.Inject((id, cause) => new FaultProtocol.PowerOn(id, node, cause));

    public static void SetLink(this SimulatedCluster cluster, string node, bool cut = false, TimeSpan latency = default, double loss = 0) =>
        cluster.Inject((id, cause) => new FaultProtocol.SetLink(id, node, cut, latency, loss, cause));
}
