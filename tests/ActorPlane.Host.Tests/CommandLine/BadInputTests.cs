namespace ActorPlane.Host.Tests.CommandLine;

/// <summary>What is wrong is told in one line with file, line and field, with exit code 2, before anything is applied.</summary>
public sealed class BadInputTests
{
    private const string Good = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          selector:
            matchLabels: {app: web}
          template:
            metadata:
              labels: {app: web}
            spec:
              containers:
              - name: server
                image: nginx:1.27
                resources:
                  requests: {cpu: 100m}

        """;

    [Theory]
    [InlineData("kind: Deployment", "kind: Deploymint", "2: kind: no matches for kind \"Deploymint\" in version \"apps/v1\"")]
    [InlineData("apiVersion: apps/v1", "apiVersion: apps/v7", "2: kind: no matches for kind \"Deployment\" in version \"apps/v7\"")]
    [InlineData("kind: Deployment\n", "", "1: kind: the field is required")]
    [InlineData("replicas: 2", "replicaz: 2", "6: spec.replicaz: unknown field \"spec.replicaz\"")]
    [InlineData("image: nginx", "imaje: nginx", "15: spec.template.spec.containers[0].imaje: unknown field \"spec.template.spec.containers[0].imaje\"")]
    [InlineData("replicas: 2", "replicas: two", "6: spec.replicas: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("cpu: 100m", "cpu: 100q", "17: spec.template.spec.containers[0].resources.requests.cpu: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("replicas: 2", "replicas: -1", "6: spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("name: web", "name: Web_1", "4: metadata.name: Invalid value: \"Web_1\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")]
    [InlineData("matchLabels: {app: web}", "matchLabels: {app: other}", "11: spec.template.metadata.labels: Invalid value: map[string]string{\"app\":\"web\"}: `selector` does not match template `labels`")]
    [InlineData("        image: nginx:1.27\n", "        image: [1, 2\n", null)]
    public void A_wrong_manifest(string good, string bad, string? expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("web.yaml", Good.Replace(good, bad, StringComparison.Ordinal));

        var result = HostProcess.Run("--apply", file, "--exit");

        AssertRefused(result);
        if (expected is not null) Assert.Equal($"actorplane: {file}:{expected}", result.Error.TrimEnd());
        else Assert.Matches($"^actorplane: {file}:1[0-9]: .*not valid YAML", result.Error);
    }

    [Fact]
    public void A_file_that_is_not_there()
    {
        using var folder = new TemporaryFolder();

        var result = HostProcess.Run("--apply", folder.PathOf("none.yaml"), "--exit");

        AssertRefused(result);
        Assert.StartsWith($"actorplane: {folder.PathOf("none.yaml")}: ", result.Error);
    }

    [Fact]
    public void The_error_in_the_last_file_keeps_the_first_from_being_applied()
    {
        using var folder = new TemporaryFolder();
        var good = folder.Write("good.yaml", Good);
        var bad = folder.Write("bad.yaml", Good + "---\n" + Good.Replace("replicas: 2", "replicas: many", StringComparison.Ordinal));

        var result = HostProcess.Run("--apply", good, "--apply", bad, "--trace", "jsonl", "--exit", "--data-dir", folder.PathOf("data"));

        AssertRefused(result);
        Assert.StartsWith($"actorplane: {bad}:24: spec.replicas: ", result.Error);
        Assert.False(Directory.Exists(folder.PathOf("data")), "No store was to be made.");
    }

    [Fact]
    public void Standard_input_is_named_in_its_errors()
    {
        var result = HostProcess.RunWith(Good.Replace("kind: Deployment", "kind: Thing", StringComparison.Ordinal), "--apply", "-", "--exit");

        AssertRefused(result);
        Assert.Equal("actorplane: standard input:2: kind: no matches for kind \"Thing\" in version \"apps/v1\"", result.Error.TrimEnd());
    }

    [Theory]
    [InlineData("actorplane.scheduler.nome = x", "actorplane.scheduler.nome")]
    [InlineData("actorplane.kubelet.container-start = fast", "actorplane.kubelet.container-start")]
    [InlineData("actorplane.scheduler.min-feasible-nodes = some", "actorplane.scheduler.min-feasible-nodes")]
    [InlineData("actorplane.controller-manager.concurrent-passes = -5", "actorplane.controller-manager.concurrent-passes")]
    [InlineData("actorplane.nodes.pod-addresses = everywhere", "actorplane.nodes.pod-addresses")]
    public void A_wrong_setting_is_told_with_its_file_and_line(string setting, string key)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("my.conf", "# mine\n" + setting + "\n");

        var result = HostProcess.Run("--config", file, "--exit");

        AssertRefused(result);
        Assert.StartsWith($"actorplane: {file}:2: {key}", result.Error);
    }

    [Fact]
    public void A_wrong_setting_is_found_among_others_of_its_name()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("my.conf", """
            actorplane {
              # initial = soon
              client.relist-backoff { initial = 1s, max = 5s }
              kubelet.crash-loop {
                initial = soon
              }
            }
            """);

        var result = HostProcess.Run("--config", file, "--exit");

        AssertRefused(result);
        Assert.StartsWith($"actorplane: {file}:5: actorplane.kubelet.crash-loop.initial: ", result.Error);
    }

    [Fact]
    public void A_configuration_that_is_not_there()
    {
        var result = HostProcess.Run("--config", "/no/such.conf", "--exit");

        AssertRefused(result);
        Assert.StartsWith("actorplane: /no/such.conf: ", result.Error);
    }

    [Theory]
    [InlineData("--simulate must be a duration such as 90s, 10m or 24h, up to a year, not \"10x\".", "--simulate", "10x")]
    [InlineData("--simulate must be a duration such as 90s, 10m or 24h, up to a year, not \"0s\".", "--simulate", "0s")]
    [InlineData("--speed must be a number from 0.01 to 1000, not \"0\".", "--speed", "0")]
    [InlineData("--speed must be a number from 0.01 to 1000, not \"fast\".", "--speed", "fast")]
    [InlineData("--nodes must be a whole number from 0 to 1000000, not \"-1\".", "--nodes", "-1")]
    [InlineData("--nodes must be at most 65536: actorplane.nodes has no addresses for more", "--nodes", "65537")]
    [InlineData("--seed must be a whole number of 64 bits, not \"x\".", "--seed", "x")]
    [InlineData("--cpu \"lots\" is no quantity: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'", "--cpu", "lots")]
    [InlineData("--memory must be more than 0", "--memory", "0")]
    [InlineData("--controllers names \"colour\", which is not in the list of known controllers", "--controllers", "*,-colour")]
    [InlineData("--controllers asks for statefulset-controller, which this control plane does not have", "--controllers", "statefulset")]
    [InlineData("--otlp must be a URL such as http://127.0.0.1:4318, not \"nowhere\"", "--otlp", "nowhere")]
    [InlineData("--simulate runs in virtual time and sends no spans: it takes no --otlp.", "--simulate", "1m", "--otlp", "http://127.0.0.1:4318")]
    [InlineData("--listen wants an address and a port, such as 127.0.0.1:8080 or [::1]:8080, or off; not \"here\".", "--listen", "here")]
    [InlineData("--trace must be console, full, jsonl or off, not \"loud\".", "--trace", "loud")]
    [InlineData("--scheduler must be on or off, not \"maybe\".", "--scheduler", "maybe")]
    [InlineData("--simulate runs as fast as it goes: it takes no --speed.", "--simulate", "1m", "--speed", "2")]
    [InlineData("Unrecognized command or argument '--frob'.", "--frob")]
    [InlineData("--data-dir and --in-memory exclude each other.", "--data-dir", "x", "--in-memory")]
    [InlineData("--simulate keeps its journal on a simulated disk: it takes no --data-dir.", "--data-dir", "x", "--simulate", "1m")]
    public void A_wrong_option(string message, params string[] arguments)
    {
        var result = HostProcess.Run([.. arguments, "--exit"]);

        AssertRefused(result);
        Assert.Equal("actorplane: " + message, result.Error.TrimEnd());
    }

    [Fact]
    public void A_data_directory_that_cannot_be_one()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("file", "in the way");

        var result = HostProcess.Run("--data-dir", file, "--exit");

        AssertRefused(result);
        Assert.StartsWith($"actorplane: --data-dir {file} cannot be used: ", result.Error);
    }

    private static void AssertRefused(HostResult result)
    {
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Equal("", result.Output);
        Assert.True(result.Error.TrimEnd().Split('\n').Length == 1, "One line was wanted: " + result.Error);
    }
}
