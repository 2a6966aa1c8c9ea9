using System.Diagnostics;
using System.Net;
using ActorPlane.Etcd;
using ActorPlane.Host.EtcdWire;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Settings;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>A store on the in-memory journal, served on a free port.</summary>
public sealed class WireFixture : IAsyncLifetime
{
    private static int _systems;
    private EtcdWireServer? _server;

    public WireFixture() => System = ActorSystem.Create($"etcd-wire-{Interlocked.Increment(ref _systems)}", ConfigurationFactory.ParseString(
        """
        akka.loglevel = OFF
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        actorplane.etcd.backoff { min = 10ms, max = 20ms }
        """).WithFallback(ClusterConfig.Reference));

    public static string? Etcdctl { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? "etcdctl.exe" : "etcdctl")).FirstOrDefault(File.Exists);

    public ActorSystem System { get; }

    public IActorRef Etcd { get; private set; } = ActorRefs.Nobody;

    public IPEndPoint EndPoint => _server!.EndPoint;

    public async Task InitializeAsync()
    {
        var settings = EtcdSettings.From(System.Settings.Config);
        Etcd = System.ActorOf(EtcdSupervisor.PropsFor(settings), EtcdSupervisor.Name);
        _server = await EtcdWireServer.StartAsync(System, new IPEndPoint(IPAddress.Loopback, 0), settings.Limits.MaxRequestBytes, unsafeWrites: false);
        await UntilItServes();
    }

    // The store recovers first, and the server connects to it after that: until then every call is "no leader".
    private async Task UntilItServes()
    {
        using var client = new WireClient(EndPoint);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await client.CallAsync("KV/Range", new RangeRequest { Key = Google.Protobuf.ByteString.CopyFromUtf8("any") }, RangeResponse.Parser);
                return;
            }
            catch (WireException error) when (error.Status == 14 && attempt < 1000)
            {
                await Task.Delay(10);
            }
        }
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        await System.Terminate();
    }

    /// <summary>Starts etcdctl against this server.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Etcdctl!) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["ETCDCTL_API"] = "3";
        start.ArgumentList.Add($"--endpoints={EndPoint}");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs etcdctl to its end; the result is its standard output, or with an exit code other than 0 its error.</summary>
    public async Task<string> RunAsync(string arguments, string input = "")
    {
        using var process = Start(arguments.Split(' '));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (await output).Trim() : $"exit {process.ExitCode}: {await error}";
    }
}
