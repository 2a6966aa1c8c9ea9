using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class RecoveryPermitterTests() : PersistenceTest("akka.persistence.max-concurrent-recoveries = 2")
{
    [Fact]
    public void No_more_recoveries_run_at_a_time_than_allowed()
    {
        var gates = Enumerable.Range(0, 4).Select(_ => new ManualResetEventSlim()).ToArray();
        for (var i = 0; i < 4; i++)
        {
            var (nr, gate) = (i, gates[i]);
            Start($"p{i}", Echo, (self, m) =>
            {
                if (m is RecoveryCompleted)
                {
                    self.Probe.Tell(nr);
                    gate.Wait();
                }
            });
        }

        var running = new HashSet<int> { ExpectMsg<int>(), ExpectMsg<int>() };
        ExpectNoMsg(100);
        gates[running.First()].Set();
        running.Add(ExpectMsg<int>());
        ExpectNoMsg(100);
        foreach (var gate in gates)
        {
            gate.Set();
        }

        running.Add(ExpectMsg<int>());
        Assert.Equal([0, 1, 2, 3], running.Order());
    }

    [Fact]
    public void An_actor_that_dies_in_recovery_gives_its_permit_back()
    {
        for (var round = 0; round < 5; round++)
        {
            var actor = Start($"dies{round}", Echo, (self, m) =>
            {
                if (m is RecoveryCompleted)
                {
                    self.Stop();
                    throw new InvalidOperationException("in recovery");
                }
            });
            Watch(actor);
            ExpectTerminated(actor);
        }

        Assert.Empty(Known(Start("lives", Echo)));
    }
}
