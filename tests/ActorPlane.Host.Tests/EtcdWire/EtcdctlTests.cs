using System.Collections.Concurrent;

namespace ActorPlane.Host.Tests.EtcdWire;

public class EtcdctlTests(WireFixture wire) : IClassFixture<WireFixture>
{
    private Task<string> Run(string arguments, string input = "") => wire.RunAsync(arguments, input);

    [EtcdctlFact]
    public async Task Put_and_get_work_with_every_option_of_get()
    {
        foreach (var (key, value) in new[] { ("get/a", "3"), ("get/b", "2"), ("get/c", "1") })
            Assert.Equal("OK", await Run($"put {key} {value}"));
        Assert.Equal("get/a\n3", await Run("get get/a"));
        Assert.Equal("2", await Run("get get/b --print-value-only"));
        Assert.Equal("get/a\n3\nget/b\n2\nget/c\n1", await Run("get get/ --prefix"));
        Assert.Equal("get/a\n3\nget/b\n2", await Run("get get/a get/c"));
        Assert.Equal("get/c\n1\nget/b\n2\nget/a\n3", await Run("get get/ --prefix --sort-by=VALUE --order=ASCEND"));
        Assert.Equal("get/c\n1", await Run("get get/ --prefix --order=DESCEND --limit=1"));
        Assert.Equal("get/a\n\nget/b\n\nget/c", await Run("get get/ --prefix --keys-only"));
        Assert.Contains("\"Count\" : 3", await Run("get get/ --prefix --limit=1 --write-out=fields"));
        Assert.Equal("OK\nget/b\n2", await Run("put get/b changed --prev-kv"));
        var revision = Field(await Run("get get/b --write-out=fields"), "ModRevision");
        Assert.Equal("get/b\nchanged", await Run($"get get/b --rev={revision}"));
        Assert.Equal("get/b\n2", await Run($"get get/b --rev={revision - 1}"));
        Assert.Contains("required revision is a future revision", await Run($"get get/b --rev={revision + 1000}"));
    }

    [EtcdctlFact]
    public async Task Del_deletes_and_says_how_many()
    {
        await Run("put del/a 1");
        await Run("put del/b 2");
        Assert.Equal("1\ndel/a\n1", await Run("del del/a --prev-kv"));
        Assert.Equal("1", await Run("del del/ --prefix"));
        Assert.Equal("0", await Run("del del/ --prefix"));
    }

    [EtcdctlFact]
    public async Task A_transaction_takes_the_branch_that_its_conditions_say()
    {
        await Run("put txn/a old");
        const string Update = "value(\"txn/a\") = \"old\"\n\nput txn/a new\nget txn/a\n\nget txn/a\n\n";
        Assert.Equal("SUCCESS\n\nOK\n\ntxn/a\nnew", await Run("txn", Update));
        Assert.Equal("FAILURE\n\ntxn/a\nnew", await Run("txn", Update));
        Assert.Contains("duplicate key given in txn request", await Run("txn", "\nput txn/a 1\nput txn/a 2\n\n\n"));
    }

    [EtcdctlFact]
    public async Task Watch_tells_the_past_from_a_revision_and_then_what_happens()
    {
        await Run("put watch/a 1");
        var first = Field(await Run("get watch/a --write-out=fields"), "ModRevision");
        await Run("put watch/b 2");
        await Run("put elsewhere 2");
        await Run("del watch/a");
        using var watch = wire.Start("watch", "watch/", "--prefix", $"--rev={first}", "--prev-kv");
        try
        {
            Assert.Equal(["PUT", "watch/a", "1", "PUT", "watch/b", "2", "DELETE", "watch/a", "1", "watch/a", ""], await ReadAsync(watch, 11));
            await Run("put watch/b 3");
            Assert.Equal(["PUT", "watch/b", "2", "watch/b", "3"], await ReadAsync(watch, 5));
        }
        finally
        {
            watch.Kill();
        }
    }

    [EtcdctlFact]
    public async Task An_interactive_watch_carries_several_watches_and_tells_its_progress()
    {
        using var watch = wire.Start("watch", "-i");
        try
        {
            await watch.StandardInput.WriteLineAsync("watch many/a");
            await watch.StandardInput.WriteLineAsync("watch many/b");
            await watch.StandardInput.FlushAsync();
            // Both watches stand once their changes come: until then the keys are put again and again.
            var lines = new ConcurrentQueue<string>();
            watch.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
            watch.BeginOutputReadLine();
            for (var attempt = 0; attempt < 600 && !(lines.Contains("many/a") && lines.Contains("many/b")); attempt++)
            {
                await Run("put many/a 1");
                await Run("put many/b 2");
                await Task.Delay(50);
            }
            Assert.Contains("many/a", lines);
            Assert.Contains("many/b", lines);
            await watch.StandardInput.WriteLineAsync("progress");
            await watch.StandardInput.FlushAsync();
            var last = Field(await Run("get many/b --write-out=fields"), "Revision");
            for (var attempt = 0; attempt < 1200 && !lines.Contains($"progress notify: {last}"); attempt++) await Task.Delay(50);
            Assert.Contains($"progress notify: {last}", lines);
        }
        finally
        {
            watch.Kill();
        }
    }

