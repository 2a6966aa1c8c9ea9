namespace ActorPlane.Host.Tests.CommandLine;

/// <summary>Whole runs of the executable.</summary>
public sealed class RunTests
{
    private const string Config = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {colour: red}

        """;

    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: server, image: nginx}]}

        """;

    [Fact]
    public void The_tour_shows_both_flows_and_ends_well()
    {
        var result = HostProcess.Run("--exit", "--speed", "100");

        Assert.True(result.ExitCode == 0, result.ToString());
        var output = result.Output;
        AssertInOrder(
            output, "kubectl applies a Deployment of 3", "create deployments.apps default/web", "create replicasets.apps", "create pods", "bind pod default/web-",
            "A container of web-", "crash container", "loses power", "power off node-", "bind pod default/web-", "Everything converged");
        Assert.Contains("NotReady", output);
        Assert.Contains("Terminating", output);
    }

    [Fact]
    public void A_manifest_from_standard_input_is_applied()
    {
        var result = HostProcess.RunWith(Config + "---\n" + Web, "--apply", "-", "--exit", "--trace", "off", "--in-memory", "--speed", "10", "--nodes", "2");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("configmap/settings created", result.OutputLines);
        Assert.Contains("deployment.apps/web created", result.OutputLines);
    }

    [Fact]
    public void Nodes_have_what_the_configuration_says_and_options_go_before_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("my.conf", "actorplane.nodes.default-capacity { cpu = 16, memory = 64Gi }");

        var result = HostProcess.Run("--config", file, "--memory", "2Gi", "--nodes", "1", "--simulate", "1s", "--trace", "full");

        Assert.Contains("add node node-1 (16 cpu, 2Gi memory, 110 pods)", result.Output);
    }

    [Fact]
    public void A_manifest_that_is_applied_again_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("all.yaml", Config + "---\n" + Web);
        string[] arguments = ["--apply", file, "--data-dir", folder.PathOf("data"), "--exit", "--trace", "off", "--speed", "10", "--nodes", "2"];
        var first = HostProcess.Run(arguments);
        Assert.True(first.ExitCode == 0, first.ToString());
        var pods = PodNames(first);

        var second = HostProcess.Run(arguments);

        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.Contains("configmap/settings unchanged", second.OutputLines);
        Assert.Contains("deployment.apps/web unchanged", second.OutputLines);
        Assert.Equal(2, pods.Length);
        Assert.Equal(pods, PodNames(second));
        // Its containers ended with the first process: what is shown as converged is that they run again.
        Assert.Equal(2, second.OutputLines.Count(line => line.Contains(" web-", StringComparison.Ordinal) && line.Contains("│ Running ", StringComparison.Ordinal) && line.Contains("│ 1 (", StringComparison.Ordinal)));

        folder.Write("all.yaml", (Config + "---\n" + Web).Replace("replicas: 2", "replicas: 3", StringComparison.Ordinal));
        var third = HostProcess.Run(arguments);
        Assert.True(third.ExitCode == 0, third.ToString());
        Assert.Contains("configmap/settings unchanged", third.OutputLines);
        Assert.Contains("deployment.apps/web configured", third.OutputLines);
        Assert.Superset(pods.ToHashSet(), PodNames(third).ToHashSet());
        Assert.Equal(3, PodNames(third).Length);
    }

    [Fact]
    public void What_cannot_converge_is_said_with_exit_code_1()
    {
        var result = HostProcess.RunWith(Web.Replace("image: nginx", "image: nginx, resources: {requests: {cpu: 64}}", StringComparison.Ordinal), "--apply", "-", "--exit", "--trace", "off", "--simulate", "10m");

        Assert.True(result.ExitCode == 1, result.ToString());
        Assert.Contains("Not converged: deployment web has 0 of 2 replicas available.", result.OutputLines);
    }

    [Fact]
    public void One_seed_gives_one_trace_in_every_process_and_another_seed_another()
    {
        string[] Arguments(string seed) => ["--simulate", "10m", "--trace", "jsonl", "--seed", seed];
        var first = HostProcess.Run(Arguments("7"));
        var second = HostProcess.Run(Arguments("7"));
        var other = HostProcess.Run(Arguments("8"));

        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.True(first.OutputLines.Length > 1000, $"Only {first.OutputLines.Length} messages: that proves nothing.");
        Assert.True(first.OutputBytes.AsSpan().SequenceEqual(second.OutputBytes), "The traces of one seed differ.");
        Assert.False(first.OutputBytes.AsSpan().SequenceEqual(other.OutputBytes), "The traces of two seeds are equal.");
    }

    [Fact]
    public void A_trace_filter_shows_what_it_names()
    {
        var result = HostProcess.Run("--simulate", "1m", "--trace", "jsonl", "--trace-filter", "bind,-written");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.NotEmpty(result.OutputLines);
        Assert.All(result.OutputLines, line => Assert.Contains("bind", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Without_a_whole_cluster_there_is_no_tour()
    {
        var result = HostProcess.Run("--exit", "--trace", "off", "--in-memory", "--nodes", "1", "--scheduler", "off", "--controllers", "*,-deployment");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("1 node ready", result.Output);
    }

    [Fact]
    public void A_cluster_of_the_users_own_has_no_tour()
    {
        var result = HostProcess.Run("--exit", "--trace", "off", "--in-memory", "--nodes", "1");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("1 node ready", result.Output);
        Assert.DoesNotContain("web", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_option()
    {
        var result = HostProcess.Run("--help");

        Assert.Equal(0, result.ExitCode);
        foreach (var option in (string[])["--nodes", "--cpu", "--memory", "--apply", "--config", "--trace", "--trace-filter", "--seed", "--speed", "--simulate", "--data-dir", "--in-memory", "--controllers", "--scheduler", "--exit"])
            Assert.Contains(option, result.Output);
    }

    private static string[] PodNames(HostResult result) =>
        [.. result.OutputLines.SelectMany(line => line.Split(' ', '│')).Where(word => word.StartsWith("web-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static void AssertInOrder(string text, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"\"{part}\" is not there, or not after what must come before it:{Environment.NewLine}{text}");
            at = found + part.Length;
        }
    }
}
