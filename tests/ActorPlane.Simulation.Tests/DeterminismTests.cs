using System.Diagnostics;
using ActorPlane.Simulation.Tests.Gossip;

namespace ActorPlane.Simulation.Tests;

public sealed class DeterminismTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(20);

    [Fact]
    public void A_seed_gives_the_same_run_again_and_again()
    {
        var runs = Enumerable.Range(0, 3).Select(_ => GossipWorld.Run(seed: 7, actors: 200, Duration)).ToArray();

        Assert.True(runs[0].Messages > 10_000, $"Only {runs[0].Messages} messages were sent: that proves nothing.");
        Assert.All(runs, run => Assert.Equal(runs[0].Hash, run.Hash));
    }

    [Fact]
    public async Task A_seed_gives_the_same_run_in_every_process()
    {
        var here = GossipWorld.Run(seed: 7, actors: 200, Duration);

        var processes = await Task.WhenAll(InProcess(7), InProcess(7), InProcess(8));

        Assert.Equal($"{here.Hash} {here.Messages}", processes[0]);
        Assert.Equal(processes[0], processes[1]);
        Assert.NotEqual(processes[0], processes[2]);
    }

    [Fact]
    public void Each_of_twenty_seeds_gives_another_run()
    {
        var hashes = Enumerable.Range(1, 20).Select(seed => GossipWorld.Run(seed, actors: 50, Duration).Hash).ToArray();

        Assert.Equal(20, hashes.Distinct().Count());
    }

    [Fact]
    public void The_order_of_running_matters_and_is_replayed_too()
    {
        var seeded = GossipWorld.Run(seed: 3, actors: 100, Duration);
        var fifo = GossipWorld.Run(seed: 3, actors: 100, Duration, RunOrder.FirstInFirstOut);

        Assert.NotEqual(seeded.Hash, fifo.Hash);
        Assert.Equal(fifo.Hash, GossipWorld.Run(seed: 3, actors: 100, Duration, RunOrder.FirstInFirstOut).Hash);
    }

    [Fact]
    public void Work_on_other_threads_does_not_change_a_run()
    {
        var alone = GossipWorld.Run(seed: 11, actors: 100, Duration);
        using var stop = new CancellationTokenSource();
        var busy = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Burn(stop.Token))).ToArray();
        try
        {
            Assert.Equal(alone.Hash, GossipWorld.Run(seed: 11, actors: 100, Duration).Hash);
        }
        finally
        {
            stop.Cancel();
            Task.WaitAll(busy);
        }
    }

    private static async Task<string> InProcess(long seed)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(GossipWorld).Assembly.Location, "gossip", $"{seed}", "200", $"{Duration.TotalMinutes}"]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output.Trim();
    }

    private static void Burn(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) GC.KeepAlive(new byte[1024]);
    }
}