    [EtcdctlFact]
    public async Task A_watch_of_the_compacted_past_is_told_so()
    {
        for (var i = 0; i < 5; i++) await Run($"put compacted {i}");
        var revision = Field(await Run("get compacted --write-out=fields"), "ModRevision");
        Assert.Equal($"compacted revision {revision}", await Run($"compaction {revision}"));
        Assert.Contains("required revision has been compacted", await Run($"get compacted --rev={revision - 1}"));
        Assert.Contains("required revision has been compacted", await Run($"compaction {revision}"));
        Assert.Contains("required revision has been compacted", await Run($"watch compacted --rev={revision - 1}"));
    }

    [EtcdctlFact]
    public async Task A_lease_is_granted_kept_alive_looked_at_and_revoked()
    {
        var granted = await Run("lease grant 600");
        Assert.Matches("^lease [0-9a-f]{1,16} granted with TTL\\(600s\\)$", granted);
        var id = granted.Split(' ')[1];
        Assert.Equal("OK", await Run($"put leased x --lease={id}"));
        Assert.Equal($"lease {id} keepalived with TTL(600)", await Run($"lease keep-alive {id} --once"));
        Assert.Matches($"^lease {id} granted with TTL\\(600s\\), remaining\\([0-9]+s\\), attached keys\\(\\[leased\\]\\)$", await Run($"lease timetolive {id} --keys"));
        Assert.Contains(id, await Run("lease list"));
        Assert.Equal($"lease {id} revoked", await Run($"lease revoke {id}"));
        Assert.Equal("", await Run("get leased"));
        Assert.Contains("requested lease not found", await Run($"lease revoke {id}"));
        Assert.Equal($"lease {id} already expired", await Run($"lease timetolive {id}"));
    }

    [EtcdctlFact]
    public async Task Keeping_a_lease_alive_goes_on_until_it_is_revoked_and_a_watch_tells_what_goes_with_it()
    {
        var id = (await Run("lease grant 3")).Split(' ')[1];
        await Run($"put kept/a x --lease={id}");
        var first = Field(await Run("get kept/a --write-out=fields"), "ModRevision");
        using var keep = wire.Start("lease", "keep-alive", id);
        using var watch = wire.Start("watch", "kept/a", $"--rev={first + 1}", "--prev-kv");
        try
        {
            Assert.Equal(Enumerable.Repeat($"lease {id} keepalived with TTL(3)", 2), await ReadAsync(keep, 2));
            Assert.Equal($"lease {id} revoked", await Run($"lease revoke {id}"));
            Assert.Equal($"lease {id} expired or revoked.", (await ReadAsync(keep, 10))[^1]);
            Assert.Equal(["DELETE", "kept/a", "x", "kept/a", ""], await ReadAsync(watch, 5));
        }
        finally
        {
            keep.Kill();
            watch.Kill();
        }
    }

    [EtcdctlFact]
    public async Task The_endpoint_tells_its_health_status_and_hash()
    {
        Assert.Contains("is healthy", await Run("endpoint health") + await HealthOnErrorStreamAsync());
        var status = await Run("endpoint status --write-out=fields");
        Assert.Contains("\"Version\" : \"3.4.23\"", status);
        Assert.Equal(Field(status, "MemberID"), Field(status, "Leader"));
        Assert.Matches("^127.0.0.1:[0-9]+, [0-9]+$", await Run("endpoint hashkv"));
    }

    [EtcdctlFact]
    public async Task The_api_servers_keys_are_read_only()
    {
        Assert.Contains("permission denied", await Run("put /registry/pods/default/web x"));
        Assert.Contains("permission denied", await Run("del / --prefix"));
        Assert.Contains("permission denied", await Run("txn", "\nput /registry/a 1\n\n\n"));
        Assert.Equal("", await Run("get /registry --prefix"));
        Assert.Equal("OK", await Run("put /registryx x"));
    }

    /// <summary>etcdctl 3.4 tells of health on its error stream.</summary>
    private async Task<string> HealthOnErrorStreamAsync()
    {
        using var process = wire.Start("endpoint", "health");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return error;
    }

    private static async Task<List<string>> ReadAsync(System.Diagnostics.Process process, int lines)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var read = new List<string>();
        while (read.Count < lines && await process.StandardOutput.ReadLineAsync(limit.Token) is { } line) read.Add(line);
        return read;
    }

    private static ulong Field(string fields, string name) => ulong.Parse(
        fields.Split('\n').Select(line => line.Split(" : ")).First(pair => pair[0] == $"\"{name}\"")[1]);
}
