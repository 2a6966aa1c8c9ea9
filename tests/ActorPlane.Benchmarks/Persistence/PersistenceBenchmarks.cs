using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Data.Sqlite;

namespace ActorPlane.Benchmarks.Persistence;

/// <summary>
/// How many events a second persistent actors write and recover. Each case is run several times on fresh systems; the median
/// is printed beside what Akka.NET 1.5.30 did on a machine with 2 cores.
/// </summary>
public static class PersistenceBenchmarks
{
    private const int Runs = 5;

    private const string InMemory =
        """
        akka.loglevel = WARNING
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """;

    private static readonly (string Name, string Title, string AkkaNet, string Goal, Func<double> Run)[] Cases =
    [
        ("persistence-one", "Persist, in-memory journal, one by one", "159 k/s", "300 k/s", () => InMemoryRate(new WriteOneByOne(200_000))),
        ("persistence-all", "PersistAll by 100", "372 k/s", "1 M/s", () => InMemoryRate(new WriteBatches(1_000_000, 100))),
        ("persistence-recovery", "recovery", "695 k/s", "1.5 M/s", RecoveryRate),
        ("persistence-sqlite", "SQLite, durable, 64 actors at once, one by one", "about 0.6 k/s one actor", "50 k/s", SqliteRate),
    ];

    /// <summary>Adds the cases by name, and "persistence" for all of them.</summary>
    public static void AddTo(IDictionary<string, Func<string[], Task>> cases)
    {
        foreach (var c in Cases)
        {
            cases[c.Name] = _ =>
            {
                Print(c.Title, c.AkkaNet, c.Goal, c.Run);
                return Task.CompletedTask;
            };
        }

        cases["persistence"] = _ =>
        {
            foreach (var c in Cases)
            {
                Print(c.Title, c.AkkaNet, c.Goal, c.Run);
            }

            return Task.CompletedTask;
        };
    }

    private static void Print(string title, string akkaNet, string goal, Func<double> run)
    {
        var rates = Enumerable.Range(0, Runs).Select(_ => run()).Order().ToArray();
        Console.WriteLine($"{title,-48} {Thousands(rates[Runs / 2]),12}   (Akka.NET {akkaNet}, goal {goal}; runs {string.Join(", ", rates.Select(Thousands))})");
    }

    private static string Thousands(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate / 1000:0.0} k/s");

    private static double InMemoryRate(WriteOneByOne how) => InMemoryRate(actor => actor.Ask<Done>(how));

    private static double InMemoryRate(WriteBatches how) => InMemoryRate(actor => actor.Ask<Done>(how));

    private static double InMemoryRate(Func<IActorRef, Task<Done>> write)
    {
        using var system = ActorSystem.Create("benchmark", ConfigurationFactory.ParseString(InMemory));
        return Rate(write(system.ActorOf(Props.Create(() => new Writer("writer")))));
    }

    private static double Rate(Task<Done> task)
    {
        var done = task.GetAwaiter().GetResult();
        return done.Events / done.Took.TotalSeconds;
    }

    private static double RecoveryRate()
    {
        const int Events = 1_000_000;
        using var system = ActorSystem.Create("benchmark", ConfigurationFactory.ParseString(InMemory));
        var writer = system.ActorOf(Props.Create(() => new Writer("writer")));
        writer.Ask<Done>(new WriteBatches(Events, 100)).GetAwaiter().GetResult();
        writer.GracefulStop(TimeSpan.FromSeconds(10)).GetAwaiter().GetResult();
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        var again = system.ActorOf(Props.Create(() => new Writer("writer")));
        var recovered = again.Ask<int>("recovered?").GetAwaiter().GetResult();
        return recovered == Events
            ? Events / Stopwatch.GetElapsedTime(start).TotalSeconds
            : throw new InvalidOperationException($"{recovered} of {Events} events were recovered.");
    }

    private static double SqliteRate()
    {
        const int Actors = 64;
        const int EventsEach = 3_000;
        var folder = Directory.CreateTempSubdirectory("benchmark-");
        try
        {
            var connectionString = $"Data Source={Path.Combine(folder.FullName, "journal.db")};Pooling=False";
            using (var connection = new SqliteConnection(connectionString))
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA journal_mode = WAL";
                command.ExecuteNonQuery();
            }

            using var system = ActorSystem.Create("benchmark", ConfigurationFactory.ParseString(
                $$"""
                akka.persistence.journal {
                  plugin = "akka.persistence.journal.sql"
                  sql {
                    class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                    connection-string = "{{connectionString}}"
                    provider-name = "SQLite.MS"
                  }
                }
                akka.actor.serialization-bindings { "ActorPlane.Benchmarks.Persistence.Happened, ActorPlane.Benchmarks" = happened }
                akka.actor.serializers { happened = "ActorPlane.Benchmarks.Persistence.HappenedSerializer, ActorPlane.Benchmarks" }
                """).WithFallback(ConfigurationFactory.ParseString(InMemory)));
            var writers = Enumerable.Range(0, Actors).Select(i => system.ActorOf(Props.Create(() => new Writer($"writer-{i}")))).ToArray();
            Task.WaitAll(Array.ConvertAll(writers, w => w.Ask<int>("recovered?")));
            var start = Stopwatch.GetTimestamp();
            Task.WaitAll(Array.ConvertAll(writers, w => w.Ask<Done>(new WriteOneByOne(EventsEach))));
            return Actors * EventsEach / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
