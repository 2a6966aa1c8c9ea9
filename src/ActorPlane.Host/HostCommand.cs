using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using ActorPlane.Host.Http;
using ActorPlane.Tracing;

namespace ActorPlane.Host;

/// <summary>The command line: its options, their help and their errors.</summary>
internal static class HostCommand
{
    private static readonly Option<int> Nodes = new("--nodes")
    {
        Description = "Virtual nodes to start, named node-1, node-2, ...",
        DefaultValueFactory = _ => 5,
        CustomParser = result => Whole(result, 0, 1_000_000),
        HelpName = "N",
    };

    private static readonly Option<string?> Cpu = new("--cpu") { Description = "CPU of each node, such as 4 or 500m. Default: actorplane.nodes.default-capacity.cpu.", HelpName = "QUANTITY" };

    private static readonly Option<string?> Memory = new("--memory") { Description = "Memory of each node, such as 8Gi. Default: actorplane.nodes.default-capacity.memory.", HelpName = "QUANTITY" };

    private static readonly Option<string[]> Apply = new("--apply", "-f")
    {
        Description = "Kubernetes manifest to apply, with one or many documents; - is standard input. May be given many times.",
        HelpName = "FILE.yaml",
    };

    private static readonly Option<string[]> Config = new("--config") { Description = "HOCON file laid over the defaults (hocon/actorplane.conf). May be given many times.", HelpName = "FILE.conf" };

    private static readonly Option<string> Trace = new("--trace")
    {
        Description = "How the messages between the actors are shown: console, full (nothing left out), jsonl or off.",
        DefaultValueFactory = _ => "console",
        CustomParser = result => OneOf(result, "console", "full", "jsonl", "off"),
        HelpName = "console|full|jsonl|off",
    };

    private static readonly Option<string> TraceFilterWords = new("--trace-filter")
    {
        Description = "Show only messages that contain one of these words, comma-separated; -word hides. Example: kube-scheduler,bind,-lease.",
        DefaultValueFactory = _ => "",
        HelpName = "WORDS",
    };

    private static readonly Option<long?> Seed = new("--seed") { Description = "Every random choice follows from it. Default: actorplane.seed.", CustomParser = SeedOf, HelpName = "N" };

    private static readonly Option<double?> Speed = new("--speed")
    {
        Description = "Cluster seconds in a second of wall time, 0.01 to 1000. Default: 1; the tour's is 30.",
        CustomParser = result => Factor(result, 0.01, 1000),
        HelpName = "FACTOR",
    };

    private static readonly Option<TimeSpan?> Simulate = new("--simulate")
    {
        Description = "Run for so long in virtual time, as fast as it goes, and end. Example: 10m.",
        CustomParser = Duration,
        HelpName = "DURATION",
    };

    private static readonly Option<string?> DataDirectory = new("--data-dir") { Description = "Keep etcd's journal here, and go on from what is there.", HelpName = "DIR" };

    private static readonly Option<bool> InMemory = new("--in-memory") { Description = "Keep etcd's journal in memory only." };

    private static readonly Option<IPEndPoint?> EtcdListen = new("--etcd-listen")
    {
        Description = "Serve etcd's own protocol here, for etcdctl. Example: 127.0.0.1:2379.",
        CustomParser = EndPoint,
        HelpName = "ADDRESS:PORT",
    };

    private static readonly Option<bool> EtcdUnsafeWrites = new("--etcd-unsafe-writes") { Description = "Let etcdctl write the keys below /registry, too, which belong to the API server." };

    private static readonly Option<string?> Listen = new("--listen")
    {
        Description = $"Address and port of the Kubernetes API over HTTP, such as 127.0.0.1:8080; off serves none. Default: {ListenAddress.Default}, unless its port is taken.",
        HelpName = "ADDRESS:PORT|off",
    };

    private static readonly Option<string?> Kubeconfig = new("--kubeconfig") { Description = "Write a kubeconfig for the HTTP API to this file.", HelpName = "FILE" };

    private static readonly Option<string?> Controllers = new("--controllers")
    {
        Description = "Controllers to run, in kube-controller-manager's words: names with commas between, * for all, -NAME for all but that one, '' for none. Example: '*,-deployment-controller'. Default: actorplane.controller-manager.controllers.",
        HelpName = "NAMES",
    };

    private static readonly Option<string?> Scheduler = new("--scheduler")
    {
        Description = "off: leave pods to another scheduler. Default: actorplane.scheduler.enabled.",
        CustomParser = result => OneOf(result, "on", "off"),
        HelpName = "on|off",
    };

    private static readonly Option<string?> Otlp = new("--otlp")
    {
        Description = "Send the trace as OpenTelemetry spans to this collector, such as http://127.0.0.1:4318. Default: OTEL_EXPORTER_OTLP_ENDPOINT.",
        HelpName = "URL",
    };

    private static readonly Option<bool> Exit = new("--exit") { Description = "End when done: exit code 0 only if everything converged." };

