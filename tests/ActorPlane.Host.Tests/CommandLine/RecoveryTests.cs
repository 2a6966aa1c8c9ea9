using System.Text;
using System.Text.Json;

namespace ActorPlane.Host.Tests.CommandLine;

/// <summary>SIGKILL in the middle of a burst of writes: what was acknowledged is there afterwards.</summary>
public sealed class RecoveryTests
{
    private const int Objects = 1500;

    [Theory]
    [InlineData(50)]
    [InlineData(700)]
    public void What_was_acknowledged_before_SIGKILL_is_there_after_it(int killAfter)
    {
        using var folder = new TemporaryFolder();
        var manifest = new StringBuilder();
        for (var i = 0; i < Objects; i++) manifest.Append($"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c-{i:00000}}}\ndata: {{value: v{i}}}\n");
        var file = folder.Write("burst.yaml", manifest.ToString());
        string[] arguments = ["--apply", file, "--data-dir", folder.PathOf("data"), "--nodes", "0", "--trace", "jsonl", "--exit"];

        // The trace tells what kubectl was told: it is written before the client's handler runs, in order, and read until the pipe's end.
        using var enough = new ManualResetEventSlim();
        var seen = 0;
        HostResult killed;
        using (var host = HostProcess.Start(
            line =>
            {
                if (line.Contains("\"to\":\"kubectl\",\"type\":\"Written\"", StringComparison.Ordinal) && Interlocked.Increment(ref seen) == killAfter) enough.Set();
            },
            arguments))
        {
            Assert.True(enough.Wait(TimeSpan.FromMinutes(1)), "The burst did not get going.");
            killed = host.Kill();
        }

        var acknowledged = Acknowledged(killed);
        Assert.InRange(acknowledged.Count, killAfter, Objects - 1);

        var after = HostProcess.Run(arguments);

        Assert.True(after.ExitCode == 0, after.Error);
        // kubectl applies all of them again: what was there is unchanged, what was not is created.
        var lines = after.Error.Split('\n').Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        Assert.All(acknowledged, name => Assert.Contains($"configmap/{name} unchanged", lines));
        Assert.Contains(lines, line => line.EndsWith(" created", StringComparison.Ordinal));
    }

    /// <summary>The objects whose creation kubectl was told of. The last line may be cut off.</summary>
    private static HashSet<string> Acknowledged(HostResult result)
    {
        var acknowledged = new HashSet<string>(StringComparer.Ordinal);
        var text = result.Output;
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var message = JsonDocument.Parse(line).RootElement;
            if (message.GetProperty("to").GetString() != "kubectl" || message.GetProperty("type").GetString() != "Written") continue;
            // written ConfigMap default/c-00000 at revision 10
            acknowledged.Add(message.GetProperty("text").GetString()!.Split(' ')[2]["default/".Length..]);
        }

        return acknowledged;
    }
}
