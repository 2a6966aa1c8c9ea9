using System.Collections.Frozen;
using System.Diagnostics;
using ActorPlane.Host.Manifests;
using ActorPlane.Host.Trace;
using ActorPlane.Simulation;
using ActorPlane.Tracing;
using Akka.Configuration;
using Spectre.Console;

namespace ActorPlane.Host;

/// <summary>A run in virtual time: as fast as it goes, and the same again for the same seed.</summary>
internal static class SimulatedRun
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>Boots the nodes, applies the manifests, and runs on until <paramref name="duration"/> of virtual time is over.</summary>
    public static async Task<int> Run(
        RunOptions options, Config user, IReadOnlyList<ManifestObject> manifests, TimeSpan duration, IAnsiConsole console, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        using var simulation = Simulation.Simulation.Start(OptionsFor(user));
        using var lines = options.Trace == TraceMode.JsonLines ? new JsonLinesOutput(options.TraceFilter) : null;
        await using var printed = options.Trace is TraceMode.Console or TraceMode.Full
            ? new ConsoleTraceSink(console, VirtualTimeScheduler.Start, options.TraceFilter, options.Trace == TraceMode.Full)
            : null;
        Tracer.Of(simulation.System).Sink = (ITraceSink?)lines?.Sink ?? printed;

        var plane = ControlPlane.Start(simulation.System);
        for (var i = 1; i <= options.Nodes; i++) plane.AddNode($"node-{i}");
        var applied = ManifestApplier.Apply(plane, manifests);
        while (simulation.Elapsed < duration && !stop.IsCancellationRequested)
        {
            simulation.RunFor(TimeSpan.FromTicks(Math.Min(Step.Ticks, (duration - simulation.Elapsed).Ticks)));
            if (applied.IsFaulted) await applied;
            if (printed is not null) await printed.Flush();
        }

        var missing = applied.IsCompleted ? Convergence.Missing(plane.Snapshot, options.Nodes, ended: FrozenSet<string>.Empty) : "the manifests are not applied yet";
        if (applied.IsCompletedSuccessfully)
        {
            foreach (var line in applied.Result) console.WriteLine(line);
        }

        ClusterTables.Print(console, plane);
        console.MarkupLineInterpolated($"{simulation.Elapsed} of virtual time in {watch.Elapsed.TotalSeconds:F2} s, {simulation.Steps} messages, seed {ClusterSeed.Of(simulation.System).Value}.");
        console.MarkupLine(missing is null ? "[green]Everything converged.[/]" : $"[red]Not converged:[/] {Markup.Escape(missing)}.");
        return missing is null ? ExitCodes.Converged : ExitCodes.Failed;
    }

    private static SimulationOptions OptionsFor(Config user)
    {
        var seed = Settings.SettingsReader.For(Settings.ClusterConfig.Over(user), "actorplane").Int64("seed");
        return new SimulationOptions { Seed = seed, Config = ConfigurationFactory.ParseString("akka.loglevel = WARNING").WithFallback(user) };
    }
}
