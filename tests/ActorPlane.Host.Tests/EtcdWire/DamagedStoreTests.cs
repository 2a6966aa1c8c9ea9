using ActorPlane.Host.EtcdWire;
using ActorPlane.Host.EtcdWire.Protos;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace ActorPlane.Host.Tests.EtcdWire;

/// <summary>The host's database is damaged between two runs: what can be recovered is, and what cannot is told and not served.</summary>
public sealed class DamagedStoreTests(ITestOutputHelper output) : IDisposable
{
    private const string SnapshotOften = "actorplane.etcd.snapshot { every-changes = 10, growth = 0 }";
    private const int Writes = 40;

    private readonly string _directory = Directory.CreateTempSubdirectory("actorplane-damage-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Database => Path.Combine(_directory, "data", "etcd.db");

    [Fact]
    public async Task A_damaged_snapshot_is_told_and_the_one_before_it_and_the_journal_stand_in_with_nothing_lost()
    {
        var written = await WriteWithSnapshotsAsync();
        var newest = Query("SELECT max(sequence_number) FROM snapshot");
        Assert.Equal(1, Execute($"UPDATE snapshot SET snapshot = substr(snapshot, 1, length(snapshot) / 2) WHERE sequence_number = {newest}"));
        await using var host = HostProcess.Start(_directory, output.WriteLine, SnapshotOften);
        await host.ReadyAsync();
        Assert.Equal(written, await HistoryAsync(host, written));
        Assert.Contains("checksum does not match", await host.ErrorAsync($"The snapshot of write {newest} cannot be used"));
        await host.ErrorAsync("nothing is lost");
        // And it goes on: the next snapshots take the place of the damaged one.
        await PutUntilAsync(host, written, $"SELECT max(sequence_number) > {newest} FROM snapshot");
        Assert.Equal(written, await HistoryAsync(host, written));
        await host.KillAsync();
        await using var next = HostProcess.Start(_directory, output.WriteLine, SnapshotOften);
        await next.ReadyAsync();
        Assert.Equal(written, await HistoryAsync(next, written));
        Assert.Empty(next.Errors);
    }

    [Fact]
    public async Task Without_any_good_snapshot_a_truncated_journal_is_told_and_not_served()
    {
        await WriteWithSnapshotsAsync();
        Assert.InRange(Execute("UPDATE snapshot SET snapshot = substr(snapshot, 2)"), 2, 3);
        await using var host = HostProcess.Start(_directory, output.WriteLine, SnapshotOften);
        await ServesNothingAsync(host, "follows write 0: what was between them is missing");
    }

    [Fact]
    public async Task A_damaged_snapshot_without_the_journal_after_the_one_before_it_is_told_and_not_served()
    {
        await WriteWithSnapshotsAsync();
        var newest = Query("SELECT max(sequence_number) FROM snapshot");
        Execute($"UPDATE snapshot SET snapshot = substr(snapshot, 2) WHERE sequence_number = {newest}");
        Execute("DELETE FROM journal WHERE sequence_number > (SELECT min(sequence_number) FROM snapshot)");
        await using var host = HostProcess.Start(_directory, output.WriteLine, SnapshotOften);
        await ServesNothingAsync(host, $"the snapshot of write {newest} is damaged, and the journal ends at write");
    }

    [Fact]
    public async Task A_journal_that_lost_its_last_rows_is_served_up_to_them_and_grows_from_there()
    {
        var written = await WriteAsync();
        var last = Query("SELECT max(sequence_number) FROM journal");
        Assert.Equal(10, Execute($"DELETE FROM journal WHERE sequence_number > {last - 10}"));
        await GrowsFromWhatIsLeftAsync(written);
    }

    [Fact]
    public async Task A_journal_file_that_was_cut_off_is_served_up_to_its_last_whole_write_and_grows_from_there()
    {
        var written = await WriteAsync();
        // SQLite's log holds the newest pages; the cut goes through the middle of one.
        await using (var log = File.Open(Database + "-wal", FileMode.Open)) log.SetLength(log.Length * 3 / 4 + 100);
        await GrowsFromWhatIsLeftAsync(written);
    }

    [Fact]
    public async Task A_hole_in_the_journal_is_told_and_not_served()
    {
        await WriteAsync();
        var hole = Query("SELECT max(sequence_number) FROM journal") - 10;
        Assert.Equal(1, Execute($"DELETE FROM journal WHERE sequence_number = {hole}"));
        await using var host = HostProcess.Start(_directory, output.WriteLine);
        await ServesNothingAsync(host, $"write {hole + 1} of the journal follows write {hole - 1}: what was between them is missing");
    }

    [Fact]
    public async Task A_write_that_cannot_be_decoded_is_told_and_not_served()
    {
        await WriteAsync();
        var damaged = Query("SELECT max(sequence_number) FROM journal") - 10;
        Assert.Equal(1, Execute($"UPDATE journal SET message = x'ff' || substr(message, 2) WHERE sequence_number = {damaged}"));
        await using var host = HostProcess.Start(_directory, output.WriteLine);
        await ServesNothingAsync(host, $"what is stored is damaged after write {damaged - 1}: a batch of store events of");
    }

    /// <summary>A run that writes, and ends with SIGKILL.</summary>
    private async Task<List<Write>> WriteAsync()
    {
        await using var host = HostProcess.Start(_directory, output.WriteLine);
        await host.ReadyAsync();
        var written = new List<Write>();
        for (var i = 0; i < Writes; i++) written.Add(await PutAsync(host, i));
        return written;
    }

    /// <summary>The same, until there are two snapshots and the journal behind the older one is gone.</summary>
    private async Task<List<Write>> WriteWithSnapshotsAsync()
    {
        await using var host = HostProcess.Start(_directory, output.WriteLine, SnapshotOften);
        await host.ReadyAsync();
        var written = new List<Write>();
        await PutUntilAsync(host, written, "SELECT (SELECT count(*) FROM snapshot) >= 2 AND (SELECT count(*) FROM journal WHERE sequence_number = 1) = 0");
        return written;
    }

    private async Task PutUntilAsync(HostProcess host, List<Write> written, string condition)
    {
        for (var i = 0; i < 5000; i++)
        {
            written.Add(await PutAsync(host, written.Count));
            if (i % 10 == 9 && Query(condition) == 1) return;
        }
        throw new InvalidOperationException($"5000 writes, and still not: {condition}");
    }

    /// <summary>One transaction that puts a key and its mirror.</summary>
    private static async Task<Write> PutAsync(HostProcess host, int number)
    {
        var value = ByteString.CopyFromUtf8($"value {number}");
        var txn = new TxnRequest
        {
            Success =
            {
                new RequestOp { RequestPut = new PutRequest { Key = ByteString.CopyFromUtf8("key"), Value = value } },
                new RequestOp { RequestPut = new PutRequest { Key = ByteString.CopyFromUtf8("mirror"), Value = value } },
            },
        };
        var response = await host.Client.CallAsync("KV/Txn", txn, TxnResponse.Parser);
        return new Write(value.ToStringUtf8(), response.Header.Revision);
    }

    /// <summary>What the store says was written at the revisions of these writes.</summary>
    private static async Task<List<Write>> HistoryAsync(HostProcess host, IEnumerable<Write> written)
    {
        var history = new List<Write>();
        foreach (var write in written)
        {
            var key = await ReadAsync(host, "key", write.Revision);
            var mirror = await ReadAsync(host, "mirror", write.Revision);
            Assert.Equal((key.Value, key.ModRevision), (mirror.Value, mirror.ModRevision));
            history.Add(new Write(key.Value.ToStringUtf8(), key.ModRevision));
        }
        return history;
    }

    private static async Task<KeyValue> ReadAsync(HostProcess host, string key, long revision = 0)
    {
        var request = new RangeRequest { Key = ByteString.CopyFromUtf8(key), Revision = revision };
        return (await host.Client.CallAsync("KV/Range", request, RangeResponse.Parser)).Kvs.Single();
    }

    private async Task GrowsFromWhatIsLeftAsync(List<Write> written)
    {
        await using var host = HostProcess.Start(_directory, output.WriteLine);
        await host.ReadyAsync();
        var key = await ReadAsync(host, "key");
        var left = written.TakeWhile(write => write.Revision <= key.ModRevision).ToList();
        output.WriteLine($"{left.Count} of {written.Count} writes are left");
        Assert.InRange(left.Count, 1, written.Count - 1);
        Assert.Equal(left, await HistoryAsync(host, left));
        Assert.Equal(key.ModRevision, (await ReadAsync(host, "mirror")).ModRevision);
        var next = await PutAsync(host, 1000);
        Assert.True(next.Revision > left[^1].Revision);
        left.Add(next);
        Assert.Equal(left, await HistoryAsync(host, left));
        Assert.Empty(host.Errors);
    }

    private static async Task ServesNothingAsync(HostProcess host, string problem)
    {
        Assert.Contains("The store does not serve", await host.ErrorAsync(problem));
        var request = new RangeRequest { Key = ByteString.CopyFromUtf8("key") };
        for (var i = 0; i < 5; i++)
        {
            var refusal = await Assert.ThrowsAsync<WireException>(() => host.ListeningAsync(() => host.Client.CallAsync("KV/Range", request, RangeResponse.Parser)));
            Assert.Equal((GrpcStatusException.Unavailable, "14: etcdserver: no leader"), (refusal.Status, refusal.Message));
            await Task.Delay(100);
        }
    }

    private int Execute(string sql) => Do(sql, static command => command.ExecuteNonQuery());

    private long Query(string sql) => Do(sql, static command => (long)command.ExecuteScalar()!);

    private T Do<T>(string sql, Func<SqliteCommand, T> run)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return run(command);
    }

    private sealed record Write(string Value, long Revision);
}
