using System.Diagnostics;
using System.Net;
using ActorPlane.Etcd;
using ActorPlane.Host.EtcdWire;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Host.Tests.EtcdWire;
using ActorPlane.Settings;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using Google.Protobuf;

namespace ActorPlane.Benchmarks.Etcd;

/// <summary>
/// The store beside the real etcd on the same disk in one run. Data goes to the directory named by the first argument,
/// which must be on the disk in question; without it, to the current directory.
/// </summary>
internal static class EtcdBenchmarks
{
    private const int ValueBytes = 256;
    private static readonly EtcdValue Value = EtcdValue.Wrap(new byte[ValueBytes]);
    private static readonly int[] ClientCounts = [1, 64, 1000];

    public static void AddTo(IDictionary<string, Func<string[], Task>> cases)
    {
        cases["etcd-memory-journal"] = _ => MemoryJournal();
        cases["etcd-durable"] = args => Durable(args.FirstOrDefault() ?? ".");
        cases["etcd-range"] = _ => Ranges();
        cases["etcd-watch"] = _ => Watches();
        cases["etcd-recovery"] = args => Recovery(args.FirstOrDefault() ?? ".", args.Length > 1 ? int.Parse(args[1]) : 1_000_000);
        cases["etcd-memory"] = args => Memory(args.Length > 0 ? int.Parse(args[0]) : 1_000_000);
    }

    private static Config InMemory { get; } = ConfigurationFactory.ParseString(
        "akka { loglevel = off, stdout-loglevel = off, persistence.snapshot-store.plugin = \"akka.persistence.snapshot-store.inmem\" }");

