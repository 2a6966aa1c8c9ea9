using System.Diagnostics;

namespace ActorPlane.Host.Tests.Kubectl;

/// <summary>Runs the real kubectl against a cluster, in a namespace of its own.</summary>
internal sealed class Kubectl(string kubeconfig, string @namespace)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>kubectl 1.32 if there is a choice, or null.</summary>
    public static string? Path { get; } = new[] { "kubectl.1.32", "kubectl" }.Select(Find).FirstOrDefault(file => file is not null);

    /// <summary>Standard output; a failure is a failed test that shows what kubectl said.</summary>
    public async Task<string> Run(string arguments, string input = "", string? editor = null)
    {
        var (code, output, error) = await Try(arguments, input, editor);
        Assert.True(code == 0, $"kubectl {arguments} ended with {code}: {error}{output}");
        return output.Trim();
    }

    /// <summary>Standard error of what must fail.</summary>
    public async Task<string> Fails(string arguments, string input = "")
    {
        var (code, output, error) = await Try(arguments, input, null);
        Assert.True(code != 0, $"kubectl {arguments} did not fail: {output}");
        return error.Trim();
    }

    /// <summary>Exit code, standard output, standard error.</summary>
    public async Task<(int Code, string Output, string Error)> Try(string arguments, string input = "", string? editor = null)
    {
        using var process = Start(arguments, editor);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"kubectl {arguments} did not end: {await output}{await error}");
        }

        return (process.ExitCode, await output, await error);
    }

    /// <summary>The lines of a command that ends by itself, well; each is shown to <paramref name="onLine"/> as it comes.</summary>
    public async Task<IReadOnlyList<string>> ReadAll(string arguments, Func<string, Task> onLine)
    {
        using var process = Start(arguments, null);
        using var limit = new CancellationTokenSource(Limit);
        var error = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                lines.Add(line);
                await onLine(line);
            }

            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"kubectl {arguments} did not end: {string.Join('\n', lines)}{await error}");
        }

        Assert.True(process.ExitCode == 0, $"kubectl {arguments} ended with {process.ExitCode}: {await error}{string.Join('\n', lines)}");
        return lines;
    }

    /// <summary>The lines up to the one that is waited for; then kubectl is ended.</summary>
    public async Task<IReadOnlyList<string>> ReadUntil(string arguments, Func<string, Task<bool>> isLast)
    {
        using var process = Start(arguments, null);
        using var limit = new CancellationTokenSource(Limit);
        var lines = new List<string>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                lines.Add(line);
                if (await isLast(line)) return lines;
            }
        }
        finally
        {
            process.Kill();
        }

        throw new InvalidOperationException($"kubectl {arguments} ended: {string.Join('\n', lines)}");
    }

    private Process Start(string arguments, string? editor)
    {
        var start = new ProcessStartInfo(Path!) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["KUBECONFIG"] = kubeconfig;
        start.Environment["HOME"] = System.IO.Path.GetDirectoryName(kubeconfig);
        if (editor is not null) start.Environment["KUBE_EDITOR"] = editor;

        // A no-break space stands for one inside an argument.
        foreach (var argument in arguments.Split(' ')) start.ArgumentList.Add(argument.Replace('\u00a0', ' '));
        start.ArgumentList.Add("--namespace=" + @namespace);
        return Process.Start(start)!;
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Select(directory => System.IO.Path.Combine(directory, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);
}
