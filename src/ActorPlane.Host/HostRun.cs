using ActorPlane.ControllerManager;
using ActorPlane.Host.Live;
using ActorPlane.Host.Manifests;
using ActorPlane.Host.Tour;
using ActorPlane.Nodes;
using ActorPlane.Scheduler;
using ActorPlane.Settings;
using Akka.Configuration;
using Spectre.Console;

namespace ActorPlane.Host;

/// <summary>Carries out a command line: checks all input first, then runs the tour, the manifests, or a simulation.</summary>
internal static class HostRun
{
    /// <summary>Returns the process's exit code, one of <see cref="ExitCodes"/>.</summary>
    public static async Task<int> Run(RunOptions options, CancellationToken stop)
    {
        try
        {
            var user = HostConfig.FromUser(options);
            var mostNodes = NodesSettings.Read(ClusterConfig.Over(user)).MaxNodes;
            if (options.Nodes > mostNodes) throw new SettingsException("--nodes", $"must be at most {mostNodes}: actorplane.nodes has no addresses for more");
            var isBundled = options.Simulate is null ? !options.IsOwn && IsWhole(user) : options.Apply.Count == 0;
            var manifests = isBundled ? ManifestLoader.LoadText("the bundled manifest", TourManifest.Open()) : ManifestLoader.Load(options.Apply, Console.In);
            var console = ConsoleFor(options);
            if (options.Simulate is { } duration) return await SimulatedRun.Run(options, user, manifests, duration, console, stop);
            return isBundled
                ? await LiveRun.Tour(options, user, manifests, console, stop)
                : await LiveRun.Apply(options, user, manifests, console, stop);
        }
        catch (Exception e) when (e is InputFileException or SettingsException)
        {
            await Console.Error.WriteLineAsync($"actorplane: {e.Message}");
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Converged;
        }
    }

    // The tour needs all of a cluster; with parts of it turned off, what there is runs and is served.
    private static bool IsWhole(Config user)
    {
        var config = ClusterConfig.Over(user);
        return SchedulerSettings.Read(config).Enabled && ControllerSettings.Read(config).Controllers.IsAll;
    }

    // With JSON lines on standard output, what is said to the person goes to standard error.
    private static IAnsiConsole ConsoleFor(RunOptions options)
    {
        var isError = options.Trace == TraceMode.JsonLines;
        var isRedirected = isError ? Console.IsErrorRedirected : Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(isError ? Console.Error : Console.Out),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        // A file or pipe has no width: lines are not to be broken there.
        if (isRedirected) console.Profile.Width = 160;
        return console;
    }
}
