using System.Diagnostics;
using System.Globalization;
using ActorPlane.Benchmarks.Http;
using ActorPlane.Simulation;
using Akka.Configuration;

namespace ActorPlane.Benchmarks.Cluster;

/// <summary>
/// Whole clusters: pods of one Deployment from the apply until all are Running, and nodes that only renew their leases.
/// Budgets: 10,000 pods on 1,000 nodes in 10 s, 3 KiB a pod and 10 kB a node with everything that the control plane keeps
/// of them; a day of the leases of 1,000 nodes in 2 minutes, 8 us for each renewal.
/// </summary>
internal static class ClusterBenchmarks
{
    // Lease renewals come each 10 s and up to 4 percent later, drawn evenly.
    private const double RenewalSeconds = 10.2;

    public static void AddTo(IDictionary<string, Func<string[], Task>> cases)
    {
        cases["cluster"] = args => Deploy(Number(args, 0, 1_000), Number(args, 1, 10_000));
        cases["cluster-scaling"] = args => Scaling(Number(args, 0, 10_000));
        cases["pod-memory"] = args => PodMemory(Number(args, 0, 1_000), Number(args, 1, 10_000));
        cases["cluster-leases"] = args => Leases(Number(args, 0, 1_000), Number(args, 1, 24));
    }

    /// <summary>Nodes and pods as in issue and manifest: twice, since the first time pays for the compiler, and then without Events about pods.</summary>
    private static async Task Deploy(int nodes, int pods)
    {
        PrintLoad();
        Console.WriteLine($"{"run",-24}{"nodes",7}{"pods",8}{"nodes s",9}{"pods s",8}{"CPU s",7}{"B/node",8}{"B/pod",7}{"compacted",10}{"peak MB",9}");
        Print("first", await LiveDeployment.Run(nodes, pods, new LiveDeploymentOptions()));
        Print("again", await LiveDeployment.Run(nodes, pods, new LiveDeploymentOptions()));
        Print("without pod Events", await LiveDeployment.Run(nodes, pods, new LiveDeploymentOptions { PodEvents = false }));

        // Measured on two cores with etcd 3.4, and kwok in the role of the nodes.
        Console.WriteLine($"{"real Kubernetes",-24}{1_000,7}{10_000,8}{"",9}{224,8}{431,7}{"",8}{"",7}{"",10}{1_600,9}");

        static void Print(string name, LiveDeploymentResult run) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-24}{run.Nodes,7}{run.Pods,8}{run.BootTime.TotalSeconds,9:F2}{run.PodTime.TotalSeconds,8:F2}{run.PodCpu.TotalSeconds,7:F2}{run.BytesPerNode,8}{run.BytesPerPod,7}{run.BytesPerCompactedPod,10}{run.PeakMegabytes,9}"));
    }

    /// <summary>What a pod costs outside the scheduler in a small and in a large cluster: a stand-in binds pods to nodes in turn.</summary>
    private static async Task Scaling(int pods)
    {
        PrintLoad();

        // Events are left out: on more nodes there are more, since each has to pull the image once.
        var options = new LiveDeploymentOptions { PlaceInTurn = true, PodEvents = false };

        // For the compiler.
        await LiveDeployment.Run(500, pods, options);
        await LiveDeployment.Run(500, pods, options);
        Console.WriteLine($"{"nodes",7}{"pods",8}{"pods s",8}{"CPU us/pod",12}");
        var (small, large) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 5; round++)
        {
            small = Math.Min(small, await CpuPerPod(500));
            large = Math.Min(large, await CpuPerPod(5_000));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"5,000 nodes to 500, the best of five rounds each: {large / small:F2} (at most 1.3)"));

        async Task<double> CpuPerPod(int nodes)
        {
            var run = await LiveDeployment.Run(nodes, pods, options);
            var perPod = run.PodCpu.TotalMicroseconds / pods;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nodes,7}{pods,8}{run.PodTime.TotalSeconds,8:F2}{perPod,12:F0}"));
            return perPod;
        }
    }

    /// <summary>Where the bytes of a pod are: a cluster once without and once with the Events about pods, and before and after history is forgotten.</summary>
    private static async Task PodMemory(int nodes, int pods)
    {
        PrintLoad();
        var stored = await StoredBytes(pods);
        var silent = await LiveDeployment.Run(nodes, pods, new LiveDeploymentOptions { PodEvents = false, PlaceInTurn = true });
        var full = await LiveDeployment.Run(nodes, pods, new LiveDeploymentOptions());
        Console.WriteLine($"bytes a pod, {pods} on {nodes} nodes");
        Print("object, etcd and API server", stored);
        Print("scheduler, controllers, kubelets, actors", silent.BytesPerCompactedPod - stored);
        Print("sum", silent.BytesPerCompactedPod);
        Print("Events", full.BytesPerCompactedPod - silent.BytesPerCompactedPod);
        Print("history, for minutes", full.BytesPerPod - full.BytesPerCompactedPod);

        static void Print(string part, long bytes) => Console.WriteLine($"{part,-42}{bytes,8}");
    }

    /// <summary>Bytes of a pod that is stored and running, where nobody acts on it.</summary>
    private static async Task<long> StoredBytes(int pods)
    {
        await using var host = await ApiHost.Start(isForgetful: true);
        var before = LiveDeployment.LiveBytes();
        await host.CreateRunningPods(pods);
        return (LiveDeployment.LiveBytes() - before) / pods;
    }

    /// <summary>Nodes without pods in virtual time.</summary>
    private static Task Leases(int nodes, int hours)
    {
        PrintLoad();
        using var simulation = ActorPlane.Simulation.Simulation.Start(new SimulationOptions { Config = ConfigurationFactory.ParseString("akka.loglevel = WARNING") });
        var plane = ControlPlane.Start(simulation.System);
        for (var i = 1; i <= nodes; i++) plane.AddNode($"node-{i}", "8", "32Gi");
        simulation.RunFor(TimeSpan.FromMinutes(1));
        var steps = simulation.Steps;
        var (collections, allocated, cpu, watch) = (GC.CollectionCount(0), GC.GetTotalAllocatedBytes(), Cpu(), Stopwatch.StartNew());
        simulation.RunFor(TimeSpan.FromHours(hours));
        var renewals = nodes * hours * 3_600 / RenewalSeconds;
        var time = Cpu() - cpu;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{nodes} nodes, {hours} h: {watch.Elapsed.TotalSeconds:F1} s, {time.TotalSeconds:F1} CPU s; a renewal: {time.TotalMicroseconds / renewals:F2} CPU us, {(simulation.Steps - steps) / renewals:F1} messages, {(GC.GetTotalAllocatedBytes() - allocated) / renewals:F0} B allocated; {GC.CollectionCount(0) - collections} collections, {GC.GetTotalMemory(true) >> 20} MB live"));
        return Task.CompletedTask;
    }

    /// <summary>CPU time of this process so far.</summary>
    internal static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    internal static void PrintLoad()
    {
        if (OperatingSystem.IsLinux()) Console.WriteLine($"{Environment.ProcessorCount} cores; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the start");
    }

    private static int Number(string[] args, int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
}
