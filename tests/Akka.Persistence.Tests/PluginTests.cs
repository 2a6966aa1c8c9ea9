using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Tests;

public sealed class PluginTests() : PersistenceTest(
    """
    akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.local"
    akka.persistence.snapshot-store.local.dir = "no-such-folder"
    akka.persistence.journal.auto-start-journals = ["second"]
    second.class = "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence"
    nameless.plugin-dispatcher = "akka.actor.default-dispatcher"
    adapting {
      class = "Akka.Persistence.Journal.MemoryJournal, Akka.Persistence"
      event-adapters.mine = "Some.Adapter, Some"
    }
    """)
{
    private PersistenceExtension Extension => Persistence.Instance.Apply(Sys);

    [Fact]
    public void A_journal_is_one_actor_below_system_named_after_its_path()
    {
        var journal = Extension.JournalFor(null);
        Assert.Equal("/system/akka.persistence.journal.inmem", journal.Path.ToStringWithoutAddress());
        Assert.Equal(journal, Extension.JournalFor("akka.persistence.journal.inmem"));
        Assert.NotEqual(journal, Extension.JournalFor("second"));
    }

    [Fact]
    public void A_plugin_that_is_not_configured_is_an_error_that_names_it()
    {
        Assert.Contains("missing-journal", Assert.Throws<ArgumentException>(() => Extension.JournalFor("missing-journal")).Message, StringComparison.Ordinal);
        Assert.Contains("nameless.class", Assert.Throws<ArgumentException>(() => Extension.SnapshotStoreFor("nameless")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Actors_keep_their_events_in_the_journal_they_name()
    {
        var probe = TestActor;
        var other = Sys.ActorOf(Props.Create(() => new Elsewhere(probe)));
        other.Tell("there");
        ExpectMsg("there");
        Assert.Empty(Known(Start("elsewhere", Echo)));
    }

    [Fact]
    public void Without_a_snapshot_store_actors_run_but_a_save_fails_with_advice()
    {
        var actor = Start("a", (self, m) =>
        {
            switch (m)
            {
                case "snap":
                    self.SaveSnapshot("state");
                    break;
                case SaveSnapshotFailure failure:
                    self.Probe.Tell(failure.Cause.Message);
                    break;
                default:
                    Echo(self, m);
                    break;
            }
        });
        actor.Tell("event");
        ExpectMsg("event");
        actor.Tell("snap");
        Assert.Contains("akka.persistence.snapshot-store.plugin", ExpectMsg<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_are_not_part_of_the_event()
    {
        var actor = Start("a", (self, m) => self.Persist(new Tagged(m, ["blue"]), _ => self.Probe.Tell("done")));
        actor.Tell("event");
        ExpectMsg("done");
        Assert.Equal(["event"], Known(Start("a", Echo)));
    }

    [Fact]
    public void No_snapshot_store_finds_nothing_and_refuses_the_rest()
    {
        var store = Extension.SnapshotStoreFor("akka.persistence.no-snapshot-store");
        store.Tell(new LoadSnapshot("a", SnapshotSelectionCriteria.Latest, long.MaxValue), TestActor);
        Assert.Null(ExpectMsg<LoadSnapshotResult>().Snapshot);
        store.Tell(new SaveSnapshot(new SnapshotMetadata("a", 1, DateTime.MinValue), "state"), TestActor);
        Assert.IsType<Akka.Persistence.Snapshot.NoSnapshotStore.NoSnapshotStoreException>(ExpectMsg<SaveSnapshotFailure>().Cause);
    }

    private sealed class Elsewhere : UntypedPersistentActor
    {
        private readonly IActorRef _probe;

        public Elsewhere(IActorRef probe)
        {
            _probe = probe;
            JournalPluginId = "second";
        }

        public override string PersistenceId => "elsewhere";

        protected override void OnCommand(object message) => Persist(message, e => _probe.Tell(e, Self));

        protected override void OnRecover(object message)
        {
        }
    }
}
