using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorPlane.Host.EtcdWire;
using ActorPlane.Host.EtcdWire.Protos;
using Google.Protobuf;

namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>The option <c>--etcd-listen</c> of the host.</summary>
public sealed class EtcdListenTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actorplane-listen-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_running_cluster_shows_under_Kubernetes_keys_and_cannot_be_written()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endPoint = (IPEndPoint)listener.LocalEndpoint;
        listener.Stop();
        using var host = Start(endPoint.ToString());
        try
        {
            using var client = new WireClient(endPoint);
            var all = new RangeRequest { Key = ByteString.CopyFromUtf8("/registry/"), RangeEnd = ByteString.CopyFromUtf8("/registry0"), KeysOnly = true };
            string[] expected = ["/registry/minions/node-1", "/registry/minions/node-2", "/registry/namespaces/default", "/registry/configmaps/default/marker"];
            var keys = new HashSet<string>();
            for (var attempt = 0; attempt < 1200 && !keys.IsSupersetOf(expected); attempt++)
            {
                try
                {
                    var range = await client.CallAsync("KV/Range", all, RangeResponse.Parser);
                    keys = [.. range.Kvs.Select(keyValue => keyValue.Key.ToStringUtf8())];
                }
                catch (Exception error) when (error is HttpRequestException or WireException && !host.HasExited)
                {
                    // It is starting.
                }
                await Task.Delay(50);
            }
            Assert.Superset(expected.ToHashSet(), keys);
            var put = new PutRequest { Key = ByteString.CopyFromUtf8("/registry/minions/node-1"), Value = ByteString.CopyFromUtf8("x") };
            Assert.Equal(GrpcStatusException.PermissionDenied, (await Assert.ThrowsAsync<WireException>(() => client.CallAsync("KV/Put", put, PutResponse.Parser))).Status);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_and_an_address_that_is_none_are_bad_input()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        foreach (var listen in new[] { listener.LocalEndpoint.ToString()!, "nonsense", "127.0.0.1" })
        {
            using var host = Start(listen);
            var error = await host.StandardError.ReadToEndAsync();
            await host.WaitForExitAsync();
            Assert.Equal(2, host.ExitCode);
            Assert.StartsWith("actorplane: --etcd-listen", error);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    private Process Start(string listen)
    {
        var manifest = Path.Combine(_directory, "manifest.yaml");
        File.WriteAllText(manifest, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: marker\ndata:\n  a: b\n");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
                 {
                     typeof(EtcdWireServer).Assembly.Location, "--nodes", "2", "--apply", manifest, "--trace", "off", "--in-memory", "--etcd-listen", listen,
                 })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
