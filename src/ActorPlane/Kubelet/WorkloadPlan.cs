using System.Globalization;

namespace ActorPlane.Kubelet;

/// <summary>
/// What a virtual container does by itself. Most run until they are told otherwise. A few commands mean what they mean on
/// a real machine, so that Jobs and init containers end: <c>true</c>, <c>false</c>, <c>sleep N</c>, <c>echo ...</c>,
/// <c>exit N</c>, those that print and end (<c>date</c>, <c>env</c>, ...), alone or joined by <c>;</c> or <c>&amp;&amp;</c>
/// below <c>sh -c</c>. A command that has any other part runs for ever.
/// </summary>
/// <param name="Duration">How long it runs.</param>
/// <param name="ExitCode">How it then ends.</param>
public sealed record WorkloadPlan(TimeSpan Duration, int ExitCode)
{
    /// <summary>What an init container does whose command is not understood: it is there to end.</summary>
    public static readonly WorkloadPlan OfInit = new(TimeSpan.FromSeconds(1), 0);

    private static readonly string[] Printing = ["date", "env", "hostname", "id", "ls", "printenv", "pwd", "uname", "whoami"];

    private static readonly string[] Shells = ["sh", "bash", "ash", "/bin/sh", "/bin/bash", "/bin/ash"];

    /// <summary>
    /// The plan of a container's <c>command</c> followed by its <c>args</c>; null when it runs for ever. Without a
    /// command the image's entry point runs, which is taken to be a server, unless the arguments are such a command
    /// themselves: then it is an image without one, such as busybox.
    /// </summary>
    public static WorkloadPlan? Parse(IReadOnlyList<string> command, IReadOnlyList<string> args)
    {
        string[] words = [.. command, .. args];
        if (words.Length == 0) return null;
        if (!Shells.Contains(words[0])) return Step(words);
        // -e, -x and -u change nothing that is modelled here.
        var script = Array.FindIndex(words, 1, word => word.Length > 1 && word[0] == '-' && word.EndsWith('c'));
        return script == 1 && words.Length > 2 ? Script(words[2]) : null;
    }

    private static WorkloadPlan? Script(string script)
    {
        var total = TimeSpan.Zero;
        var exitCode = 0;
        foreach (var line in script.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            foreach (var part in line.Split("&&", StringSplitOptions.TrimEntries))
            {
                var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words.Length == 0 || Step(words) is not { } step) return null;
                total += step.Duration;
                exitCode = step.ExitCode;
                if (words[0] == "exit") return new WorkloadPlan(total, exitCode);
                if (exitCode != 0) break;
            }
        }

        return new WorkloadPlan(total, exitCode);
    }

    private static WorkloadPlan? Step(string[] words)
    {
        // What a shell would expand or redirect is not understood: then the outcome is unknown.
        if (words[0] != "echo" && words.Any(word => word.AsSpan().ContainsAny("$`|<>&*"))) return null;
        return (Path.GetFileName(words[0]), words.Length) switch
        {
            ("true" or ":", _) => new WorkloadPlan(TimeSpan.Zero, 0),
            (var name, _) when Printing.Contains(name) => new WorkloadPlan(TimeSpan.Zero, 0),
            ("false", _) => new WorkloadPlan(TimeSpan.Zero, 1),
            ("echo", _) when !words.Any(word => word.AsSpan().ContainsAny("`|<>&")) => new WorkloadPlan(TimeSpan.Zero, 0),
            ("exit", 1) => new WorkloadPlan(TimeSpan.Zero, 0),
            ("exit", 2) when int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code) => new WorkloadPlan(TimeSpan.Zero, code & 255),
            ("sleep", 2) when Seconds(words[1]) is { } duration => new WorkloadPlan(duration, 0),
            _ => null,
        };
    }

    private static TimeSpan? Seconds(string text)
    {
        const double longest = 3_600_000_000;
        var (number, unit) = text.Length > 1 && char.IsAsciiLetter(text[^1]) ? (text[..^1], text[^1]) : (text, 's');
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) return null;
        value *= unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => double.NaN };
        return value is >= 0 and <= longest ? TimeSpan.FromSeconds(value) : null;
    }
}
