using System.Collections.Concurrent;
using ActorPlane.Faults;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Tracing;
using Akka.Actor;
using Google.Protobuf;

namespace ActorPlane.Host.Tests.EtcdWire;

public class LinearizabilityTests(WireFixture wire) : IClassFixture<WireFixture>
{
    private long _time;

    private static RegisterOp Get(string? value, long called, long returned) => new(RegisterOpKind.Get, null, value, true, true, called, returned);

    private static RegisterOp Put(string value, long called, long returned) => new(RegisterOpKind.Put, null, value, true, true, called, returned);

    private static RegisterOp Cas(string expected, string value, bool succeeded, long called, long returned) =>
        new(RegisterOpKind.CompareAndSet, expected, value, succeeded, true, called, returned);

    [Fact]
    public void The_checker_accepts_what_some_order_explains()
    {
        Assert.True(Linearizability.Holds([Put("a", 1, 4), Get("a", 2, 3)]));
        Assert.True(Linearizability.Holds([Put("a", 1, 4), Get(null, 2, 3)]));
        Assert.True(Linearizability.Holds([Put("a", 1, 2), Cas("a", "b", true, 3, 6), Cas("a", "c", false, 4, 5), Get("b", 7, 8)]));
        Assert.True(Linearizability.Holds([Put("a", 1, 2), Put("b", 3, 4) with { IsKnown = false }, Get("a", 5, 6), Get("b", 7, 8)]));
    }

    [Fact]
    public void The_checker_refuses_what_no_order_explains()
    {
        // A stale read, a lost update, two winners, a value from nowhere, an unknown write that came and went.
        Assert.False(Linearizability.Holds([Put("a", 1, 2), Put("b", 3, 4), Get("a", 5, 6)]));
        Assert.False(Linearizability.Holds([Put("a", 1, 2), Get(null, 3, 4)]));
        Assert.False(Linearizability.Holds([Put("a", 1, 2), Cas("a", "b", true, 3, 6), Cas("a", "c", true, 4, 5)]));
        Assert.False(Linearizability.Holds([Get("a", 1, 2)]));
        Assert.False(Linearizability.Holds([Put("a", 1, 2), Put("b", 3, 4) with { IsKnown = false }, Get("b", 5, 6), Get("a", 7, 8)]));
    }

    [Fact]
    public async Task Concurrent_clients_see_one_register_for_each_key_even_when_the_store_crashes()
    {
        const int Keys = 4;
        var histories = Enumerable.Range(0, Keys).Select(_ => new ConcurrentBag<RegisterOp>()).ToArray();
        var seed = Random.Shared.Next();
        var clients = Enumerable.Range(0, 6).Select(client => Task.Run(() => UseAsync(new Random(seed + client), client, histories))).ToArray();
        for (var crash = 0; crash < 3; crash++)
        {
            await Task.Delay(40);
            wire.Etcd.Tell(new Crash("etcd", Cause.None), ActorRefs.NoSender);
        }
        await Task.WhenAll(clients);
        for (var key = 0; key < Keys; key++)
        {
            Assert.True(histories[key].Count > 20);
            Assert.True(Linearizability.Holds(histories[key]), $"seed {seed}, key {key}:\n{string.Join("\n", histories[key].OrderBy(op => op.Called))}");
        }
    }

    private async Task UseAsync(Random random, int client, ConcurrentBag<RegisterOp>[] histories)
    {
        using var connection = new WireClient(wire.EndPoint);
        string? seen = null;
        for (var i = 0; i < 60; i++)
        {
            var number = random.Next(histories.Length);
            var key = ByteString.CopyFromUtf8($"register/{number}");
            var value = $"{client}.{i}";
            var called = Interlocked.Increment(ref _time);
            var op = new RegisterOp((RegisterOpKind)random.Next(3), seen, value, false, false, called, long.MaxValue);
            try
            {
                op = await PerformAsync(connection, key, op);
                op = op with { IsKnown = true, Returned = Interlocked.Increment(ref _time) };
                if (op.Kind == RegisterOpKind.Get) seen = op.Value;
            }
            catch (WireException error) when (error.Status == 14)
            {
                // A read that was not answered says nothing. A write may have happened or not; the next one waits for the store.
                await BackAsync(connection);
                if (op.Kind == RegisterOpKind.Get) continue;
            }
            histories[number].Add(op);
        }
    }

    private static async Task BackAsync(WireClient connection)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            try
            {
                await connection.CallAsync("KV/Range", new RangeRequest { Key = ByteString.CopyFromUtf8("a") }, RangeResponse.Parser);
                return;
            }
            catch (WireException error) when (error.Status == 14)
            {
                await Task.Delay(5);
            }
        }
        Assert.Fail("The store did not come back.");
    }

    private static async Task<RegisterOp> PerformAsync(WireClient connection, ByteString key, RegisterOp op)
    {
        switch (op.Kind)
        {
            case RegisterOpKind.Get:
                var found = await connection.CallAsync("KV/Range", new RangeRequest { Key = key }, RangeResponse.Parser);
                return op with { Value = found.Count > 0 ? found.Kvs[0].Value.ToStringUtf8() : null };
            case RegisterOpKind.Put:
                await connection.CallAsync("KV/Put", new PutRequest { Key = key, Value = ByteString.CopyFromUtf8(op.Value!) }, PutResponse.Parser);
                return op;
            default:
                var condition = op.Expected is null
                    ? new Compare { Key = key, Target = Compare.Types.CompareTarget.Version, Version = 0 }
                    : new Compare { Key = key, Target = Compare.Types.CompareTarget.Value, Value = ByteString.CopyFromUtf8(op.Expected) };
                var txn = new TxnRequest
                {
                    Compare = { condition },
                    Success = { new RequestOp { RequestPut = new PutRequest { Key = key, Value = ByteString.CopyFromUtf8(op.Value!) } } },
                };
                return op with { Succeeded = (await connection.CallAsync("KV/Txn", txn, TxnResponse.Parser)).Succeeded };
        }
    }
}
