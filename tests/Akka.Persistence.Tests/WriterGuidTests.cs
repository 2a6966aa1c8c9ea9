using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class WriterGuidTests : PersistenceTest
{
    private static void TellWriter(Scripted actor, object message) => actor.Persist(message, _ => { });

    private List<string> Writers(string id)
    {
        Persistence.Instance.Apply(Sys).JournalFor(null).Tell(new ReplayMessages(1, long.MaxValue, long.MaxValue, id, TestActor), TestActor);
        var writers = new List<string>();
        FishForMessage(m =>
        {
            if (m is ReplayedMessage replayed)
            {
                writers.Add(replayed.Persistent.WriterGuid);
                Assert.NotEqual(0, replayed.Persistent.Timestamp);
            }

            return m is RecoverySuccess;
        });
        return writers;
    }

    [Fact]
    public void Every_incarnation_writes_under_an_id_of_its_own()
    {
        var first = Start("a", TellWriter);
        first.Tell(1);
        first.Tell(2);
        Known(first);
        StopAndWait(first);
        var second = Start("a", TellWriter);
        second.Tell(3);
        Known(second);
        var writers = Writers("a");
        Assert.Equal(3, writers.Count);
        Assert.Equal(writers[0], writers[1]);
        Assert.NotEqual(writers[0], writers[2]);
        Assert.All(writers, w => Assert.True(Guid.TryParse(w, out _)));
    }
}
