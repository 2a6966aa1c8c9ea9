using ActorPlane.Etcd;
using ActorPlane.Settings;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Sql.Tests;

namespace ActorPlane.Host.Tests.EtcdWire;

public sealed class PostgresJournalTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [RequiresPostgresFact]
    public async Task The_store_recovers_from_PostgreSQL_what_it_had_acknowledged()
    {
        var hash = await RunAsync(async etcd =>
        {
            for (var i = 0; i < 50; i++)
                await etcd.Ask<EtcdProtocol.Executed>(new EtcdProtocol.Execute(i, Cause.None, new EtcdOp.Put($"key-{i % 20}", EtcdValue.Of($"{i}"))), Limit);
        });
        Assert.Equal(hash, await RunAsync(static _ => Task.CompletedTask));
    }

    /// <summary>Starts a store on the server, does something with it, and returns its revision and hash.</summary>
    private async Task<(long Revision, uint Hash)> RunAsync(Func<IActorRef, Task> use)
    {
        var connection = $"\"{server.ConnectionString}\"";
        var config = ConfigurationFactory.ParseString(
                $$"""
                akka.loglevel = OFF
                akka.persistence.journal.sql.connection-string = {{connection}}
                akka.persistence.snapshot-store.sql.connection-string = {{connection}}
                actorplane.etcd.snapshot { every-changes = 20, growth = 0 }
                """)
            .WithFallback(ConfigurationFactory.ParseString(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "hocon", "postgres.conf"))));
        using var system = ActorSystem.Create("etcd-postgres", ClusterConfig.Over(config));
        var etcd = system.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(system.Settings.Config)), EtcdSupervisor.Name);
        await use(etcd);
        var hash = await etcd.Ask<EtcdProtocol.KeySpaceHash>(new EtcdProtocol.HashKv(1, Cause.None), Limit);
        await system.Terminate();
        return (hash.Revision, hash.Hash);
    }
}
