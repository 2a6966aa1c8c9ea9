using Akka.Actor;
using Akka.TestKit;

namespace Akka.Persistence.Tests;

/// <summary>What makes a simulated run repeatable: plug-ins in memory never leave the thread that runs them.</summary>
public sealed class InlineAnswerTests() : PersistenceTest(
    """
    akka.persistence.journal.inmem.plugin-dispatcher = "akka.test.calling-thread-dispatcher"
    akka.persistence.snapshot-store.inmem.plugin-dispatcher = "akka.test.calling-thread-dispatcher"
    """)
{
    /// <summary>The answers that are there when Tell returns.</summary>
    private object[] Answers(IActorRef plugin, Func<IActorRef, object> request)
    {
        var answers = new List<object>();
        var here = Environment.CurrentManagedThreadId;
        var receiver = Sys.ActorOf(Props.Create(() => new Collector(answers, here)).WithDispatcher(CallingThreadDispatcher.Id));
        plugin.Tell(request(receiver), receiver);
        return [.. answers];
    }

    [Fact]
    public void The_journal_answers_before_the_request_returns()
    {
        var journal = Persistence.Instance.Apply(Sys).JournalFor(null);
        AwaitAssert(() => Assert.Single(Answers(journal, r => new ReplayMessages(1, 0, 0, "p", r))));
        var events = new[] { new Persistent("a", 1, "p", writerGuid: "w"), new Persistent("b", 2, "p", writerGuid: "w") };
        Assert.Equal(
            [WriteMessagesSuccessful.Instance, new WriteMessageSuccess(events[0], 7), new WriteMessageSuccess(events[1], 7)],
            Answers(journal, r => new WriteMessages(events.Select(e => new AtomicWrite(e)), r, 7)));
        Assert.Equal(
            [new ReplayedMessage(events[0]), new ReplayedMessage(events[1]), new RecoverySuccess(2)],
            Answers(journal, r => new ReplayMessages(1, long.MaxValue, long.MaxValue, "p", r)));
        Assert.Equal([new DeleteMessagesSuccess(1)], Answers(journal, r => new DeleteMessagesTo("p", 1, r)));
        Assert.Equal([new ReplayedMessage(events[1]), new RecoverySuccess(2)], Answers(journal, r => new ReplayMessages(1, long.MaxValue, long.MaxValue, "p", r)));
    }

    [Fact]
    public void The_snapshot_store_answers_before_the_request_returns()
    {
        var store = Persistence.Instance.Apply(Sys).SnapshotStoreFor(null);
        AwaitAssert(() => Assert.Single(Answers(store, _ => new LoadSnapshot("p", SnapshotSelectionCriteria.Latest, long.MaxValue))));
        var saved = Assert.IsType<SaveSnapshotSuccess>(Assert.Single(Answers(store, _ => new SaveSnapshot(new SnapshotMetadata("p", 3, DateTime.MinValue), "state"))));
        Assert.Equal(
            [new LoadSnapshotResult(new SelectedSnapshot(saved.Metadata, "state"), long.MaxValue)],
            Answers(store, _ => new LoadSnapshot("p", SnapshotSelectionCriteria.Latest, long.MaxValue)));
        Assert.Equal([new DeleteSnapshotSuccess(saved.Metadata)], Answers(store, _ => new DeleteSnapshot(saved.Metadata)));
        Assert.Equal(
            [new DeleteSnapshotsSuccess(SnapshotSelectionCriteria.Latest)],
            Answers(store, _ => new DeleteSnapshots("p", SnapshotSelectionCriteria.Latest)));
    }

    private sealed class Collector(List<object> answers, int thread) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            answers.Add(message);
        }
    }
}