    /// <summary>A journal file as the host makes it: in WAL mode.</summary>
    private static Config Sqlite(string file)
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL";
            command.ExecuteNonQuery();
        }
        return SqliteJournal(file);
    }

    private static Config SqliteJournal(string file) => ConfigurationFactory.ParseString(
        $$"""
        akka {
          loglevel = off
          stdout-loglevel = off
          persistence {
            journal {
              plugin = "akka.persistence.journal.sql"
              sql {
                class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                connection-string = "Data Source={{file}}"
                provider-name = "SQLite.MS"
              }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.sql"
              sql {
                class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                connection-string = "Data Source={{file}}"
                provider-name = "SQLite.MS"
              }
            }
          }
        }
        """);

    private static (ActorSystem System, IActorRef Etcd) Start(Config config)
    {
        var system = ActorSystem.Create("benchmark", ClusterConfig.Over(config));
        return (system, system.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(system.Settings.Config)), EtcdSupervisor.Name));
    }

    private static EtcdOp Put(int i, int keys = 100_000) => new EtcdOp.Put(EtcdKey.Of($"key-{i % keys:d8}"), Value);

    private static async Task<double> PerSecond(ActorSystem system, IActorRef etcd, int clients, int commands, Func<int, EtcdOp> op)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = Stopwatch.StartNew();
        var load = system.ActorOf(LoadClient.PropsFor(etcd, clients, commands, op, done));
        await done.Task;
        system.Stop(load);
        return commands / watch.Elapsed.TotalSeconds;
    }

    private static void Report(string what, double perSecond, double real = 0) =>
        Console.WriteLine(real > 0 ? $"{what,-44} {perSecond,12:n0} /s   {perSecond / real:f2} x etcd" : $"{what,-44} {perSecond,12:n0} /s");

    private static async Task MemoryJournal()
    {
        var (system, etcd) = Start(InMemory);
        foreach (var clients in ClientCounts)
        {
            await PerSecond(system, etcd, clients, 100_000, i => Put(i));
            var best = 0.0;
            for (var round = 0; round < 3; round++) best = Math.Max(best, await PerSecond(system, etcd, clients, 300_000, i => Put(i)));
            Report($"in-memory journal, puts, {clients} clients", best);
        }
        await system.Terminate();
    }

    private static async Task Durable(string directory)
    {
        using var etcdProcess = await RealEtcdProcess.StartAsync(directory);
        var file = Path.Combine(directory, $"benchmark-{Environment.ProcessId}.db");
        var (system, etcd) = Start(Sqlite(file));
        await using (var server = await EtcdWireServer.StartAsync(system, new IPEndPoint(IPAddress.Loopback, 0), 1536 * 1024, unsafeWrites: true))
        {
            foreach (var clients in ClientCounts)
            {
                var commands = clients == 1 ? 3_000 : clients == 64 ? 40_000 : 80_000;
                await WirePuts(etcdProcess.EndPoint, clients, commands / 4);
                var real = await WirePuts(etcdProcess.EndPoint, clients, commands);
                Report($"real etcd, wire, durable puts, {clients} clients", real);
                await WirePuts(server.EndPoint, clients, commands / 4);
                Report($"ours, wire, durable puts, {clients} clients", await WirePuts(server.EndPoint, clients, commands), real);
                Report($"ours, actor, durable puts, {clients} clients", await PerSecond(system, etcd, clients, commands * 2, i => Put(i)), real);
            }
        }
        await system.Terminate();
        foreach (var left in Directory.GetFiles(directory, Path.GetFileName(file) + "*")) File.Delete(left);
    }

    private static async Task<double> WirePuts(IPEndPoint endPoint, int clients, int commands)
    {
        // Clients share connections, a hundred on each, as separate processes would not: it favours neither side.
        var connections = Enumerable.Range(0, (clients + 99) / 100).Select(_ => new WireClient(endPoint)).ToArray();
        var value = ByteString.CopyFrom(new byte[ValueBytes]);
        var next = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) <= commands;)
            {
                var request = new PutRequest { Key = ByteString.CopyFromUtf8($"key-{i % 100_000:d8}"), Value = value };
                await connections[client / 100].CallAsync("KV/Put", request, PutResponse.Parser);
            }
        })));
        foreach (var connection in connections) connection.Dispose();
        return commands / watch.Elapsed.TotalSeconds;
    }

    private static async Task Ranges()
    {
        var (system, etcd) = Start(InMemory);
        await PerSecond(system, etcd, 1000, 100_000, i => Put(i));
        for (var round = 0; round < 2; round++)
        {
            Report("range of 1 key", await PerSecond(system, etcd, 64, 500_000, i => new EtcdOp.Range(EtcdKeyRange.Single(EtcdKey.Of($"key-{i % 100_000:d8}")))));
            Report("range of 1,000 keys", await PerSecond(system, etcd, 64, 20_000, i => new EtcdOp.Range(EtcdKeyRange.Prefix(EtcdKey.Of($"key-000{i % 90 + 10:d2}")))));
        }
        await system.Terminate();
    }

    private static async Task Watches()
    {
        foreach (var watches in new[] { 0, 1000, 10_000 })
        {
            var (system, etcd) = Start(InMemory);
            var (ready, done) = (new TaskCompletionSource(), new TaskCompletionSource());
            const int Puts = 300_000;
            if (watches > 0)
            {
                system.ActorOf(WatchingClients.PropsFor(etcd, watches, i => EtcdKeyRange.Prefix(EtcdKey.Of($"prefix-{i:d5}/")), Puts, ready, done));
                await ready.Task;
            }
            var puts = await PerSecond(system, etcd, 64, Puts, i => new EtcdOp.Put(EtcdKey.Of($"prefix-{i % Math.Max(watches, 1000):d5}/{i % 7}"), Value));
            if (watches > 0) await done.Task;
            Report($"puts, {watches} watches on distinct prefixes", puts);
            await system.Terminate();
        }
    }

    private static async Task Recovery(string directory, int keys)
    {
        var file = Path.Combine(directory, $"recovery-{Environment.ProcessId}.db");
        var (system, etcd) = Start(Sqlite(file));
        await PerSecond(system, etcd, 5000, keys, i => Put(i, keys));
        await system.Terminate();
        for (var round = 0; round < 2; round++)
        {
            var watch = Stopwatch.StartNew();
            (system, etcd) = Start(Sqlite(file));
            var status = await etcd.Ask<EtcdProtocol.StoreStatusReported>(new EtcdProtocol.StoreStatus(1, Cause.None), TimeSpan.FromMinutes(2));
            Console.WriteLine($"recovery of {status.Keys:n0} keys: {watch.Elapsed.TotalSeconds:f2} s, database {new FileInfo(file).Length >> 20} MiB");
            await system.Terminate();
        }
        foreach (var left in Directory.GetFiles(directory, Path.GetFileName(file) + "*")) File.Delete(left);
    }

    private static async Task Memory(int keys)
    {
        var (system, etcd) = Start(InMemory);
        await PerSecond(system, etcd, 1000, 1000, i => Put(i));
        var before = Settled();
        await PerSecond(system, etcd, 1000, keys, i => Put(i, keys));
        var perKey = (Settled() - before) / (double)keys;
        Console.WriteLine($"memory per key beyond key and value, history and journal included: {perKey - 12:n0} B (all keys share one value)");
        await system.Terminate();
    }

    private static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
