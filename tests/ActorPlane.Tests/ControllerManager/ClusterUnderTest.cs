using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.ControllerManager;
using ActorPlane.Etcd;
using ActorPlane.Faults;
using ActorPlane.Scheduler;
using ActorPlane.Simulation;
using Akka.Actor;
using Akka.Configuration;
using Server = ActorPlane.ApiServer.ApiServer;
using Status = ActorPlane.Api.Meta.V1.Status;
using VirtualTime = ActorPlane.Simulation.Simulation;

namespace ActorPlane.Tests.ControllerManager;

/// <summary>etcd, API server, scheduler and controllers in virtual time, with <see cref="FakeNodes"/> for the machines.</summary>
internal sealed class ClusterUnderTest : IDisposable
{
    private readonly FakeNodesView _view = new();
    private readonly IActorRef _nodes;

    public ClusterUnderTest(int nodes = 0, string cpu = "4", long seed = 42)
    {
        Simulation = VirtualTime.Start(new SimulationOptions { Seed = seed });
        var config = Simulation.System.Settings.Config;
        var etcd = Simulation.System.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(config)), "etcd");
        ApiServer = Simulation.System.ActorOf(Server.PropsFor(etcd, ApiServerSettings.Read(config)), "kube-apiserver");
        Scheduler = Simulation.System.ActorOf(KubeScheduler.PropsFor(ApiServer), "kube-scheduler");
        Controllers = Simulation.System.ActorOf(KubeControllerManager.PropsFor(ApiServer), "kube-controller-manager");
        _nodes = Simulation.System.ActorOf(Props.Create(() => new FakeNodes(ApiServer, _view)), "fake-nodes");
        RunUntil(() => _view.Actor is { Pods.HasSynced: true, Nodes.HasSynced: true, Leases.HasSynced: true });
        Do(client =>
        {
            for (var i = 1; i <= nodes; i++) client.PowerOn($"node-{i}", cpu);
        });
    }

    public VirtualTime Simulation { get; }

    public IActorRef ApiServer { get; }

    public IActorRef Scheduler { get; }

    public IActorRef Controllers { get; }

    public IReadOnlyList<Pod> Pods => _view.Actor.Pods.Items;

    public IReadOnlyList<Pod> ActivePods => [.. Pods.Where(PodConditions.IsActive)];

    public Node Node(string name) => _view.Actor.Nodes.Get("", name) ?? throw new ArgumentException($"There is no node {name}.");

    public Pod? Pod(string name) => _view.Actor.Pods.Get("default", name);

    public void Do(Action<FakeNodes> action)
    {
        _nodes.Tell(action);
        Simulation.Drain();
    }

    public void Create(string resource, IKubeObject item) => Expect(done => Do(client => client.Api.Create(resource, item, client.Api.NewCause(), done)));

    public void Update(string resource, IKubeObject item) => Expect(done => Do(client => client.Api.Update(resource, item, client.Api.NewCause(), done)));

    public void Delete(string resource, string name, ApiServerProtocol.PropagationPolicy? propagation = null, string @namespace = "default") =>
        Expect(done => Do(client => client.Api.Delete(resource, @namespace, name, client.Api.NewCause(), done, propagation: propagation)));

    /// <summary>How many objects of a resource there are, as of now.</summary>
    public int Stored(string resource) => ApiServerSnapshot.Of(Simulation.System)[resource].Items.Count;

    /// <summary>An object as of now; null when it is not there. For conditions to wait for.</summary>
    public T? Seen<T>(string resource, string name, string @namespace = "default")
        where T : class, IKubeObject =>
        (T?)ApiServerSnapshot.Of(Simulation.System)[resource].Items.GetValueOrDefault(new NamespacedName(@namespace, name));

    /// <summary>How many of them have that name.</summary>
    public int Count(string resource, string name) => ApiServerSnapshot.Of(Simulation.System)[resource].Items.Keys.Count(key => key.Name == name);

    /// <summary>Why the server refuses a new object.</summary>
    public Status Refusal(string resource, IKubeObject item)
    {
        ApiOutcome? outcome = null;
        Do(client => client.Api.Create(resource, item, client.Api.NewCause(), result => outcome = result));
        RunUntil(() => outcome is not null);
        Assert.NotNull(outcome!.Value.Refusal);
        return outcome.Value.Refusal!;
    }

    /// <summary>Why the server refuses another state of an object.</summary>
    public Status RefusalOfUpdate(string resource, IKubeObject item)
    {
        ApiOutcome? outcome = null;
        Do(client => client.Api.Update(resource, item, client.Api.NewCause(), result => outcome = result));
        RunUntil(() => outcome is not null);
        Assert.NotNull(outcome!.Value.Refusal);
        return outcome.Value.Refusal!;
    }

    public T Get<T>(string resource, string name, string @namespace = "default")
        where T : class, IKubeObject =>
        (T)Expect(done => Do(client => client.Api.Get(resource, @namespace, name, client.Api.NewCause(), done))).Object!;

    public IReadOnlyList<T> List<T>(string resource)
        where T : class, IKubeObject =>
        [.. ((ApiServerProtocol.Listed)Expect(done => Do(client => client.Api.List(resource, ObjectSelector.All, client.Api.NewCause(), done))).Reply!).Items.Cast<T>()];

    public void Crash(string path) => Simulation.System.ActorSelection(path).Tell(new Crash(path, default));

    public void RunFor(double seconds) => Simulation.RunFor(TimeSpan.FromSeconds(seconds));

    public void RunUntil(Func<bool> condition, double seconds = 60) => Assert.True(
        Simulation.RunUntil(condition, TimeSpan.FromSeconds(seconds)),
        $"Not within {seconds} s. Pods: {string.Join("; ", _view.Actor is { } actor ? actor.Pods.Items.Select(pod => $"{pod.Metadata.Name} on {pod.Spec.NodeName} {pod.Status.Phase} deleted {pod.Metadata.DeletionTimestamp}") : [])}");

    public void Dispose() => Simulation.Dispose();

    private ApiOutcome Expect(Action<Action<ApiOutcome>> send)
    {
        ApiOutcome? outcome = null;
        send(result => outcome = result);
        RunUntil(() => outcome is not null);
        Assert.True(outcome!.Value.IsDone, outcome.ToString());
        return outcome.Value;
    }
}
