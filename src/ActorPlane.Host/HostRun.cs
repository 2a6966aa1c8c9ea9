using ActorPlane.Host.Live;
using ActorPlane.Host.Manifests;
using ActorPlane.Host.Tour;
using ActorPlane.Settings;
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
            var capacity = HostNodes.Parse(options);
            var manifests = options.Apply.Count > 0
                ? ManifestLoader.Load(options.Apply, Console.In)
                : ManifestLoader.LoadText("the bundled manifest", TourManifest.Open());
            var console = ConsoleFor(options);
            if (options.Simulate is { } duration) return await SimulatedRun.Run(options, user, capacity, manifests, duration, console, stop);
            return options.Apply.Count > 0
                ? await LiveRun.Apply(options, user, capacity, manifests, console, stop)
                : await LiveRun.Tour(options, user, capacity, manifests, console, stop);
        }
        catch (Exception e) when (e is ManifestException or SettingsException)
        {
            await Console.Error.WriteLineAsync($"actorplane: {e.Message}");
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Converged;
        }
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
