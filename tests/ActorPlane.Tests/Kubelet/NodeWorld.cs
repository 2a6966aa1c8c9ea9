using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Faults;
using ActorPlane.Kubelet;
using ActorPlane.Network;
using ActorPlane.Nodes;
using ActorPlane.Simulation;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane.Tests.Kubelet;

/// <summary>Machines in virtual time, with <see cref="FakeApiServer"/> in place of a control plane.</summary>
internal sealed class NodeWorld : IDisposable
{
    /// <summary>Nothing takes time but what a test is about, and no Event is written.</summary>
    public const string NoDelays = """
        actorplane.kubelet {
          sandbox-start = 0s, image-pull = 0s, image-check = 0s, container-start = 0s, container-stop = 0s
          pod-events = off, node-events = off
        }
        """;

    private readonly IActorRef _api;
    private readonly IActorRef _nodes;
    private readonly IActorRef _faults;
    private readonly IActorRef _test;
    private readonly FakeApiServer.Book _book = new();
    private long _requests;

    public NodeWorld(string config = NoDelays, long seed = 42)
    {
        Simulation = ActorPlane.Simulation.Simulation.Start(new SimulationOptions { Config = ConfigurationFactory.ParseString(config), Seed = seed });
        var system = Simulation.System;
        _api = system.ActorOf(Props.Create<FakeApiServer>(_book), "kube-apiserver");
        var network = system.ActorOf(NetworkActor.PropsFor(_api, NetworkSettings.Read(system.Settings.Config)), "network");
        var settings = NodesSettings.Read(system.Settings.Config);
        _nodes = system.ActorOf(NodesActor.PropsFor(network, settings, KubeletSettings.Read(system.Settings.Config)), "nodes");
        _faults = system.ActorOf(FaultInjector.PropsFor(_api, _nodes, network), "faults");
        _test = system.ActorOf(Props.Create<Listener>(Replies), "test");
        Tell(_nodes, new NodeProtocol.AddNode(++_requests, "node-1", settings.DefaultCapacity, ValueMap<string>.Empty, [], ActorPlane.Tracing.Cause.None));
        Simulation.Drain();
        Log.Clear();
    }

    public ActorPlane.Simulation.Simulation Simulation { get; }

    public List<object> Replies { get; } = [];

    /// <summary>The writes that the API server carried out since the nodes were there, leases aside.</summary>
    public List<string> Log => _book.Log;

    public IReadOnlyList<string> PodLog => [.. Log.Where(line => line.Contains(" pods ", StringComparison.Ordinal))];

    public FakeApiServer.Book Book => _book;

    public Pod Pod(string name = "web") => Objects<Pod>().Single(pod => pod.Metadata.Name == name);

    public Node Node(string name = "node-1") => Objects<Node>().Single(node => node.Metadata.Name == name);

    public IEnumerable<T> Objects<T>() => _book.Objects.Select(entry => entry.Item).OfType<T>();

    public ContainerStatus Container(string pod = "web", int index = 0) => Pod(pod).Status.ContainerStatuses[index];

    /// <summary>A pod bound to a node, as the scheduler leaves it.</summary>
    public void Bind(PodSpec spec, string name = "web", string node = "node-1")
    {
        var pod = new Pod
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name, Uid = $"uid-of-{name}" },
            Spec = spec with { NodeName = node },
            Status = new PodStatus { Phase = "Pending", QosClass = "BestEffort", Conditions = [new PodCondition { Type = "PodScheduled", Status = "True" }] },
        };
        Tell(_api, new ApiServerProtocol.Create(++_requests, "pods", pod, "test", ActorPlane.Tracing.Cause.None));
        Simulation.Drain();
        Log.RemoveAll(line => line == $"create pods {name}");
    }

    public void Delete(string name = "web", long? grace = null)
    {
        Tell(_api, new ApiServerProtocol.Delete(++_requests, "pods", "default", name, grace, null, null, ActorPlane.Tracing.Cause.None));
        Simulation.Drain();
    }

    public void Update(IKubeObject item, ApiServerProtocol.WriteScope scope, string resource)
    {
        Tell(_api, new ApiServerProtocol.Update(++_requests, resource, item, scope, "test", ActorPlane.Tracing.Cause.None));
        Simulation.Drain();
    }

    public void BreakApiServer()
    {
        Tell(_api, new FakeApiServer.Lose());
        Simulation.Drain();
    }

    /// <summary>Causes a fault and returns the answer.</summary>
    public object Inject(Func<long, FaultProtocol.IFault> fault)
    {
        Replies.Clear();
        Tell(_faults, fault(++_requests));
        Simulation.Drain();
        return Replies.Single(reply => reply is FaultProtocol.Injected or FaultProtocol.NoSuchTarget);
    }

    /// <summary>Causes many faults at one time; their answers come to <see cref="Replies"/>.</summary>
    public void Cause(params Func<long, FaultProtocol.IFault>[] faults)
    {
        Replies.Clear();
        foreach (var fault in faults) Tell(_faults, fault(++_requests));
        Simulation.Drain();
    }

    public void Crash(int exitCode = 1, string pod = "web", string container = "a") =>
        Assert.IsType<FaultProtocol.Injected>(Inject(id => new FaultProtocol.CrashContainer(id, "default", pod, container, exitCode, exitCode == 137 ? "OOMKilled" : exitCode == 0 ? "Completed" : "Error", ActorPlane.Tracing.Cause.None)));

    public void Manage(object command)
    {
        Replies.Clear();
        Tell(_nodes, command);
        Simulation.Drain();
    }

    public void RunFor(double seconds) => Simulation.RunFor(TimeSpan.FromSeconds(seconds));

    public void Dispose() => Simulation.Dispose();

    private void Tell(IActorRef target, object message) => target.Tell(message, _test);

    private sealed class Listener : ReceiveActor
    {
        public Listener(List<object> replies) => ReceiveAny(replies.Add);
    }
}
