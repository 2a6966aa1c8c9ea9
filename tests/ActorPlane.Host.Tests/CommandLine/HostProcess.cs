using System.Diagnostics;
using System.Text;

namespace ActorPlane.Host.Tests.CommandLine;

/// <summary>The executable, run as its user runs it: in a process of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    // No test asks how long a run takes: this ends those that hang.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly Task<string> _error;

    private HostProcess(IReadOnlyList<string> arguments, string? input, Action<string>? onLine)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ActorPlane.Host.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
        _output = ReadAll(_process.StandardOutput.BaseStream, onLine);
        if (input is not null) _process.StandardInput.Write(input);
        _process.StandardInput.Close();
    }

    /// <summary>Runs it to its end.</summary>
    public static HostResult Run(params string[] arguments) => RunWith(null, arguments);

    /// <summary>Runs it to its end, with a text on its standard input.</summary>
    public static HostResult RunWith(string? input, params string[] arguments)
    {
        using var process = new HostProcess(arguments, input, null);
        if (!process._process.WaitForExit(Patience)) throw new TimeoutException($"The host did not end within {Patience}: {string.Join(' ', arguments)}");
        return process.Result();
    }

    /// <summary>Starts it; <paramref name="onLine"/> is told each line of its standard output as soon as it is whole.</summary>
    public static HostProcess Start(Action<string> onLine, params string[] arguments) => new(arguments, null, onLine);

    /// <summary>Ends it as SIGKILL does, and returns when it is gone and its output is read to the end.</summary>
    public HostResult Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        return Result();
    }

    /// <summary>Sends it a signal, and returns when it is gone and its output is read to the end.</summary>
    public async Task<HostResult> EndAsync(int signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"])) await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return Result();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private HostResult Result() => new(_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());

    private static async Task<byte[]> ReadAll(Stream stream, Action<string>? onLine)
    {
        var all = new MemoryStream();
        var line = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
            if (onLine is null) continue;
            foreach (var one in buffer.AsSpan(0, count))
            {
                if (one != '\n')
                {
                    line.WriteByte(one);
                    continue;
                }

                onLine(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
                line.SetLength(0);
            }
        }

        return all.ToArray();
    }
}
