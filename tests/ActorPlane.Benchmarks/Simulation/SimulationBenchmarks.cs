using System.Diagnostics;
using System.Globalization;
using ActorPlane.Simulation;
using ActorPlane.Simulation.Tests.Gossip;

namespace ActorPlane.Benchmarks.Simulation;

/// <summary>
/// 1,000 actors that gossip at random, with timers, stops, restarts and asks, for an hour of virtual time: how many messages a
/// second, and whether a seed gives the same run each time. Goal: 2 million messages a second. Each run prints its hash;
/// <c>simulation check</c> runs one seed in 20 processes, every other one beside a busy machine, and compares.
/// </summary>
internal static class SimulationBenchmarks
{
    private const int Actors = 1000;
    private static readonly TimeSpan Duration = TimeSpan.FromHours(1);

    public static void AddTo(IDictionary<string, Func<string[], Task>> cases) => cases.Add("simulation", async arguments =>
    {
        if (arguments is ["check"]) await Check();
        else if (arguments is [var seed] && long.TryParse(seed, CultureInfo.InvariantCulture, out var one)) Run(one);
        else
        {
            for (var i = 1; i <= 20; i++) Run(i);
        }
    });

    private static void Run(long seed)
    {
        var watch = Stopwatch.StartNew();
        var log = GossipWorld.Run(seed, Actors, Duration, RunOrder.Seeded);
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"seed {seed,3}  hash {log.Hash}  {log.Messages,9} messages  {log.Messages / seconds / 1e6,5:F2} M/s  {seconds:F2} s"));
    }

    private static async Task Check()
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        for (var run = 1; run <= 20; run++)
        {
            using var stop = new CancellationTokenSource();
            Task[] load = run % 2 == 0 ? [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => Burn(stop.Token), CancellationToken.None))] : [];
            using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
            {
                ArgumentList = { typeof(SimulationBenchmarks).Assembly.Location, "simulation", "1" }, RedirectStandardOutput = true,
            })!;
            var line = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            await stop.CancelAsync();
            await Task.WhenAll(load);
            Console.Write($"process {run,2}, machine {(run % 2 == 0 ? "busy" : "idle")}: {line}");
            hashes.Add(line.Split("hash ")[1][..16]);
        }

        Console.WriteLine(hashes.Count == 1 ? "20 processes, one hash." : $"DIFFERENT: {hashes.Count} hashes.");
    }

    private static void Burn(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) GC.KeepAlive(new byte[1024]);
    }
}
