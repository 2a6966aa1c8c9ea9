using ActorPlane.Api;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Faults;
using ActorPlane.Nodes;
using ActorPlane.Tests.Kubelet;
using ActorPlane.Tracing;

namespace ActorPlane.Tests.Nodes;

public sealed class MachineTests
{
    [Fact]
    public void A_machine_registers_itself_ready_with_its_capacity()
    {
        using var world = new NodeWorld();

        var node = world.Node();
        Assert.Equal("node-1", node.Metadata.Labels["kubernetes.io/hostname"]);
        Assert.Equal(("4", "8Gi", "110"), (Capacity("cpu"), Capacity("memory"), Capacity("pods")));
        Assert.Equal(
            [("MemoryPressure", "False"), ("DiskPressure", "False"), ("PIDPressure", "False"), ("Ready", "True")],
            node.Status.Conditions.Select(condition => (condition.Type!, condition.Status!)));
        Assert.Equal(("10.0.0.0/24", "172.16.0.1"), (node.Spec.PodCIDR, node.Status.Addresses[0].Address));

        string Capacity(string resource) => node.Status.Capacity[resource].ToString();
    }

    [Fact]
    public void A_lease_is_renewed_every_ten_seconds_or_a_little_more()
    {
        using var world = new NodeWorld();

        world.RunFor(100);

        Assert.Equal(9, world.Log.Count(line => line == "update leases.coordination.k8s.io node-1"));
        var lease = world.Objects<Lease>().Single();
        Assert.Equal(("node-1", 40), (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds));
        Assert.InRange((world.Simulation.Now - lease.Spec.RenewTime!.Value.Time).TotalSeconds, 0, 10.4);
    }

    [Fact]
    public void The_status_is_reported_every_five_minutes()
    {
        using var world = new NodeWorld();

        world.RunFor(3600);

        Assert.InRange(world.Log.Count(line => line == "status nodes node-1"), 11, 12);
    }

