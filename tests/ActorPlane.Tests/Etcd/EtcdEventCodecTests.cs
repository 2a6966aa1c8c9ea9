using ActorPlane.Etcd;
using ActorPlane.Tracing;

namespace ActorPlane.Tests.Etcd;

public class EtcdEventCodecTests
{
    private static readonly EtcdEventBatch Batch = new(
    [
        new EtcdEvent.LeaseGranted(new Cause(1), 7, 60),
        new EtcdEvent.Changed(new Cause(300), 2,
            [new EtcdKeyValue("a", EtcdValue.Of("x"), 2, 2, 1, 7), EtcdKeyValue.Tombstone("b", 2)]),
        new EtcdEvent.LeaseEnded(Cause.None, 7, 3, [EtcdKeyValue.Tombstone("a", 3)]),
        new EtcdEvent.Compacted(Cause.None, 3),
    ]);

    /// <summary>What a database written by the first version holds. These bytes must be readable for ever.</summary>
    private const string FirstVersion = "040201073C01AC020202016101017800070162000300070301016100040003";

    [Fact]
    public void The_first_version_of_a_batch_is_these_bytes_and_stays_readable()
    {
        var bytes = EtcdEventCodec.Encode(Batch);
        Assert.Equal(FirstVersion, Convert.ToHexString(bytes.AsSpan(0, bytes.Length - 4)));
        var decoded = EtcdEventCodec.DecodeBatch(bytes);
        Assert.Equal(4, decoded.Events.Count);
        Assert.Equal(Batch.Events[0], decoded.Events[0]);
        var changed = Assert.IsType<EtcdEvent.Changed>(decoded.Events[1]);
        Assert.Equal((new Cause(300), 2L), (changed.Cause, changed.Revision));
        Assert.Equal(((EtcdEvent.Changed)Batch.Events[1]).Changes, changed.Changes);
        var ended = Assert.IsType<EtcdEvent.LeaseEnded>(decoded.Events[2]);
        Assert.Equal((7L, 3L), (ended.LeaseId, ended.Revision));
        Assert.Equal(Batch.Events[3], decoded.Events[3]);
    }

    [Fact]
    public void No_name_of_a_type_is_stored()
    {
        var text = System.Text.Encoding.Latin1.GetString(EtcdEventCodec.Encode(Batch));
        Assert.DoesNotContain("Etcd", text);
        Assert.DoesNotContain("ActorPlane", text);
    }

    [Fact]
    public void Bytes_that_were_cut_off_or_changed_are_refused_and_never_read_as_something_else()
    {
        var bytes = EtcdEventCodec.Encode(Batch);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => EtcdEventCodec.DecodeBatch(bytes.AsSpan(0, length)));
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => EtcdEventCodec.DecodeBatch(damaged));
        }
    }

    [Fact]
    public void A_torn_snapshot_is_refused_with_what_it_is()
    {
        var writer = new StoreWriter(StoreState.Empty, StoreUnderTest.Limits);
        writer.Execute(new EtcdOp.Put("a", EtcdValue.Of("x")), Cause.None);
        var bytes = EtcdEventCodec.Encode(writer.ToState());
        var torn = Assert.Throws<InvalidDataException>(() => EtcdEventCodec.DecodeSnapshot(bytes.AsSpan(0, bytes.Length / 2), StoreUnderTest.Limits));
        Assert.StartsWith("a snapshot of the store", torn.Message);
    }

    [Fact]
    public void A_journal_with_a_gap_is_refused()
    {
        var writer = new StoreWriter(StoreState.Empty, StoreUnderTest.Limits);
        var gap = Assert.Throws<InvalidDataException>(() => writer.Apply(new EtcdEvent.Changed(Cause.None, 3, [EtcdKeyValue.Tombstone("a", 3)])));
        Assert.Equal("an event of revision 3 follows revision 1: the journal has a gap", gap.Message);
    }

    [Fact]
    public void An_object_is_encoded_when_bytes_are_needed_and_not_before()
    {
        var codec = new CountingCodec();
        var writer = new StoreWriter(StoreState.Empty, StoreUnderTest.Limits);
        var decision = writer.Execute(new EtcdOp.Put("a", EtcdValue.Of(new object(), codec)), Cause.None);
        Assert.Equal("encoded", EtcdText.Of(writer.ToState().Tree.Find("a")).Split(['=', ' '])[1]);
        codec.Count = 0;
        writer.Execute(new EtcdOp.Put("a", EtcdValue.Of(new object(), codec)), Cause.None);
        writer.ToState().Range(new EtcdOp.Range((EtcdKey)"a"));
        Assert.Equal(0, codec.Count);
        var bytes = EtcdEventCodec.Encode(new EtcdEventBatch([decision.Event!]));
        Assert.Equal(1, codec.Count);
        var read = (EtcdEvent.Changed)EtcdEventCodec.DecodeBatch(bytes).Events[0];
        Assert.Equal("encoded", read.Changes[0].Value.ToString());
    }

    private sealed class CountingCodec : IEtcdValueCodec
    {
        public int Count;

        public byte[] Encode(object value)
        {
            Count++;
            return "encoded"u8.ToArray();
        }
    }
}
