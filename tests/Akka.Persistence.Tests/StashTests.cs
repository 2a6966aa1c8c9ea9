using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class StashTests : PersistenceTest
{
    [Fact]
    public void What_the_user_unstashes_comes_before_newer_commands()
    {
        var stashed = false;
        var actor = Start("a", (self, m) =>
        {
            if (m is "first" && !stashed)
            {
                stashed = true;
                self.Stash.Stash();
            }
            else
            {
                self.Persist(m, e =>
                {
                    self.Probe.Tell(e);
                    if (e is "second")
                    {
                        self.Stash.UnstashAll();
                    }
                });
            }
        });
        actor.Tell("first");
        actor.Tell("second");
        actor.Tell("third");
        ExpectAll("second", "first", "third");
    }

    [Fact]
    public void The_users_stash_does_not_see_what_waits_internally()
    {
        var actor = Start("a", (self, m) =>
        {
            switch (m)
            {
                case "stash":
                    self.Stash.Stash();
                    break;
                case "count":
                    self.Probe.Tell(self.Stash.Count);
                    break;
                default:
                    Echo(self, m);
                    break;
            }
        });
        actor.Tell("stash");
        actor.Tell("a");
        actor.Tell("b");
        actor.Tell("count");
        ExpectAll("a", "b", 1);
    }

    [Fact]
    public void Stashed_commands_survive_a_restart()
    {
        var fail = true;
        var actor = Start("a", (self, m) =>
        {
            switch (m)
            {
                case "boom" when fail:
                    fail = false;
                    throw new InvalidOperationException("boom");
                case "later" when fail:
                    self.Stash.Stash();
                    break;
                default:
                    Echo(self, m);
                    break;
            }
        });
        actor.Tell("later");
        actor.Tell("boom");
        actor.Tell("after");
        ExpectAll("later", "after");
    }
}