    [Fact]
    public void Without_power_nothing_runs_and_nothing_is_renewed()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));
        world.Log.Clear();

        Assert.IsType<FaultProtocol.Injected>(world.Inject(id => new FaultProtocol.PowerOff(id, "node-1", Cause.None)));
        world.RunFor(300);

        Assert.Empty(world.Log);
        Assert.IsType<FaultProtocol.NoSuchTarget>(world.Inject(id => new FaultProtocol.CrashContainer(id, "default", "web", "a", 1, "Error", Cause.None)));
    }

    [Fact]
    public void A_machine_that_boots_again_starts_its_pods_anew()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));
        world.Bind(Pods.Spec("Never", "a"), "once");
        var bootId = world.Node().Status.NodeInfo.BootID;

        world.Inject(id => new FaultProtocol.PowerOff(id, "node-1", Cause.None));
        world.RunFor(60);
        world.Inject(id => new FaultProtocol.PowerOn(id, "node-1", Cause.None));
        world.RunFor(1);

        Assert.NotEqual(bootId, world.Node().Status.NodeInfo.BootID);
        Assert.NotNull(world.Container().State.Running);
        Assert.Equal((1, 255), (world.Container().RestartCount, world.Container().LastState.Terminated!.ExitCode));
        Assert.Equal(("Failed", 255), (world.Pod("once").Status.Phase, world.Container("once").State.Terminated!.ExitCode));
    }

    [Fact]
    public void Power_that_comes_back_at_once_boots_the_machine_too()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));

        world.Inject(id => new FaultProtocol.PowerOff(id, "node-1", Cause.None));
        world.Inject(id => new FaultProtocol.PowerOn(id, "node-1", Cause.None));
        world.RunFor(1);

        Assert.Equal(1, world.Container().RestartCount);
    }

    [Fact]
    public void A_kubelet_that_crashes_finds_its_containers_running()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));
        var before = world.Pod().Status;
        world.Log.Clear();

        Assert.IsType<FaultProtocol.Injected>(world.Inject(id => new FaultProtocol.CrashKubelet(id, "node-1", Cause.None)));
        world.RunFor(5);

        Assert.Equal(before, world.Pod().Status);
        Assert.Empty(world.PodLog);
        world.Crash();
        Assert.Equal(1, world.Container().RestartCount);
    }

    [Fact]
    public void A_kubelet_that_was_down_catches_up()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));
        world.Bind(Pods.Spec("Always", "a"), "forced");
        world.Bind(Pods.Spec("Always", "a"), "graceful");

        world.Inject(id => new FaultProtocol.StopKubelet(id, "node-1", Cause.None));
        world.Crash(pod: "web");
        world.Delete("forced", 0);
        world.Delete("graceful");
        world.Bind(Pods.Spec("Always", "a"), "new");
        world.RunFor(60);
        Assert.Equal(0, world.Container().RestartCount);
        Assert.Null(world.Pod("new").Status.PodIP);
        world.Inject(id => new FaultProtocol.StartKubelet(id, "node-1", Cause.None));
        world.RunFor(5);

        Assert.Equal(1, world.Container().RestartCount);
        Assert.Equal("Running", world.Pod("new").Status.Phase);
        Assert.Equal(["new", "web"], world.Objects<Pod>().Select(pod => pod.Metadata.Name!).Order());
    }

    [Fact]
    public void A_lost_connection_is_mended()
    {
        using var world = new NodeWorld();

        world.BreakApiServer();
        world.Bind(Pods.Spec("Always", "a"));
        world.RunFor(60);

        Assert.Equal("Running", world.Pod().Status.Phase);
        Assert.InRange((world.Simulation.Now - world.Objects<Lease>().Single().Spec.RenewTime!.Value.Time).TotalSeconds, 0, 10.4);
    }

    [Fact]
    public void A_node_behind_a_cut_link_goes_on_alone_and_catches_up_when_it_heals()
    {
        using var world = new NodeWorld();
        world.Bind(Pods.Spec("Always", "a"));

        SetLink(world, cut: true, TimeSpan.Zero, 0);
        world.Log.Clear();
        world.Crash();
        world.Bind(Pods.Spec("Always", "a"), "new");
        world.RunFor(120);
        Assert.Empty(world.Log);
        SetLink(world, cut: false, TimeSpan.Zero, 0);
        world.RunFor(60);

        Assert.Equal((1, "Running"), (world.Container().RestartCount, world.Pod("new").Status.Phase));
        Assert.Contains("status nodes node-1", world.Log);
        Assert.InRange((world.Simulation.Now - world.Objects<Lease>().Single().Spec.RenewTime!.Value.Time).TotalSeconds, 0, 10.4);
    }

    [Fact]
    public void Latency_delays_each_message()
    {
        using var world = new NodeWorld();
        SetLink(world, cut: false, TimeSpan.FromSeconds(1), 0);

        world.Bind(Pods.Spec("Always", "a"));
        world.RunFor(1.9);
        Assert.Equal("Pending", world.Pod().Status.Phase);
        world.RunFor(0.2);

        Assert.Equal("Running", world.Pod().Status.Phase);
    }

    [Fact]
    public void A_link_that_loses_half_of_all_messages_still_works()
    {
        using var world = new NodeWorld();
        SetLink(world, cut: false, TimeSpan.FromMilliseconds(10), 0.5);

        for (var i = 0; i < 20; i++) world.Bind(Pods.Spec("Always", "a"), $"web-{i}");
        world.RunFor(300);

        Assert.All(world.Objects<Pod>(), pod => Assert.Equal("Running", pod.Status.Phase));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_comes_first_all_pods_run_in_the_end(long seed)
    {
        using var world = new NodeWorld(seed: seed);
        var spec = Pods.Spec("Always", "a", "b") with { InitContainers = [Pods.Container("i") with { Command = ["true"] }] };
        for (var i = 0; i < 5; i++) world.Bind(spec, $"web-{i}");
        world.Bind(spec, "deleted");

        world.Cause(
            id => new FaultProtocol.CrashContainer(id, "default", "web-0", "a", 1, "Error", Cause.None),
            id => new FaultProtocol.CrashKubelet(id, "node-1", Cause.None),
            id => new FaultProtocol.CrashContainer(id, "default", "web-1", "b", 1, "Error", Cause.None),
            id => new FaultProtocol.SetLink(id, "node-1", true, TimeSpan.Zero, 0, Cause.None),
            id => new FaultProtocol.CrashContainer(id, "default", "web-1", "b", 1, "Error", Cause.None),
            id => new FaultProtocol.SetLink(id, "node-1", false, TimeSpan.FromMilliseconds(5), 0.3, Cause.None),
            id => new FaultProtocol.StopKubelet(id, "node-1", Cause.None),
            id => new FaultProtocol.StartKubelet(id, "node-1", Cause.None),
            id => new FaultProtocol.PowerOff(id, "node-1", Cause.None),
            id => new FaultProtocol.PowerOn(id, "node-1", Cause.None));
        world.Delete("deleted");
        world.RunFor(400);

        Assert.Equal(10, world.Replies.Count(reply => reply is FaultProtocol.Injected or FaultProtocol.NoSuchTarget));
        Assert.Equal(5, world.Objects<Pod>().Count());
        Assert.All(world.Objects<Pod>(), pod =>
        {
            Assert.Equal("Running", pod.Status.Phase);
            Assert.All(pod.Status.ContainerStatuses, container => Assert.NotNull(container.State.Running));
        });
    }

    public static TheoryData<long> Seeds => new(Enumerable.Range(1, 40).Select(seed => (long)seed));

    [Fact]
    public void Nodes_are_added_once_and_removed_with_all_that_runs_on_them()
    {
        using var world = new NodeWorld();
        var capacity = new NodeCapacity(Quantity.Parse("1"), Quantity.Parse("1Gi"), 10, Quantity.Parse("1Gi"));

        world.Manage(Add("node-1"));
        Assert.Equal("exists already", Assert.IsType<NodeProtocol.NodeRefused>(world.Replies.Single()).Reason);
        world.Manage(Add("node-2"));
        Assert.IsType<NodeProtocol.NodeAdded>(world.Replies.Single());
        Assert.Equal("172.16.0.2", world.Node("node-2").Status.Addresses[0].Address);
        world.Manage(new NodeProtocol.RemoveNode(1, "node-2", Cause.None));
        Assert.IsType<NodeProtocol.NodeRemoved>(world.Replies.Single());
        world.Manage(new NodeProtocol.RemoveNode(1, "node-2", Cause.None));
        Assert.Equal("does not exist", Assert.IsType<NodeProtocol.NodeRefused>(world.Replies.Single()).Reason);
        world.Manage(Add("node-2"));
        Assert.IsType<NodeProtocol.NodeAdded>(world.Replies.Single());
        world.Manage(Add("bad/name"));
        Assert.IsType<NodeProtocol.NodeRefused>(world.Replies.Single());

        NodeProtocol.AddNode Add(string name) => new(1, name, capacity, ValueMap<string>.Empty, ValueList<Taint>.Empty, Cause.None);
    }

    [Fact]
    public void A_fault_without_a_target_says_so()
    {
        using var world = new NodeWorld();

        Assert.Equal("node node-9", NoTarget(id => new FaultProtocol.PowerOff(id, "node-9", Cause.None)));
        Assert.Equal("node node-9", NoTarget(id => new FaultProtocol.SetLink(id, "node-9", true, TimeSpan.Zero, 0, Cause.None)));
        Assert.Equal("pod default/none (not found)", NoTarget(id => new FaultProtocol.CrashContainer(id, "default", "none", "a", 1, "Error", Cause.None)));
        Assert.Equal("process kube-scheduler", NoTarget(id => new FaultProtocol.CrashProcess(id, "kube-scheduler", Cause.None)));
        Assert.Equal("process init", NoTarget(id => new FaultProtocol.CrashProcess(id, "init", Cause.None)));

        string NoTarget(Func<long, FaultProtocol.IFault> fault) => Assert.IsType<FaultProtocol.NoSuchTarget>(world.Inject(fault)).Target;
    }

    private static void SetLink(NodeWorld world, bool cut, TimeSpan latency, double loss) =>
        Assert.IsType<FaultProtocol.Injected>(world.Inject(id => new FaultProtocol.SetLink(id, "node-1", cut, latency, loss, Cause.None)));
}
