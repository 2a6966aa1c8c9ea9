using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Etcd;
using ActorPlane.Faults;
using ActorPlane.Simulation;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Tests.ApiServer;

/// <summary>etcd and kube-apiserver in virtual time, and clients that write down what they hear.</summary>
internal sealed class ServerHarness : IDisposable
{
    private readonly CauseSource _causes = new(new Chance(99));
    private readonly IActorRef _operator;
    private long _requestId;
    private int _recorders;

    public ServerHarness(string config = "", SimulatedDisk? disk = null)
    {
        Simulation = ActorPlane.Simulation.Simulation.Start(new SimulationOptions { Config = ConfigurationFactory.ParseString(config), Disk = disk });
        var settings = System.Settings.Config;
        Etcd = System.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(settings)), "etcd");
        Server = System.ActorOf(ActorPlane.ApiServer.ApiServer.PropsFor(Etcd, ApiServerSettings.Read(settings)), "kube-apiserver");
        _operator = System.ActorOf(ActingClient.PropsFor(Server), "test");
    }

    public ActorPlane.Simulation.Simulation Simulation { get; }

    public ActorSystem System => Simulation.System;

    public IActorRef Etcd { get; }

    public IActorRef Server { get; }

    public ApiServerSnapshot Snapshot => ApiServerSnapshot.Of(System);

    public Cause NewCause() => _causes.Next();

    public void Dispose() => Simulation.Dispose();

    /// <summary>Does one thing and runs until it is answered.</summary>
    public ApiOutcome Do(Action<ApiClient, Action<ApiOutcome>> act)
    {
        ApiOutcome? outcome = null;
        _operator.Tell(new ActingClient.Act(client => act(client, result => outcome = result)));
        Assert.True(Simulation.RunUntil(() => outcome is not null, TimeSpan.FromMinutes(2)), "no answer within two minutes");

        // Others that are told of it have it before them, too.
        Simulation.Drain();
        return outcome!.Value;
    }

    public T Create<T>(T item) where T : class, IKubeObject => Done<T>(Do((client, done) => client.Create(ResourceOf(item), item, NewCause(), done)));

    public T Update<T>(T item) where T : class, IKubeObject => Done<T>(Do((client, done) => client.Update(ResourceOf(item), item, NewCause(), done)));

    public Pod Bind(Pod pod, string node) => Done<Pod>(Do((client, done) => client.Bind(pod, node, NewCause(), done)));

    public ApiOutcome Delete(IKubeObject item, long? grace = null) =>
        Do((client, done) => client.Delete(ResourceOf(item), item.Metadata.Namespace ?? "", item.Metadata.Name!, NewCause(), done, grace));

    public T? Get<T>(string resource, string @namespace, string name) where T : class, IKubeObject =>
        (T?)Do((client, done) => client.Get(resource, @namespace, name, NewCause(), done)).Object;

    public Listed List(string resource, ObjectSelector? selector = null) =>
        Assert.IsType<Listed>(Do((client, done) => client.List(resource, selector ?? ObjectSelector.All, NewCause(), done)).Reply);

    /// <summary>A client that only writes down.</summary>
    public Recorder NewRecorder()
    {
        var heard = new List<object>();
        var actor = System.ActorOf(Props.Create(() => new RecordingActor(heard)), $"recorder-{++_recorders}");
        return new Recorder(this, actor, heard);
    }

    public void Crash(IActorRef process)
    {
        process.Tell(new Crash(process.Path.Name, NewCause()));
        Simulation.Drain();
    }

    public long NextRequestId() => ++_requestId;

    public static Pod APod(string name, string? node = null) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new PodSpec { NodeName = node, Containers = [new Container { Name = "main", Image = "nginx" }] },
    };

    public static ConfigMap AConfigMap(string name, string value = "") => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Data = ValueMap<string>.Empty.With("value", value),
    };

    private static string ResourceOf(IKubeObject item) => KubeTypes.Of(item).GroupResource;

    private static T Done<T>(ApiOutcome outcome) where T : class, IKubeObject
    {
        Assert.True(outcome.IsDone, outcome.ToString());
        return (T)outcome.Object!;
    }

    internal sealed class Recorder(ServerHarness harness, IActorRef actor, List<object> heard)
    {
        public IActorRef Actor { get; } = actor;

        public List<object> Heard { get; } = heard;

        public IEnumerable<Changed> Changes => Heard.OfType<Changed>();

        /// <summary>Each change as "Added default/web", in order.</summary>
        public IEnumerable<string> Summary => Changes.Select(change => $"{change.Type} {change.Object.Metadata.Name}");

        public void Tell(ICommand command) => harness.Server.Tell(command, Actor);

        public long Watch(string resource, ObjectSelector selector, long fromRevision)
        {
            var id = harness.NextRequestId();
            Tell(new Watch(id, id, resource, selector, fromRevision, harness.NewCause()));
            harness.Simulation.Drain();
            return id;
        }
    }

    private sealed class RecordingActor : ReceiveActor
    {
        public RecordingActor(List<object> heard) => ReceiveAny(heard.Add);
    }
}
