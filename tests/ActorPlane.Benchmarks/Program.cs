using ActorPlane.Benchmarks.Akka;
using ActorPlane.Benchmarks.Cluster;
using ActorPlane.Benchmarks.Etcd;
using ActorPlane.Benchmarks.Http;
using ActorPlane.Benchmarks.Persistence;
using ActorPlane.Benchmarks.Scheduler;
using ActorPlane.Benchmarks.Simulation;

// The first argument names the case; without one, the names are listed.
var cases = new SortedDictionary<string, Func<string[], Task>>(StringComparer.Ordinal);
AkkaBenchmarks.AddTo(cases);
ClusterBenchmarks.AddTo(cases);
EtcdBenchmarks.AddTo(cases);
HttpBenchmarks.AddTo(cases);
PersistenceBenchmarks.AddTo(cases);
SchedulerBenchmarks.AddTo(cases);
SimulationBenchmarks.AddTo(cases);

if (args.Length == 0 || !cases.TryGetValue(args[0], out var run))
{
    Console.WriteLine("Usage: ActorPlane.Benchmarks <case> [arguments]");
    foreach (var name in cases.Keys)
        Console.WriteLine("  " + name);
    return 1;
}

await run(args[1..]);
return 0;
