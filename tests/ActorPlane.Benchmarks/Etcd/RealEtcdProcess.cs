using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Host.Tests.EtcdWire;
using Google.Protobuf;

namespace ActorPlane.Benchmarks.Etcd;

/// <summary>Debian's etcd on a free port, with its data beside ours.</summary>
internal sealed class RealEtcdProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _directory;

    private RealEtcdProcess(Process process, string directory, IPEndPoint endPoint) => (_process, _directory, EndPoint) = (process, directory, endPoint);

    public IPEndPoint EndPoint { get; }

    public static async Task<RealEtcdProcess> StartAsync(string parent)
    {
        var directory = Path.Combine(parent, $"real-etcd-{Environment.ProcessId}");
        var (client, peer) = (FreePort(), FreePort());
        var start = new ProcessStartInfo("etcd") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[]
                 {
                     "--data-dir", directory, "--listen-client-urls", $"http://127.0.0.1:{client}", "--advertise-client-urls",
                     $"http://127.0.0.1:{client}", "--listen-peer-urls", $"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls",
                     $"http://127.0.0.1:{peer}", "--initial-cluster", $"default=http://127.0.0.1:{peer}",
                 })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var etcd = new RealEtcdProcess(process, directory, new IPEndPoint(IPAddress.Loopback, client));
        using var probe = new WireClient(etcd.EndPoint);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await probe.CallAsync("KV/Range", new RangeRequest { Key = ByteString.CopyFromUtf8("a") }, RangeResponse.Parser);
                return etcd;
            }
            catch (Exception) when (attempt < 600)
            {
                await Task.Delay(100);
            }
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
