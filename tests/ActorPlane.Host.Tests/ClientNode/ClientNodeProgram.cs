using System.Diagnostics;
using System.Text.Json;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientNode;

/// <summary>
/// Runs <c>tests/client-node/scenarios.mjs</c>, which drives the official JavaScript client, once for all tests; each of
/// its scenarios is a test of its own.
/// </summary>
public sealed class ClientNodeProgram(HttpFixture cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private string _output = "";

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Missing { get; } = Directory is null
        ? "the folder tests/client-node is not there"
        : Find("node") is null
            ? "node is not installed"
            : File.Exists(Path.Combine(Directory, "node_modules", "@kubernetes", "client-node", "package.json"))
                ? null
                : "the client is not installed: run npm ci in tests/client-node";

    /// <summary>What went wrong in each scenario, or null.</summary>
    public Dictionary<string, string?> Errors { get; } = [];

    /// <summary>What the program said, for the message of a failed test.</summary>
    public string Output => _output;

    private static string? Directory
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "ActorPlane.sln"))) return Path.Combine(folder.FullName, "tests", "client-node");
            }

            return null;
        }
    }

    public async Task InitializeAsync()
    {
        if (Missing is not null) return;
        var start = new ProcessStartInfo(Find("node")!) { WorkingDirectory = Directory!, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("scenarios.mjs");
        start.ArgumentList.Add(cluster.Address.ToString());
        start.Environment["WINDOW_EVENTS"] = $"{HttpFixture.WindowEvents}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        foreach (var line in (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var result = JsonDocument.Parse(line);
            Errors.Add(result.RootElement.GetProperty("scenario").GetString()!, result.RootElement.GetProperty("error").GetString());
        }

        _output = await output + await error;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);
}