    /// <summary>The root command, which hands the options to <paramref name="run"/>.</summary>
    public static RootCommand Create(Func<RunOptions, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand("ActorPlane: a Kubernetes control plane, simulated with actors. A tour shows what happens when pods are created, crash, and lose their machine. With --apply, --nodes, --listen, --kubeconfig, --data-dir or --etcd-listen, or with a part turned off, the cluster is the user's, and there is no tour.")
        {
            Nodes, Cpu, Memory, Apply, Config, Trace, TraceFilterWords, Seed, Speed, Simulate, DataDirectory, InMemory, EtcdListen,
            EtcdUnsafeWrites, Listen, Kubeconfig, Controllers, Scheduler, Otlp, Exit,
        };
        root.Validators.Add(result =>
        {
            if (result.GetValue(DataDirectory) is not null && result.GetValue(InMemory)) result.AddError("--data-dir and --in-memory exclude each other.");
            if (result.GetResult(EtcdListen) is not null && result.GetResult(Simulate) is not null) result.AddError("--simulate takes no --etcd-listen.");
            if (result.GetValue(DataDirectory) is not null && result.GetResult(Simulate) is not null) result.AddError("--simulate keeps its journal on a simulated disk: it takes no --data-dir.");
        });
        root.Validators.Add(result =>
        {
            if (result.GetValue(Listen) is { } listen && ListenAddress.Parse(listen) is null && listen != ListenAddress.Off)
                result.AddError($"--listen wants an address and a port, such as 127.0.0.1:8080 or [::1]:8080, or off; not \"{listen}\".");
            if (result.GetValue(Kubeconfig) is not null && result.GetValue(Listen) == ListenAddress.Off) result.AddError("--kubeconfig needs the HTTP API: it excludes --listen off.");
            if (result.GetResult(Simulate) is not null && (result.GetResult(Listen) is not null || result.GetResult(Kubeconfig) is not null))
                result.AddError("--simulate runs in virtual time and serves no HTTP: it takes neither --listen nor --kubeconfig.");
        });
        root.Validators.Add(result =>
        {
            if (result.GetResult(Simulate) is not null && result.GetResult(Otlp) is not null) result.AddError("--simulate runs in virtual time and sends no spans: it takes no --otlp.");
            if (result.GetResult(Simulate) is not null && result.GetResult(Speed) is not null) result.AddError("--simulate runs as fast as it goes: it takes no --speed.");
        });
        root.SetAction((parsed, stop) => run(Read(parsed), stop));
        return root;
    }

    private static RunOptions Read(ParseResult parsed) => new()
    {
        Nodes = parsed.GetValue(Nodes),
        Cpu = parsed.GetValue(Cpu),
        Memory = parsed.GetValue(Memory),
        Apply = parsed.GetValue(Apply) ?? [],
        IsOwn = IsOwn(parsed),
        Config = parsed.GetValue(Config) ?? [],
        Trace = parsed.GetValue(Trace) switch { "jsonl" => TraceMode.JsonLines, "full" => TraceMode.Full, "off" => TraceMode.Off, _ => TraceMode.Console },
        TraceFilter = TraceFilter.Parse(parsed.GetValue(TraceFilterWords)!),
        Seed = parsed.GetValue(Seed),
        Speed = parsed.GetValue(Speed),
        Simulate = parsed.GetValue(Simulate),
        DataDirectory = parsed.GetValue(DataDirectory),
        InMemory = parsed.GetValue(InMemory),
        EtcdListen = parsed.GetValue(EtcdListen),
        EtcdUnsafeWrites = parsed.GetValue(EtcdUnsafeWrites),
        Listen = parsed.GetValue(Listen),
        Kubeconfig = parsed.GetValue(Kubeconfig),
        Controllers = parsed.GetValue(Controllers),
        Scheduler = parsed.GetValue(Scheduler),
        Otlp = parsed.GetValue(Otlp),
        Exit = parsed.GetValue(Exit),
    };

    // Who says what is in the cluster or where it is reached does not want a tour's Deployment in it, nor its machine without power.
    private static bool IsOwn(ParseResult parsed) =>
        ((Option[])[Apply, Nodes, Kubeconfig, DataDirectory, EtcdListen]).Any(option => parsed.GetResult(option) is { Implicit: false })
        || parsed.GetValue(Listen) is not (null or ListenAddress.Off);

    private static int Whole(ArgumentResult result, int min, int max)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max) return value;
        result.AddError($"{NameOf(result)} must be a whole number from {min} to {max}, not \"{result.Tokens[0].Value}\".");
        return 0;
    }

    private static long? SeedOf(ArgumentResult result)
    {
        if (long.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return value;
        result.AddError($"{NameOf(result)} must be a whole number of 64 bits, not \"{result.Tokens[0].Value}\".");
        return null;
    }

    private static double? Factor(ArgumentResult result, double min, double max)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max) return value;
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{NameOf(result)} must be a number from {min} to {max}, not \"{result.Tokens[0].Value}\"."));
        return null;
    }

    private static TimeSpan? Duration(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var unit = text.AsSpan().TrimStart("0123456789.");
        double? seconds = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => null };
        if (seconds is { } factor && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count * factor is > 0 and <= 366 * 86400.0)
            return TimeSpan.FromSeconds(count * factor);
        result.AddError($"{NameOf(result)} must be a duration such as 90s, 10m or 24h, up to a year, not \"{text}\".");
        return null;
    }

    private static IPEndPoint? EndPoint(ArgumentResult result)
    {
        // Without a port .NET reads one of 0, which would mean any.
        var text = result.Tokens[0].Value;
        if (text.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(text, out var endPoint)) return endPoint;
        result.AddError($"{NameOf(result)} must be an address and a port such as 127.0.0.1:2379, not \"{text}\".");
        return null;
    }

    private static string? OneOf(ArgumentResult result, params string[] words)
    {
        var text = result.Tokens[0].Value;
        if (Array.IndexOf(words, text) >= 0) return text;
        result.AddError($"{NameOf(result)} must be {string.Join(", ", words[..^1])} or {words[^1]}, not \"{text}\".");
        return null;
    }

    private static string NameOf(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}
