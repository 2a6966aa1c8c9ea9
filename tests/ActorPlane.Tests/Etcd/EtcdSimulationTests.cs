using ActorPlane.Etcd;
using ActorPlane.Faults;
using ActorPlane.Simulation;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane.Tests.Etcd;

public class EtcdSimulationTests
{
    private static readonly Config Settings = ConfigurationFactory.ParseString(
        """
        akka.loglevel = OFF
        actorplane.etcd {
          write { max-batch-commands = 6 }
          snapshot { every-changes = 15, growth = 0.1 }
          watch { window-events = 5, catch-up-events = 7 }
          checkpoint-changes = 11
          backoff { min = 10ms, max = 40ms }
        }
        """);

    private static (Simulation.Simulation Simulation, IActorRef Etcd) Start(long seed = 42, SimulatedDisk? disk = null)
    {
        var simulation = Simulation.Simulation.Start(new SimulationOptions { Seed = seed, Config = Settings, Disk = disk });
        var etcd = simulation.System.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(simulation.System.Settings.Config)), EtcdSupervisor.Name);
        simulation.Drain();
        return (simulation, etcd);
    }

    private static T Ask<T>(Simulation.Simulation simulation, IActorRef etcd, EtcdProtocol.ICommand command) =>
        simulation.Await(etcd.Ask<T>(command), command.Describe());

    private static long Keys(Simulation.Simulation simulation, IActorRef etcd) =>
        Ask<EtcdProtocol.StoreStatusReported>(simulation, etcd, new EtcdProtocol.StoreStatus(1, Cause.None)).Keys;

    [Fact]
    public void A_lease_ends_when_its_virtual_time_is_over_and_takes_its_keys_along()
    {
        var (simulation, etcd) = Start();
        using var _ = simulation;
        Ask<EtcdProtocol.LeaseGranted>(simulation, etcd, new EtcdProtocol.LeaseGrant(1, Cause.None, 7, 3600));
        Ask<EtcdProtocol.Executed>(simulation, etcd, new EtcdProtocol.Execute(1, Cause.None, new EtcdOp.Put("a", EtcdValue.Empty, 7)));
        Ask<EtcdProtocol.Executed>(simulation, etcd, new EtcdProtocol.Execute(1, Cause.None, new EtcdOp.Put("b", EtcdValue.Empty, 7)));
        simulation.RunFor(TimeSpan.FromMinutes(59));
        Assert.Equal(60, Ask<EtcdProtocol.LeaseState>(simulation, etcd, new EtcdProtocol.LeaseTimeToLive(1, Cause.None, 7)).TtlSeconds);
        Ask<EtcdProtocol.LeaseKeptAlive>(simulation, etcd, new EtcdProtocol.LeaseKeepAlive(1, Cause.None, 7));
        simulation.RunFor(TimeSpan.FromSeconds(3599));
        Assert.Equal(2, Keys(simulation, etcd));
        simulation.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(0, Keys(simulation, etcd));
        Assert.Equal(-1, Ask<EtcdProtocol.LeaseState>(simulation, etcd, new EtcdProtocol.LeaseTimeToLive(1, Cause.None, 7)).TtlSeconds);
    }

    [Fact]
    public void After_a_crash_a_lease_lives_its_full_time_anew()
    {
        var (simulation, etcd) = Start();
        using var _ = simulation;
        Ask<EtcdProtocol.LeaseGranted>(simulation, etcd, new EtcdProtocol.LeaseGrant(1, Cause.None, 7, 60));
        Ask<EtcdProtocol.Executed>(simulation, etcd, new EtcdProtocol.Execute(1, Cause.None, new EtcdOp.Put("a", EtcdValue.Empty, 7)));
        simulation.RunFor(TimeSpan.FromSeconds(50));
        etcd.Tell(new Crash("etcd", Cause.None));
        simulation.RunFor(TimeSpan.FromSeconds(55));
        Assert.Equal(1, Keys(simulation, etcd));
        simulation.RunFor(TimeSpan.FromSeconds(10));
        Assert.Equal(0, Keys(simulation, etcd));
    }

    [Fact]
    public void History_older_than_a_period_is_forgotten()
    {
        var (simulation, etcd) = Start();
        using var _ = simulation;
        for (var i = 0; i < 10; i++)
            Ask<EtcdProtocol.Executed>(simulation, etcd, new EtcdProtocol.Execute(1, Cause.None, new EtcdOp.Put("a", EtcdValue.Empty)));
        long Compacted() => Ask<EtcdProtocol.StoreStatusReported>(simulation, etcd, new EtcdProtocol.StoreStatus(1, Cause.None)).CompactRevision;
        simulation.RunFor(TimeSpan.FromMinutes(9));
        Assert.Equal(0, Compacted());
        simulation.RunFor(TimeSpan.FromMinutes(2));
        Assert.Equal(11, Compacted());
    }

    [Fact]
    public void A_full_disk_is_told_acknowledges_nothing_and_is_served_again_once_there_is_room()
    {
        var (simulation, etcd) = Start();
        using var _ = simulation;
        Ask<EtcdProtocol.Executed>(simulation, etcd, new EtcdProtocol.Execute(1, Cause.None, new EtcdOp.Put("kept", EtcdValue.Empty)));
        simulation.Disk.IsFull = true;
        Ask<EtcdProtocol.ConnectionLost>(simulation, etcd, new EtcdProtocol.Execute(2, Cause.None, new EtcdOp.Put("lost", EtcdValue.Empty)));
        simulation.RunFor(TimeSpan.FromMinutes(1));
        simulation.Disk.IsFull = false;
        simulation.RunFor(TimeSpan.FromSeconds(30));
        Assert.Equal(1, Keys(simulation, etcd));
        Assert.Equal(3, Ask<EtcdProtocol.Executed>(simulation, etcd, new EtcdProtocol.Execute(1, Cause.None, new EtcdOp.Put("next", EtcdValue.Empty))).Revision);
    }

    [Fact]
    public void Whatever_the_disk_does_no_acknowledged_write_is_lost_and_no_watcher_misses_or_repeats_anything()
    {
        var acknowledged = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            try
            {
                acknowledged += RunWithFaults(seed);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
            }
        }
        Assert.True(acknowledged > 10_000, $"only {acknowledged} writes were acknowledged in all");
    }

    private static int RunWithFaults(long seed)
    {
        var (simulation, etcd) = Start(seed);
        using var _ = simulation;
        var chance = new Chance((ulong)seed);
        simulation.Disk.WriteLatency = TimeSpan.FromMilliseconds(1 + chance.Next(8));
        var records = new List<HammeringClient.Record>();
        for (var i = 0; i < 4; i++)
        {
            records.Add(new HammeringClient.Record());
            simulation.System.ActorOf(HammeringClient.PropsFor(etcd, $"client-{i}", records[i]), $"client-{i}");
        }
        var watched = new FollowingWatcher.Record();
        simulation.System.ActorOf(FollowingWatcher.PropsFor(etcd, watched), "watcher");
        for (var fault = 0; fault < 12; fault++)
        {
            simulation.RunFor(TimeSpan.FromMilliseconds(chance.Next(400)));
            switch (chance.Next(5))
            {
                case 0:
                    simulation.Disk.FailBeforeStoring = 1;
                    break;
                case 1:
                    simulation.Disk.FailAfterStoring = 1;
                    break;
                case 2:
                    simulation.Disk.IsFull = !simulation.Disk.IsFull;
                    break;
                default:
                    etcd.Tell(new Crash("etcd", Cause.None));
                    break;
            }
        }
        (simulation.Disk.IsFull, simulation.Disk.FailAfterStoring, simulation.Disk.FailBeforeStoring) = (false, 0, 0);
        foreach (var record in records) record.Stop = true;
        simulation.RunFor(TimeSpan.FromMinutes(2));

        var acknowledged = records.SelectMany(record => record.Acknowledged).ToList();
        var final = (EtcdResult.Range)Ask<EtcdProtocol.Executed>(
            simulation, etcd, new EtcdProtocol.Execute(1, Cause.None, new EtcdOp.Range(EtcdKeyRange.All))).Result;
        var revision = Ask<EtcdProtocol.StoreStatusReported>(simulation, etcd, new EtcdProtocol.StoreStatus(1, Cause.None)).Revision;
        // Every revision was told once, in order, and whole: each transaction puts a key and its mirror.
        Assert.Equal(
            Enumerable.Range(2, (int)revision - 1).SelectMany(r => new long[] { r, r }), watched.Events.Select(change => change.Revision));
        foreach (var pair in watched.Events.Chunk(2))
        {
            Assert.Equal($"mirror/{pair[0].Key}", pair[1].Key.ToString());
            Assert.Equal(pair[0].KeyValue.Value, pair[1].KeyValue.Value);
        }
        var told = watched.Events.ToDictionary(change => (change.Revision, change.Key.ToString()), change => change.KeyValue.Value.ToString());
        foreach (var write in acknowledged) Assert.Equal(write.Value, told[(write.Revision, write.Key)]);
        var replayed = new SortedDictionary<string, EtcdKeyValue>(StringComparer.Ordinal);
        foreach (var change in watched.Events) replayed[change.Key.ToString()] = change.KeyValue;
        Assert.Equal(replayed.Values.Select(EtcdText.Of), final.KeyValues.Select(EtcdText.Of));
        return acknowledged.Count;
    }
}
