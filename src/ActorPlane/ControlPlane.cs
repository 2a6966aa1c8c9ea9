using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiExtensions;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.ControllerManager;
using ActorPlane.ControllerManager.Deployments;
using ActorPlane.ControllerManager.Disruption;
using ActorPlane.ControllerManager.Endpoints;
using ActorPlane.ControllerManager.Namespaces;
using ActorPlane.ControllerManager.Nodes;
using ActorPlane.ControllerManager.PodGarbage;
using ActorPlane.ControllerManager.ReplicaSets;
using ActorPlane.Etcd;
using ActorPlane.Faults;
using ActorPlane.Kubelet;
using ActorPlane.Network;
using ActorPlane.Nodes;
using ActorPlane.Scheduler;
using ActorPlane.Settings;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;

namespace ActorPlane;

/// <summary>
/// A cluster's processes, as actors of one system: etcd, kube-apiserver, kube-scheduler, kube-controller-manager, the
/// network and the machines, with an operator who does what a person with kubectl does, and an injector of faults.
/// </summary>
public sealed class ControlPlane
{
    private readonly NodesSettings _nodesSettings;
    private long _requestId;

    private ControlPlane(ActorSystem system)
    {
        var config = system.Settings.Config;
        CheckSettings(config);
        _nodesSettings = NodesSettings.Read(config);
        System = system;
        Etcd = system.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(config)), "etcd");
        ApiServer = system.ActorOf(ActorPlane.ApiServer.ApiServer.PropsFor(Etcd, ApiServerSettings.Read(config)), "kube-apiserver");
        Extensions = system.ActorOf(DefinitionController.PropsFor(ApiServer), "apiextensions-apiserver");
        Scheduler = SchedulerSettings.Read(config).Enabled ? system.ActorOf(KubeScheduler.PropsFor(ApiServer), "kube-scheduler") : ActorRefs.Nobody;
        ControllerManager = system.ActorOf(KubeControllerManager.PropsFor(ApiServer), "kube-controller-manager");
        Network = system.ActorOf(NetworkActor.PropsFor(ApiServer, NetworkSettings.Read(config)), "network");
        Nodes = system.ActorOf(NodesActor.PropsFor(Network, _nodesSettings, KubeletSettings.Read(config)), "nodes");
        Faults = system.ActorOf(FaultInjector.PropsFor(ApiServer, Nodes, Network), "faults");
        Operator = system.ActorOf(ActorPlane.Client.Operator.PropsFor(ApiServer), "kubectl");
    }

    /// <summary>The system that they run in.</summary>
    public ActorSystem System { get; }

    /// <summary>Speaks <see cref="EtcdProtocol"/>.</summary>
    public IActorRef Etcd { get; }

    /// <summary>Speaks <see cref="ApiServerProtocol"/>.</summary>
    public IActorRef ApiServer { get; }

    /// <summary>Establishes definitions of custom resources and ends them; nobody sends to it.</summary>
    public IActorRef Extensions { get; }

    /// <summary>Places pods; nobody sends to it. Nobody when it is turned off.</summary>
    public IActorRef Scheduler { get; }

    /// <summary>Parent of the controllers; nobody sends to it.</summary>
    public IActorRef ControllerManager { get; }

    /// <summary>Parent of the links between nodes and API server.</summary>
    public IActorRef Network { get; }

    /// <summary>Parent of the machines; speaks <see cref="NodeProtocol"/>.</summary>
    public IActorRef Nodes { get; }

    /// <summary>Speaks <see cref="FaultProtocol"/>.</summary>
    public IActorRef Faults { get; }

    /// <summary>Does what a person asks for at the API server.</summary>
    public IActorRef Operator { get; }

    /// <summary>What the API server has committed, as of now. From any thread.</summary>
    public ApiServerSnapshot Snapshot => ApiServerSnapshot.Of(System);

    /// <summary>Reads every setting of every process, so that a wrong one is told before anything starts.</summary>
    /// <param name="config">A user's configuration over the defaults, <see cref="ClusterConfig.Over"/>.</param>
    /// <exception cref="SettingsException">The first that is missing or wrong.</exception>
    public static void CheckSettings(Config config)
    {
        SettingsReader.For(config, "actorplane").Int64("seed");
        EtcdSettings.From(config);
        HttpSettings.Read(config);
        ApiServerSettings.Read(config);
        ClientSettings.Read(config);
        SchedulerSettings.Read(config);
        ControllerSettings.Read(config);
        NodeLifecycleSettings.Read(config);
        PodGcSettings.Read(config);
        ReplicaSetSettings.Read(config);
        DeploymentController.ReadRecreatePollPeriod(config);
        TaintEvictionController.ReadRetryDelay(config);
        NamespaceSettings.Read(config);
        DisruptionController.ReadDeletionTimeout(config);
        EndpointSliceController.ReadMaxEndpoints(config);
        NetworkSettings.Read(config);
        NodesSettings.Read(config);
        KubeletSettings.Read(config);
    }

    /// <summary>Starts the processes. Settings that are missing or wrong are a <see cref="SettingsException"/>, and nothing is started.</summary>
    public static ControlPlane Start(ActorSystem system)
    {
        CheckSettings(system.Settings.Config);
        return new ControlPlane(system);
    }

    /// <summary>Builds a machine and powers it on. It has joined when its Node object is there and ready.</summary>
    /// <param name="cpu">A quantity such as <c>4</c>; null: <c>actorplane.nodes.default-capacity</c>.</param>
    /// <param name="memory">A quantity such as <c>8Gi</c>; null: likewise.</param>
    public void AddNode(string name, string? cpu = null, string? memory = null)
    {
        var capacity = _nodesSettings.DefaultCapacity;
        if (cpu is not null) capacity = capacity with { Cpu = Quantity.Parse(cpu) };
        if (memory is not null) capacity = capacity with { Memory = Quantity.Parse(memory) };
        Nodes.Tell(new NodeProtocol.AddNode(++_requestId, name, capacity, ValueMap<string>.Empty, ValueList<Taint>.Empty, Cause.None));
    }

    /// <summary>The objects of a resource that a selector picks, by namespace and name. From any thread. O(objects of the resource).</summary>
    public IReadOnlyList<T> List<T>(string resource, ObjectSelector? selector = null)
        where T : class, IKubeObject =>
        [.. Snapshot[resource].Items.Values.Where((selector ?? ObjectSelector.All).Matches).Cast<T>()];
}
