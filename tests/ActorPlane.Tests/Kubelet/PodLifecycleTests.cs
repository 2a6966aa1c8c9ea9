using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Faults;
using ActorPlane.Tracing;

namespace ActorPlane.Tests.Kubelet;

public sealed class PodLifecycleTests
{
    private const string WithDelays = """
        actorplane.kubelet {
          sandbox-start = 1s, image-pull = 2s, image-check = 0s, container-start = 3s, container-stop = 4s
          pod-events = on, node-events = off
        }
        """;

    [Fact]
    public void A_pod_that_starts_at_once_is_running_after_one_write()
    {
        using var world = new NodeWorld();

        world.Bind(Pods.Spec("Always", "a", "b"));

        var status = world.Pod().Status;
        Assert.Equal(["status pods web"], world.PodLog);
        Assert.Equal("Running", status.Phase);
        Assert.Equal(("10.0.0.2", "172.16.0.1"), (status.PodIP, status.HostIP));
        Assert.Equal(
            ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"],
            status.Conditions.Select(condition => condition.Type!));
        Assert.All(status.Conditions, condition => Assert.Equal("True", condition.Status));
        Assert.All(status.ContainerStatuses, container => Assert.Equal((true, true, 0), (container.Ready, container.Started, container.RestartCount)));
    }

    [Fact]
    public void A_pod_that_takes_time_is_written_twice()
    {
        using var world = new NodeWorld(WithDelays);

        world.Bind(Pods.Spec("Always", "a"));
        Assert.Equal(("Pending", "ContainerCreating"), (world.Pod().Status.Phase, world.Container().State.Waiting!.Reason));
        world.RunFor(5.9);
        Assert.Equal("Pending", world.Pod().Status.Phase);
        world.RunFor(0.2);

        Assert.Equal("Running", world.Pod().Status.Phase);
        Assert.Equal(["status pods web", "status pods web"], world.PodLog);
    }

    [Fact]
    public void Events_tell_what_the_kubelet_did()
    {
        using var world = new NodeWorld(WithDelays);
        world.Bind(Pods.Spec("Always", "a"));
        world.RunFor(10);

        world.Bind(Pods.Spec("Always", "a"), "second");
        world.RunFor(10);

        Assert.Equal(
            [
                "web Pulling: Pulling image \"nginx:1.27\"",
                "web Pulled: Successfully pulled image \"nginx:1.27\" in 2s (2s including waiting)",
                "web Created: Created container: a",
                "web Started: Started container a",
                "second Pulled: Container image \"nginx:1.27\" already present on machine",
                "second Created: Created container: a",
                "second Started: Started container a",
            ],
            world.Objects<Event>().Select(item => $"{item.InvolvedObject.Name} {item.Reason}: {item.Message}"));
    }

