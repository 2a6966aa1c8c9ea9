using System.Diagnostics;
using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Benchmarks.Cluster;

namespace ActorPlane.Benchmarks.Http;

/// <summary>
/// The API over HTTP on loopback, clients and server in one process. Targets on two cores: 10,000 gets and 5,000 creates
/// a second, p99 of get, create and patch below 50 ms with 16 clients.
/// </summary>
internal static class HttpBenchmarks
{
    private const int Pods = 10_000;

    public static void AddTo(IDictionary<string, Func<string[], Task>> cases)
    {
        cases["http"] = args => Requests(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 2, args.Length > 1 ? args[1] : "");
        WatchBenchmarks.AddTo(cases);
    }

    /// <summary>Get, list of 500, create and patch by 1, 16 and 64 clients, each for some seconds; or one of them.</summary>
    private static async Task Requests(double seconds, string only)
    {
        ClusterBenchmarks.PrintLoad();
        await using var host = await ApiHost.Start();
        await host.CreatePods(Pods, _ => null);
        var created = 0;
        var pod = JsonCodec.ToTree(ApiHost.PodNamed("pod"));
        var cases = new (string Name, Func<int, byte[]> Request)[]
        {
            ("get", i => RawConnection.Request("GET", $"/api/v1/namespaces/default/pods/pod-{i % Pods}")),
            ("list 500", i => RawConnection.Request("GET", "/api/v1/pods?limit=500")),
            ("create", i => RawConnection.Request("POST", "/api/v1/namespaces/default/pods", "application/json",
                pod.With("metadata", pod["metadata"]!.With("name", JsonValue.Of($"made-{Interlocked.Increment(ref created)}"))).ToString())),
            ("patch", i => RawConnection.Request("PATCH", $"/api/v1/namespaces/default/pods/pod-{i % Pods}", "application/strategic-merge-patch+json",
                string.Create(CultureInfo.InvariantCulture, $"{{\"metadata\":{{\"labels\":{{\"turn\":\"{i}\"}}}}}}"))),
        };
        Console.WriteLine($"{"request",-10}{"clients",8}{"requests/s",12}{"p50 ms",9}{"p99 ms",9}{"CPU us",9}{"B allocated",13}{"B answer",10}");
        foreach (var (name, request) in cases)
        {
            if (only.Length > 0 && name != only) continue;
            await Load(host, 16, TimeSpan.FromSeconds(seconds / 2), request);
            foreach (var clients in new[] { 1, 16, 64 })
            {
                var (cpu, allocated) = (ClusterBenchmarks.Cpu(), GC.GetTotalAllocatedBytes());
                var watch = Stopwatch.StartNew();
                var (latencies, bytes) = await Load(host, clients, TimeSpan.FromSeconds(seconds), request);
                var elapsed = watch.Elapsed.TotalSeconds;
                cpu = ClusterBenchmarks.Cpu() - cpu;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-10}{clients,8}{latencies.Length / elapsed,12:F0}{Percentile(latencies, 50),9:F2}{Percentile(latencies, 99),9:F2}{cpu.TotalMicroseconds / latencies.Length,9:F0}{(GC.GetTotalAllocatedBytes() - allocated) / latencies.Length,13}{bytes / latencies.Length,10}"));
            }
        }
    }

    /// <summary>Milliseconds, of sorted ticks of the stopwatch.</summary>
    internal static double Percentile(long[] sorted, int percent) =>
        sorted.Length == 0 ? 0 : Stopwatch.GetElapsedTime(0, sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)]).TotalMilliseconds;

    private static async Task<(long[] Latencies, long Bytes)> Load(ApiHost host, int clients, TimeSpan time, Func<int, byte[]> request)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var next = 0;
        var bytes = 0L;
        var runs = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            using var connection = new RawConnection();
            await connection.Connect(host.EndPoint);
            var latencies = new List<long>();
            while (Stopwatch.GetTimestamp() < end)
            {
                var message = request(Interlocked.Increment(ref next));
                var start = Stopwatch.GetTimestamp();
                var (status, length) = await connection.Send(message);
                latencies.Add(Stopwatch.GetTimestamp() - start);
                Interlocked.Add(ref bytes, length);
                if (status is not (200 or 201)) throw new InvalidOperationException($"The server answered {status}.");
            }

            return latencies;
        })));
        var all = runs.SelectMany(run => run).ToArray();
        Array.Sort(all);
        return (all, bytes);
    }
}
