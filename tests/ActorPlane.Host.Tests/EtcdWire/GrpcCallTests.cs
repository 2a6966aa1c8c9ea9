using ActorPlane.Faults;
using ActorPlane.Host.EtcdWire;
using ActorPlane.Host.EtcdWire.Protos;
using ActorPlane.Tracing;
using Akka.Actor;
using Google.Protobuf;

namespace ActorPlane.Host.Tests.EtcdWire;

public sealed class GrpcCallTests(WireFixture wire) : IClassFixture<WireFixture>, IDisposable
{
    private readonly WireClient _client = new(wire.EndPoint);

    public void Dispose() => _client.Dispose();

    private static PutRequest Put(string key, int bytes) => new() { Key = ByteString.CopyFromUtf8(key), Value = ByteString.CopyFrom(new byte[bytes]) };

    [Fact]
    public async Task A_call_is_answered_with_a_message_and_an_ok_status()
    {
        var (status, message, body) = await _client.SendAsync("KV/Put", WireClient.Frame(Put("a", 1)));
        Assert.Equal((0, ""), (status, message));
        Assert.Equal(0, body[0]);
        Assert.True(PutResponse.Parser.ParseFrom(body[5..]).Header.Revision > 1);
    }

    [Fact]
    public async Task A_count_comes_without_keys()
    {
        for (var i = 0; i < 3; i++) await _client.CallAsync("KV/Put", Put($"count/{i}", 1), PutResponse.Parser);
        var request = new RangeRequest { Key = ByteString.CopyFromUtf8("count/"), RangeEnd = ByteString.CopyFromUtf8("count0"), CountOnly = true };
        var counted = await _client.CallAsync("KV/Range", request, RangeResponse.Parser);
        Assert.Equal((3, 0), (counted.Count, counted.Kvs.Count));
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_unimplemented() =>
        Assert.Equal(12, (await _client.SendAsync("KV/Nonsense", WireClient.Frame(Put("a", 1)))).Status);

    [Fact]
    public async Task A_compressed_message_is_refused() =>
        Assert.Equal(12, (await _client.SendAsync("KV/Put", [1, 0, 0, 0, 0])).Status);

    [Fact]
    public async Task A_message_that_is_cut_off_or_missing_or_nonsense_is_an_error()
    {
        Assert.Equal((13, "grpc: the stream ended within a message"), Shown(await _client.SendAsync("KV/Put", WireClient.Frame(Put("a", 10))[..^1])));
        Assert.Equal((13, "grpc: no message was sent"), Shown(await _client.SendAsync("KV/Put", [])));
        Assert.Equal(13, (await _client.SendAsync("KV/Put", [0, 0, 0, 0, 1, 0xff])).Status);
    }

    [Fact]
    public async Task A_message_beyond_the_bound_is_refused_by_grpc_and_one_beyond_etcds_by_etcd()
    {
        var (status, message, _) = await _client.SendAsync("KV/Put", [0, 0x7f, 0, 0, 0]);
        Assert.Equal((8, "grpc: received message larger than max (2130706432 vs. 2097152)"), (status, message));
        Assert.Equal((3, "etcdserver: request is too large"), Shown(await _client.SendAsync("KV/Put", WireClient.Frame(Put("a", 1536 * 1024)))));
        Assert.Equal(0, (await _client.SendAsync("KV/Put", WireClient.Frame(Put("a", 1536 * 1024 - 100)))).Status);
    }

    [Fact]
    public async Task An_error_of_the_store_comes_with_its_code_and_text() =>
        Assert.Equal((3, "etcdserver: key is not provided"), Shown(await _client.SendAsync("KV/Put", WireClient.Frame(Put("", 1)))));

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("100% für\n", "100%25 f%C3%BCr%0A")]
    public void A_status_message_is_percent_encoded(string message, string encoded) => Assert.Equal(encoded, GrpcCall.PercentEncode(message));

    [Fact]
    public async Task While_the_store_is_away_calls_are_unavailable_and_afterwards_they_work_again()
    {
        await _client.CallAsync("KV/Put", Put("kept", 1), PutResponse.Parser);
        wire.Etcd.Tell(new Crash("etcd", Cause.None), ActorRefs.NoSender);
        var failures = 0;
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            try
            {
                var range = await _client.CallAsync("KV/Range", new RangeRequest { Key = ByteString.CopyFromUtf8("kept") }, RangeResponse.Parser);
                Assert.Equal(1, range.Count);
                if (failures > 0) return;
            }
            catch (WireException error)
            {
                Assert.Equal(14, error.Status);
                failures++;
            }
            await Task.Delay(5);
        }
        Assert.Fail($"{failures} calls failed, and none worked again.");
    }

    private static (int, string) Shown((int Status, string Message, byte[] Body) answer) => (answer.Status, answer.Message);
}
