using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorPlane.Host.EtcdWire;
using ActorPlane.Host.EtcdWire.Protos;
using Google.Protobuf;

namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>The host in a process of its own: no nodes, etcd's store in a directory and served on a free port.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: marker\ndata:\n  a: b\n";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    private HostProcess(Process process, IPEndPoint endPoint, Action<string> log)
    {
        (_process, EndPoint, Client) = (process, endPoint, new WireClient(endPoint));
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            _errors.Enqueue(line.Data);
            log(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it serves etcd's protocol.</summary>
    public IPEndPoint EndPoint { get; }

    public WireClient Client { get; }

    /// <summary>What it said on its error stream so far, by lines.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    public bool HasExited => _process.HasExited;

    /// <param name="directory">For the configuration and the manifest.</param>
    /// <param name="log">Gets each line of the error stream.</param>
    /// <param name="config">HOCON over the defaults.</param>
    /// <param name="dataDirectory">Holds etcd.db; "data" in <paramref name="directory"/> unless given.</param>
    public static HostProcess Start(string directory, Action<string> log, string config = "", string? dataDirectory = null)
    {
        var (manifest, settings) = (Path.Combine(directory, "manifest.yaml"), Path.Combine(directory, "settings.conf"));
        File.WriteAllText(manifest, Manifest);
        File.WriteAllText(settings, config);
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
                 {
                     typeof(EtcdWireServer).Assembly.Location, "--nodes", "0", "--apply", manifest, "--config", settings, "--trace", "off",
                     "--data-dir", dataDirectory ?? Path.Combine(directory, "data"), "--etcd-listen", endPoint.ToString(), "--etcd-unsafe-writes",
                 })
            start.ArgumentList.Add(argument);
        return new HostProcess(Process.Start(start)!, endPoint, log);
    }

    /// <summary>Waits until the store answers.</summary>
    public Task ReadyAsync() => ReadyAsync(() => Client.CallAsync("KV/Range", new RangeRequest { Key = ByteString.CopyFromUtf8("a") }, RangeResponse.Parser));

    /// <summary>Calls until the store answers; fails with the last error when it has not within a minute, or the process ended.</summary>
    public Task<T> ReadyAsync<T>(Func<Task<T>> call) => RetryAsync(call, static error => error is HttpRequestException or WireException);

    /// <summary>Calls until anything answers, be it a refusal; fails when nothing has within a minute, or the process ended.</summary>
    public Task<T> ListeningAsync<T>(Func<Task<T>> call) => RetryAsync(call, static error => error is HttpRequestException);

    /// <summary>Waits for a line on the error stream that contains this text.</summary>
    public async Task<string> ErrorAsync(string text)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if (_errors.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found) return found;
            await Task.Delay(50);
        }
        throw new TimeoutException($"'{text}' was never said; but: {string.Join('\n', Errors)}");
    }

    /// <summary>Ends the process with SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
        _process.Dispose();
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> call, Func<Exception, bool> passes)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception error) when (passes(error) && attempt < 1200 && !HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
