using System.Globalization;
using System.Net;
using ActorPlane.Host.EtcdWire.Protos;
using Google.Protobuf;
using Xunit.Abstractions;

namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>
/// The host's process is killed at random moments while clients write. ACTORPLANE_CRASH_ROUNDS sets how often (10 unless
/// set; 100 is the long form).
/// </summary>
public sealed class SigkillTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 4;
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("ACTORPLANE_CRASH_ROUNDS") ?? "10", CultureInfo.InvariantCulture);

    private readonly string _directory = Directory.CreateTempSubdirectory("actorplane-sigkill-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task No_acknowledged_write_is_lost_and_no_transaction_is_half_there_when_the_process_is_killed()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var acknowledged = new List<Write>();
        var watched = new Watched();
        for (var round = 0; round < Rounds; round++)
        {
            await using var host = HostProcess.Start(_directory, output.WriteLine);
            await host.ReadyAsync();
            await CheckAsync(host.Client, acknowledged);
            var writers = Enumerable.Range(0, Clients).Select(i => WriteAsync(host.EndPoint, i, round)).ToArray();
            var watcher = WatchAsync(host.EndPoint, watched);
            await Task.Delay(random.Next(100, 700));
            await host.KillAsync();
            await watcher;
            foreach (var writer in writers) acknowledged.AddRange(await writer);
        }
        output.WriteLine($"{acknowledged.Count} acknowledged writes, {watched.Writes.Count} watched");
        // What was watched came in order and once; of what was acknowledged up to the last of it, nothing is missing.
        Assert.Equal(watched.Writes.OrderBy(write => write.Revision), watched.Writes);
        Assert.Equal(watched.Writes.Count, watched.Writes.Select(write => write.Revision).Distinct().Count());
        var due = acknowledged.Where(write => write.Revision < watched.Next).ToList();
        Assert.True(due.Count > 0);
        Assert.Empty(due.Except(watched.Writes));
        Assert.True(acknowledged.Count > Rounds, $"only {acknowledged.Count} writes were acknowledged");
    }

    /// <summary>Guarded transactions on a key and its mirror, until the connection breaks.</summary>
    private static async Task<List<Write>> WriteAsync(IPEndPoint endPoint, int clientNumber, int round)
    {
        var writes = new List<Write>();
        using var client = new WireClient(endPoint);
        var key = ByteString.CopyFromUtf8($"crash/{clientNumber}");
        var mirror = ByteString.CopyFromUtf8($"mirror/{clientNumber}");
        try
        {
            var present = await client.CallAsync("KV/Range", new RangeRequest { Key = key }, RangeResponse.Parser);
            var revision = present.Count > 0 ? present.Kvs[0].ModRevision : 0;
            for (var i = 0; ; i++)
            {
                var value = ByteString.CopyFromUtf8($"{round}.{i}");
                var txn = new TxnRequest
                {
                    Compare = { new Compare { Key = key, Target = Compare.Types.CompareTarget.Mod, ModRevision = revision } },
                    Success =
                    {
                        new RequestOp { RequestPut = new PutRequest { Key = key, Value = value } },
                        new RequestOp { RequestPut = new PutRequest { Key = mirror, Value = value } },
                    },
                };
                var response = await client.CallAsync("KV/Txn", txn, TxnResponse.Parser);
                Assert.True(response.Succeeded);
                revision = response.Header.Revision;
                writes.Add(new Write(clientNumber, value.ToStringUtf8(), revision));
            }
        }
        catch (Exception error) when (error is HttpRequestException or WireException or InvalidOperationException or IOException)
        {
            // The process is gone: what was not answered may or may not be stored.
            return writes;
        }
    }

    /// <summary>Watches the written keys from where the watch before ended, until the connection breaks.</summary>
    private static async Task WatchAsync(IPEndPoint endPoint, Watched watched)
    {
        using var client = new WireClient(endPoint);
        var create = new WatchRequest
        {
            CreateRequest = new WatchCreateRequest
            {
                Key = ByteString.CopyFromUtf8("crash/"), RangeEnd = ByteString.CopyFromUtf8("crash0"), StartRevision = watched.Next,
            },
        };
        try
        {
            await foreach (var response in client.StreamAsync("Watch/Watch", create, WatchResponse.Parser))
            {
                Assert.False(response.Canceled);
                if (response.Events.Count == 0) continue;
                watched.Writes.AddRange(response.Events.Select(change => new Write(
                    change.Kv.Key.ToStringUtf8()[^1] - '0', change.Kv.Value.ToStringUtf8(), change.Kv.ModRevision)));
                watched.Next = response.Header.Revision + 1;
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // The process is gone.
        }
    }

    private static async Task CheckAsync(WireClient client, List<Write> acknowledged)
    {
        // The past is still there, too: each write is read at its own revision. The newest of each client, and a sample.
        var toCheck = acknowledged.Where((write, i) => i % 20 == 0).Concat(acknowledged.GroupBy(write => write.Client).Select(group => group.Last()));
        foreach (var write in toCheck)
        {
            var key = ByteString.CopyFromUtf8($"crash/{write.Client}");
            var then = await client.CallAsync("KV/Range", new RangeRequest { Key = key, Revision = write.Revision }, RangeResponse.Parser);
            Assert.Equal((write.Value, write.Revision), (then.Kvs.Single().Value.ToStringUtf8(), then.Kvs.Single().ModRevision));
        }
        for (var i = 0; i < Clients; i++)
        {
            var key = await client.CallAsync("KV/Range", new RangeRequest { Key = ByteString.CopyFromUtf8($"crash/{i}") }, RangeResponse.Parser);
            var mirror = await client.CallAsync("KV/Range", new RangeRequest { Key = ByteString.CopyFromUtf8($"mirror/{i}") }, RangeResponse.Parser);
            Assert.Equal(key.Kvs.Select(keyValue => (keyValue.Value, keyValue.ModRevision)), mirror.Kvs.Select(keyValue => (keyValue.Value, keyValue.ModRevision)));
            var last = acknowledged.Where(write => write.Client == i).Select(write => write.Revision).DefaultIfEmpty(0).Max();
            Assert.True(last == 0 || key.Kvs.Single().ModRevision >= last);
            Assert.True(key.Header.Revision >= last);
        }
    }

    private sealed class Watched
    {
        public readonly List<Write> Writes = [];
        public long Next = 1;
    }

    private sealed record Write(int Client, string Value, long Revision);
}
