using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Benchmarks.Cluster;
using ActorPlane.Client;
using Akka.Actor;

namespace ActorPlane.Benchmarks.Http;

/// <summary>
/// Watches over HTTP: 10,000 by <c>spec.nodeName</c> and 100 of all pods, while 1,000 pods change each second. The clients
/// are a process of their own, so that the figures are the server's.
/// </summary>
internal static class WatchBenchmarks
{
    private const string Mark = "written-at";

    public static void AddTo(IDictionary<string, Func<string[], Task>> cases)
    {
        cases["watchers"] = args => Watchers(Number(args, 0, 10_000), Number(args, 1, 100), Number(args, 2, 1_000), Number(args, 3, 10));
        cases["watchers-client"] = args => Follow(Number(args, 0, 0), Number(args, 1, 0), Number(args, 2, 0));
    }

    private static async Task Watchers(int byNode, int ofAll, int changesPerSecond, int seconds)
    {
        ClusterBenchmarks.PrintLoad();
        await using var host = await ApiHost.Start();
        await host.CreatePods(Math.Max(byNode, 1), i => $"node-{i}");
        var pods = host.Snapshot["pods"].Items.Values.Cast<Pod>().ToArray();
        var before = LiveDeployment.LiveBytes();
        using var client = StartClient(host.EndPoint.Port, byNode, ofAll);
        if (await client.StandardOutput.ReadLineAsync() != "open") throw new InvalidOperationException("The watches were not opened.");
        var open = LiveDeployment.LiveBytes();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{byNode} watches by node and {ofAll} of all pods: {(open - before) / (byNode + ofAll)} B each, Kestrel's included"));

        var (cpu, allocated) = (ClusterBenchmarks.Cpu(), GC.GetTotalAllocatedBytes());
        var watch = Stopwatch.StartNew();
        var written = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            for (; written < watch.Elapsed.TotalSeconds * changesPerSecond; written++) Change(host, pods[written % pods.Length]);
            await Task.Delay(5);
        }

        var expected = written * (1 + ofAll);
        await client.StandardInput.WriteLineAsync(expected.ToString(CultureInfo.InvariantCulture));
        var report = await client.StandardOutput.ReadLineAsync();
        cpu = ClusterBenchmarks.Cpu() - cpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{written} changes in {watch.Elapsed.TotalSeconds:F1} s; {report}; server: {cpu.TotalMicroseconds / expected:F2} CPU us and {(GC.GetTotalAllocatedBytes() - allocated) / expected} B allocated for each event told, {cpu.TotalMicroseconds / written:F0} CPU us for each change"));
        client.StandardInput.Close();
        await client.WaitForExitAsync();
    }

    private static void Change(ApiHost host, Pod pod) => host.Operator.Tell(new Operator.Act(client => client.Update(
        "pods",
        pod.WithMetadata(pod.Metadata with { ResourceVersion = null, Annotations = ValueMap<string>.Empty.With(Mark, Stopwatch.GetTimestamp().ToString("d20", CultureInfo.InvariantCulture)) }),
        client.NewCause())));

    private static Process StartClient(int port, int byNode, int ofAll)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        foreach (var argument in new object[] { "watchers-client", port, byNode, ofAll }) start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        return Process.Start(start)!;
    }

    /// <summary>The clients: say "open" when all watches are, and, once told how many events to expect, when they came.</summary>
    private static async Task Follow(int port, int byNode, int ofAll)
    {
        var server = new IPEndPoint(IPAddress.Loopback, port);
        var received = new Received();
        using var opening = new SemaphoreSlim(64);
        var opened = Enumerable.Range(0, byNode + ofAll).Select(async i =>
        {
            await opening.WaitAsync();
            try
            {
                var selector = i < byNode ? $"&fieldSelector=spec.nodeName%3Dnode-{i}" : "";
                var connection = new RawConnection();
                await connection.Connect(server);
                await connection.Begin(RawConnection.Request("GET", $"/api/v1/pods?watch=1&resourceVersion={await Newest.Task}&timeoutSeconds=3600{selector}"));

                // The head of the answer says that the watch is open.
                var buffer = new byte[512];
                if (await connection.Read(buffer) == 0) throw new IOException("A watch was not opened.");
                _ = received.Follow(connection);
            }
            finally
            {
                opening.Release();
            }
        }).ToArray();
        using (var first = new HttpClient())
            Newest.SetResult(JsonValue.Parse(await first.GetByteArrayAsync($"http://localhost:{port}/api/v1/pods?limit=1"))["metadata"]!["resourceVersion"]!.ToString().Trim('"'));
        await Task.WhenAll(opened);
        Console.WriteLine("open");

        var expected = int.Parse(Console.ReadLine()!, CultureInfo.InvariantCulture);
        for (var i = 0; i < 6_000 && received.Count < expected; i++) await Task.Delay(10);
        var latencies = received.Latencies();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{received.Count} of {expected} events told, latency p50 {HttpBenchmarks.Percentile(latencies, 50):F1} ms, p99 {HttpBenchmarks.Percentile(latencies, 99):F1} ms"));
        Console.ReadLine();
    }

    private static readonly TaskCompletionSource<string> Newest = new();

    private static int Number(string[] args, int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>What all watches were told: each event carries the time at which it was written, and all processes share that clock.</summary>
    private sealed class Received
    {
        private static readonly byte[] Before = Encoding.ASCII.GetBytes($"\"{Mark}\":\"");
        private readonly Lock _lock = new();
        private readonly List<long> _latencies = [];

        public int Count
        {
            get
            {
                lock (_lock) return _latencies.Count;
            }
        }

        public long[] Latencies()
        {
            lock (_lock)
            {
                var sorted = _latencies.ToArray();
                Array.Sort(sorted);
                return sorted;
            }
        }

        public async Task Follow(RawConnection connection)
        {
            // The buffer is taken when there is something to read.
            var (rest, chunks) = (Array.Empty<byte>(), new ChunkDecoder());
            while (await connection.Read(Memory<byte>.Empty) == 0)
            {
                var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 * 1024);
                rest.CopyTo(buffer, 0);
                var read = await connection.Read(buffer.AsMemory(rest.Length));
                if (read == 0) return;
                var data = chunks.Decode(buffer.AsSpan(rest.Length, read));
                rest = Take(buffer.AsSpan(0, rest.Length + data), Stopwatch.GetTimestamp());
                System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        private byte[] Take(ReadOnlySpan<byte> data, long now)
        {
            while (data.IndexOf(Before) is >= 0 and var at && data.Length >= at + Before.Length + 20)
            {
                var written = long.Parse(data.Slice(at + Before.Length, 20), CultureInfo.InvariantCulture);
                lock (_lock) _latencies.Add(now - written);
                data = data[(at + Before.Length + 20)..];
            }

            // What may be the beginning of the next mark.
            return data[Math.Max(0, data.Length - Before.Length - 20)..].ToArray();
        }
    }
}
