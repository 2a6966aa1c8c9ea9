using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.CommandLine;

/// <summary>The executable as it serves: how it ends, and how it comes back.</summary>
public sealed class ServingTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(SignalNumber.Interrupt)]
    [InlineData(SignalNumber.Terminate)]
    public async Task It_ends_at_once_and_without_a_word_of_failure_while_watches_are_open(SignalNumber signal)
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TemporaryFolder();
        using var host = await ServingHost.StartAsync(folder, FreePort());
        var watches = new List<RawHttp>();
        for (var i = 0; i < 50; i++)
        {
            watches.Add(await RawHttp.ConnectAsync(host.Address));
            await watches[^1].Send(HttpBoundsTests.Request("GET", ConfigMaps + "?watch=true"));
            Assert.Equal(200, (await watches[^1].Receive(headOnly: true))!.Code);
        }

        var ended = await host.EndAsync(signal);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.DoesNotContain("xception", ended.Output + ended.Error);
        Assert.Equal("", ended.Error.Trim());

        // Every client is told that it is over.
        foreach (var watch in watches)
        {
            while (await watch.ReceiveLine() is not null)
            {
                // What had come before.
            }

            Assert.True(watch.IsAtEnd);
            watch.Dispose();
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var result = await Task.Run(() => HostProcess.Run("--nodes", "0", "--trace", "off", "--in-memory", "--exit", "--listen", $"127.0.0.1:{port}"));

        Assert.Equal(2, result.ExitCode);
        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"actorplane: --listen cannot listen on 127.0.0.1:{port}", line);
    }

    [Fact]
    public async Task Watches_go_on_where_they_were_after_the_host_came_back_with_its_data()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort();
        string version;
        using (var host = await ServingHost.StartAsync(folder, port))
        {
            using var watch = await RawHttp.ConnectAsync(host.Address);
            await watch.Send(HttpBoundsTests.Request("GET", ConfigMaps + "?watch=true&resourceVersion=0&fieldSelector=metadata.name=before"));
            Assert.Equal(200, (await watch.Receive(headOnly: true))!.Code);
            using var http = await RawHttp.ConnectAsync(host.Address);
            await http.Send(HttpBoundsTests.Post(ConfigMaps, """{"metadata":{"name":"before"}}"""));
            Assert.Equal(201, (await http.Receive())!.Code);
            version = (await NextEvent(watch))!.At("object", "metadata", "resourceVersion")!.AsString!;
            host.Kill();
            Assert.Null(await NextEvent(watch));
        }

        using (var host = await ServingHost.StartAsync(folder, port))
        {
            // As informers do: on from the last version that was seen.
            using var http = await RawHttp.ConnectAsync(host.Address);
            await http.Send(HttpBoundsTests.Request("GET", ConfigMaps + "/before"));
            Assert.Equal(200, (await http.Receive())!.Code);
            using var watch = await RawHttp.ConnectAsync(host.Address);
            await watch.Send(HttpBoundsTests.Request("GET", $"{ConfigMaps}?watch=true&resourceVersion={version}"));
            Assert.Equal(200, (await watch.Receive(headOnly: true))!.Code);
            await http.Send(HttpBoundsTests.Post(ConfigMaps, """{"metadata":{"name":"after"}}"""));
            Assert.Equal(201, (await http.Receive())!.Code);

            // Either it goes on, or it is told to list again: what it is not is told something old.
            var next = await NextEvent(watch);
            while (next?["type"]?.AsString is "ADDED" or "MODIFIED" && next.At("object", "metadata", "name")?.AsString is "kube-root-ca.crt") next = await NextEvent(watch);
            Assert.True(
                next?.At("object", "metadata", "name")?.AsString == "after" || next?.At("object", "reason")?.AsString == "Expired", next?.ToString());
        }
    }

    private static async Task<JsonValue?> NextEvent(RawHttp watch)
    {
        return await watch.ReceiveLine() is { } line ? JsonValue.Parse(line) : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What a terminal or an init system sends.</summary>
    public enum SignalNumber
    {
        /// <summary>Ctrl-C.</summary>
        Interrupt = 2,

        /// <summary>What <c>kill</c> sends.</summary>
        Terminate = 15,
    }

    /// <summary>The host with its data in a folder, until it serves.</summary>
    private sealed class ServingHost : IDisposable
    {
        private readonly HostProcess _process;

        private ServingHost(HostProcess process, Uri address) => (_process, Address) = (process, address);

        public Uri Address { get; }

        public static async Task<ServingHost> StartAsync(TemporaryFolder folder, int port)
        {
            var manifest = folder.Write("marker.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: marker}\n");
            var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var process = HostProcess.Start(
                line => { if (line.Contains("goes on running", StringComparison.Ordinal)) goesOn.TrySetResult(); },
                "--nodes", "0", "--apply", manifest, "--trace", "off", "--data-dir", folder.PathOf("data"), "--listen", $"127.0.0.1:{port}");
            await goesOn.Task.WaitAsync(Patience);
            return new ServingHost(process, new Uri($"http://127.0.0.1:{port}"));
        }

        public void Kill() => _process.Kill();

        public Task<HostResult> EndAsync(SignalNumber signal) => _process.EndAsync((int)signal);

        public void Dispose() => _process.Dispose();
    }
}
