using Akka.Actor;

namespace Akka.Persistence.Sql.Tests;

public sealed class SqliteSnapshotTests : SqliteTest
{
    [Fact]
    public void A_snapshot_is_saved_replaced_offered_and_deleted()
    {
        var actor = Start("a");
        Write(actor, "one");
        Write(actor, "two");
        actor.Tell("snap");
        actor.Tell("snap");
        var saved = ExpectMsg<SaveSnapshotSuccess>().Metadata;
        Assert.Equal(("a", 2L), (saved.PersistenceId, saved.SequenceNr));
        saved = ExpectMsg<SaveSnapshotSuccess>().Metadata;
        Write(actor, "three");

        var row = Assert.Single(File.Query("SELECT persistence_id, sequence_number, created, manifest, serializer_id FROM snapshot"));
        Assert.Equal(["a", 2L, saved.Timestamp.Ticks, string.Empty, 1L], row);
        StopAndWait(actor);

        var again = Start("a");
        Assert.Equal([new Balance(2), "three"], Known(again));
        again.Tell("forget snapshots");
        ExpectMsg(new DeleteSnapshotsSuccess(SnapshotSelectionCriteria.Latest));
        Assert.Empty(File.Query("SELECT * FROM snapshot"));
        StopAndWait(again);
        Assert.Equal(["one", "two", "three"], Known(Start("a")));
    }

    [Fact]
    public void The_store_keeps_to_the_criteria()
    {
        var store = Persistence.Instance.Apply(Sys).SnapshotStoreFor(null);
        foreach (var nr in new long[] { 1, 2, 3 })
        {
            store.Tell(new SaveSnapshot(new SnapshotMetadata("a", nr, new DateTime(nr * 1000, DateTimeKind.Utc)), new Balance((int)nr)), TestActor);
            ExpectMsg<SaveSnapshotSuccess>();
        }

        long? Load(SnapshotSelectionCriteria criteria, long to = long.MaxValue)
        {
            store.Tell(new LoadSnapshot("a", criteria, to), TestActor);
            return ExpectMsg<LoadSnapshotResult>().Snapshot?.Metadata.SequenceNr;
        }

        Assert.Equal(3, Load(SnapshotSelectionCriteria.Latest));
        Assert.Equal(2, Load(new SnapshotSelectionCriteria(2)));
        Assert.Equal(1, Load(SnapshotSelectionCriteria.Latest, 1));
        Assert.Equal(2, Load(new SnapshotSelectionCriteria(long.MaxValue, new DateTime(2500))));
        Assert.Null(Load(new SnapshotSelectionCriteria(1, DateTime.MaxValue, 2)));
        Assert.Null(Load(SnapshotSelectionCriteria.None));

        store.Tell(new DeleteSnapshot(new SnapshotMetadata("a", 3, DateTime.MinValue)), TestActor);
        ExpectMsg<DeleteSnapshotSuccess>();
        Assert.Equal(2, Load(SnapshotSelectionCriteria.Latest));
        store.Tell(new DeleteSnapshots("a", new SnapshotSelectionCriteria(1)), TestActor);
        ExpectMsg<DeleteSnapshotsSuccess>();
        Assert.Null(Load(new SnapshotSelectionCriteria(1)));
        Assert.Equal(2, Load(SnapshotSelectionCriteria.Latest));
    }
}
