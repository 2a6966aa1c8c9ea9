using Akka.Actor;

namespace Akka.Persistence.Tests;

/// <summary>Random mixtures of everything that persists, against the two promises about order.</summary>
public sealed class OrderTests : PersistenceTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Handlers_run_in_the_order_of_the_calls_and_commands_wait_for_Persist(int seed)
    {
        const int Commands = 200;
        var random = new Random(seed);
        var plan = Enumerable.Range(0, Commands).Select(_ => Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(5)).ToArray()).ToArray();
        var log = new List<string>();
        var actor = Start("a", (self, m) =>
        {
            if (m is not int command)
            {
                self.Probe.Tell(log.ToArray());
                return;
            }

            log.Add($"command {command}");
            for (var i = 0; i < plan[command].Length; i++)
            {
                var name = $"{command}.{i}";
                switch (plan[command][i])
                {
                    case 0:
                        self.Persist(name, e => log.Add($"waited {e}"));
                        break;
                    case 1:
                        self.PersistAll([name + "a", name + "b"], e => log.Add($"waited {e}"));
                        break;
                    case 2:
                        self.PersistAsync(name, e => log.Add($"async {e}"));
                        break;
                    case 3:
                        self.PersistAllAsync([name + "a", name + "b"], e => log.Add($"async {e}"));
                        break;
                    default:
                        self.DeferAsync(name, e => log.Add($"async {e}"));
                        break;
                }
            }
        });
        foreach (var command in Enumerable.Range(0, Commands))
        {
            actor.Tell(command);
        }

        var calls = plan.SelectMany((ops, command) => ops.SelectMany((op, i) => op is 1 or 3 ? new[] { $"{command}.{i}a", $"{command}.{i}b" } : [$"{command}.{i}"])).ToArray();
        string[] seen = [];
        AwaitAssert(() =>
        {
            actor.Tell("log");
            seen = ExpectMsg<string[]>();
            Assert.Equal(calls, seen.Where(l => !l.StartsWith("command", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]));
        });
        Assert.Equal(Enumerable.Range(0, Commands).Select(i => $"command {i}"), seen.Where(l => l.StartsWith("command", StringComparison.Ordinal)));

        // No command stands between another one and the last handler that it waited for.
        for (var command = 0; command < Commands; command++)
        {
            var lastWaited = Array.FindLastIndex(seen, l => l.StartsWith($"waited {command}.", StringComparison.Ordinal));
            var next = Array.IndexOf(seen, $"command {command + 1}");
            Assert.True(next < 0 || lastWaited < next, $"seed {seed}: command {command + 1} did not wait");
        }
    }
}