    [Fact]
    public void Init_containers_run_one_after_the_other_before_the_others()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a") with
        {
            InitContainers = [Pods.Container("i") with { Command = ["sleep", "2"] }, Pods.Container("j") with { Command = ["sleep", "3"] }],
        });

        Assert.Equal("PodInitializing", world.Container().State.Waiting!.Reason);
        world.RunFor(2.5);
        var init = world.Pod().Status.InitContainerStatuses;
        Assert.Equal((0, true), (init[0].State.Terminated!.ExitCode, init[1].State.Running is not null));
        Assert.Equal("containers with incomplete status: [j]", world.Pod().Status.Conditions[1].Message);
        world.RunFor(3);

        Assert.Equal("Running", world.Pod().Status.Phase);
        Assert.All(world.Pod().Status.Conditions, condition => Assert.Equal("True", condition.Status));
    }

    [Fact]
    public void An_init_container_whose_command_is_not_known_ends_well()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a") with { InitContainers = [Pods.Container("migrate")] });

        world.RunFor(5);

        Assert.Equal(0, world.Pod().Status.InitContainerStatuses[0].State.Terminated!.ExitCode);
        Assert.Equal("Running", world.Pod().Status.Phase);
    }

    [Theory]
    [InlineData("Never", "Failed")]
    [InlineData("Always", "Pending")]
    public void An_init_container_that_fails_stops_the_pod_or_is_tried_again(string policy, string phase)
    {
        using var world = new NodeWorld();

        world.Bind(Pods.Spec(policy, "a") with { InitContainers = [Pods.Container("i") with { Command = ["false"] }] });
        world.RunFor(1);

        Assert.Equal(phase, world.Pod().Status.Phase);
        Assert.Null(world.Container().State.Running);
        Assert.Equal(policy == "Never" ? 0 : 1, world.Pod().Status.InitContainerStatuses[0].RestartCount);
    }

    [Fact]
    public void A_sidecar_runs_beside_the_others_and_ends_after_them()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Never", "a") with
        {
            Containers = [Pods.Container("a") with { Command = ["sleep", "5"] }],
            InitContainers = [Pods.Container("s") with { RestartPolicy = "Always" }],
        });
        Assert.Equal("Running", world.Pod().Status.Phase);
        Assert.NotNull(world.Pod().Status.InitContainerStatuses[0].State.Running);

        world.RunFor(6);

        Assert.Equal("Succeeded", world.Pod().Status.Phase);
        Assert.Equal(143, world.Pod().Status.InitContainerStatuses[0].State.Terminated!.ExitCode);
    }

    [Fact]
    public void A_job_s_pod_succeeds_and_gives_its_address_back()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Never", "a") with { Containers = [Pods.Container("a") with { Command = ["sleep", "5"] }] });

        world.RunFor(6);

        var status = world.Pod().Status;
        Assert.Equal(("Succeeded", "Completed"), (status.Phase, status.ContainerStatuses[0].State.Terminated!.Reason));
        Assert.Equal("PodCompleted", status.Conditions.Find(condition => condition.Type == "Ready")!.Reason);
        world.Delete(grace: 0);
        Assert.Empty(world.Objects<Pod>());
    }

    [Theory]
    [InlineData(30, 4, 143)]
    [InlineData(2, 2, 137)]
    public void A_deleted_pod_ends_by_SIGTERM_or_at_the_end_of_its_grace_by_SIGKILL(long grace, double seconds, int exitCode)
    {
        using var world = new NodeWorld(WithDelays.Replace("pod-events = on", "pod-events = off", StringComparison.Ordinal));
        world.Bind(Pods.Spec("Always", "a"));
        world.RunFor(10);
        world.Log.Clear();
        var codes = new List<int?>();

        world.Delete(grace: grace);
        world.RunFor(seconds - 0.1);
        Assert.NotNull(world.Container().State.Running);
        world.Simulation.RunUntil(
            () =>
            {
                if (world.Objects<Pod>().FirstOrDefault()?.Status.ContainerStatuses[0].State.Terminated is { } ended) codes.Add(ended.ExitCode);
                return !world.Objects<Pod>().Any();
            },
            TimeSpan.FromSeconds(0.2));

        Assert.Equal(exitCode, codes.Last());
        Assert.Equal(["update pods web", "status pods web", "delete pods web"], world.PodLog);
    }

    [Fact]
    public void A_pod_that_is_deleted_by_force_is_forgotten()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));

        world.Delete(grace: 0);

        Assert.Empty(world.Objects<Pod>());
        world.Bind(Pods.Spec("Always", "a"));
        Assert.Equal("Running", world.Pod().Status.Phase);
    }

    [Fact]
    public void A_pod_that_is_deleted_before_it_starts_never_runs()
    {
        using var world = new NodeWorld(WithDelays);
        world.Bind(Pods.Spec("Always", "a"));

        world.Delete();
        world.RunFor(30);

        Assert.Empty(world.Objects<Pod>());
    }

    [Fact]
    public void A_readiness_probe_holds_the_pod_back_for_its_initial_delay()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a") with
        {
            Containers = [Pods.Container("a") with { ReadinessProbe = new Probe { InitialDelaySeconds = 7 } }],
        });

        world.RunFor(6.9);
        Assert.Equal(("Running", false), (world.Pod().Status.Phase, world.Container().Ready));
        world.RunFor(0.2);

        Assert.Equal(true, world.Container().Ready);
    }

    [Fact]
    public void Readiness_follows_the_fault()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));

        Assert.IsType<FaultProtocol.Injected>(world.Inject(id => new FaultProtocol.SetContainerReady(id, "default", "web", "a", false, Cause.None)));

        Assert.Equal("containers with unready status: [a]", world.Pod().Status.Conditions.Find(condition => condition.Type == "Ready")!.Message);
    }

    [Theory]
    [InlineData("cpu", "5", "OutOfcpu", "Node didn't have enough resource: cpu, requested: 5000, used: 1000, capacity: 4000")]
    [InlineData("memory", "10Gi", "OutOfmemory", "Node didn't have enough resource: memory, requested: 10737418240, used: 0, capacity: 8589934592")]
    public void A_pod_that_the_node_has_no_room_for_fails(string resource, string amount, string reason, string message)
    {
        using var world = new NodeWorld();
        world.Bind(Requesting("cpu", "1"), "first");

        world.Bind(Requesting(resource, amount));

        var status = world.Pod().Status;
        Assert.Equal(("Failed", reason, $"Pod was rejected: {message}"), (status.Phase, status.Reason, status.Message));
    }

    [Fact]
    public void A_pod_for_another_kind_of_node_fails_but_new_labels_count()
    {
        using var world = new NodeWorld();
        var spec = Pods.Spec("Always", "a") with { NodeSelector = ValueMap<string>.From([new("disk", "ssd")]) };

        world.Bind(spec, "first");
        var node = world.Node();
        world.Update(node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.With("disk", "ssd") } }, ApiServerProtocol.WriteScope.Spec, "nodes");
        world.Bind(spec, "second");

        Assert.Equal(("Failed", "NodeAffinity"), (world.Pod("first").Status.Phase, world.Pod("first").Status.Reason));
        Assert.Equal("Running", world.Pod("second").Status.Phase);
    }

    [Fact]
    public void A_status_write_that_meets_another_one_is_done_again_on_top_of_it()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a") with { ReadinessGates = [new PodReadinessGate { ConditionType = "example.org/gate" }] });
        var pod = world.Pod();
        Assert.Equal("False", pod.Status.Conditions.Find(condition => condition.Type == "Ready")!.Status);

        world.Update(
            pod with { Status = pod.Status with { Conditions = pod.Status.Conditions.Add(new PodCondition { Type = "example.org/gate", Status = "True" }) } },
            ApiServerProtocol.WriteScope.Status,
            "pods");

        Assert.Equal("True", world.Pod().Status.Conditions.Find(condition => condition.Type == "Ready")!.Status);
        Assert.Equal("True", world.Pod().Status.Conditions.Find(condition => condition.Type == "example.org/gate")!.Status);
    }

    private static PodSpec Requesting(string resource, string amount) => Pods.Spec("Always", "a") with
    {
        Containers =
        [
            Pods.Container("a") with { Resources = new ResourceRequirements { Requests = ValueMap<Quantity>.From([new(resource, Quantity.Parse(amount))]) } },
        ],
    };
}
