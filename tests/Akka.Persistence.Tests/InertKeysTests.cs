using Akka.Event;

namespace Akka.Persistence.Tests;

public sealed class InertKeysTests() : PersistenceTest(
    """
    akka.persistence.view.auto-update = off
    akka.persistence.max-concurrent-recoveries = 3
    akka.persistence.journal.mine { class = "x", whatever = 1 }
    """)
{
    [Fact]
    public void A_key_without_effect_is_warned_about_when_persistence_starts()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));
        _ = Persistence.Instance.Apply(Sys);
        Assert.Equal(
            "These configuration keys have no effect in this runtime: akka.persistence.view",
            ExpectMsg<Warning>().Message.ToString());
    }
}
