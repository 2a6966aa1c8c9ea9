using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Tests;

public sealed class BatchingTests() : PersistenceTest(
    """
    akka.persistence.journal.plugin = "recording"
    recording.class = "Akka.Persistence.Tests.BatchingTests+RecordingJournal, Akka.Persistence.Tests"
    recording.max-message-batch-size = 4
    """)
{
    [Fact]
    public void Events_that_come_while_a_write_is_under_way_go_together_up_to_the_limit()
    {
        RecordingJournal.Requests.Clear();
        var actor = Start("batching", (self, _) =>
        {
            for (var i = 0; i < 6; i++)
            {
                self.PersistAsync(i, e => self.Probe.Tell(e));
            }

            self.PersistAllAsync([6, 7, 8, 9, 10], e => self.Probe.Tell(e));
        });
        actor.Tell("go");
        ExpectAll([.. Enumerable.Range(0, 11).Cast<object>()]);
        Assert.Equal(["0 1 2 3", "4 5", "6+7+8+9+10"], RecordingJournal.Requests);
    }

    public sealed class RecordingJournal : MemoryJournal
    {
        public static ConcurrentQueue<string> Requests { get; } = new();

        protected override Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
        {
            var writes = messages.ToArray();
            Requests.Enqueue(string.Join(' ', writes.Select(w => string.Join('+', ((IEnumerable<IPersistentRepresentation>)w.Payload).Select(p => p.Payload)))));
            return base.WriteMessagesAsync(writes);
        }
    }
}
