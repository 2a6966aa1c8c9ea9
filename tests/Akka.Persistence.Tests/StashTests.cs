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

    [Fact]
    public void Unstashed_commands_survive_a_failure_among_them_in_order()
    {
        var actor = Start("a", Open);
        actor.Tell("a");
        for (var i = 1; i <= 10; i++)
        {
            actor.Tell($"b-{i}");
        }

        actor.Tell("c");
        string[] expected = ["a", "c", "b-1", .. Enumerable.Range(3, 8).Select(i => $"b-{i}")];
        ExpectAll(expected);
        Assert.Equal(expected, Known(actor));

        static void Open(Scripted self, object message)
        {
            if (message is "b-2")
            {
                throw new InvalidOperationException("boom");
            }

            self.Persist(message, e =>
            {
                self.Apply(e);
                self.Probe.Tell(e);
                if (e is "a")
                {
                    self.SwitchTo(Closed);
                }
            });
        }

        static void Closed(Scripted self, object message)
        {
            if (message is not "c")
            {
                self.Stash.Stash();
                return;
            }

            self.Persist(message, e =>
            {
                self.Apply(e);
                self.Probe.Tell(e);
                self.SwitchTo(Open);
            });
            self.Stash.UnstashAll();
        }
    }
}
