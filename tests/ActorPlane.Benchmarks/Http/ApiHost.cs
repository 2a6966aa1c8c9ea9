using System.Net;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Etcd;
using ActorPlane.Host.Http;
using ActorPlane.Kubelet;
using ActorPlane.Settings;
using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorPlane.Benchmarks.Http;

/// <summary>etcd on a journal in memory, an API server and its HTTP front, with pods that nobody acts on.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private const string Forgetful = """
        actorplane.apiserver.watch-window-age = 1ms
        actorplane.etcd.compaction { period = 500ms, revisions = 1000 }
        actorplane.etcd.snapshot { every-changes = 100, growth = 0 }

        """;

    private readonly HttpApiServer _http;

    private ApiHost(ActorSystem system, IActorRef apiServer, HttpApiServer http) =>
        (System, ApiServer, Operator, _http) = (system, apiServer, system.ActorOf(ActorPlane.Client.Operator.PropsFor(apiServer), "kubectl"), http);

    public ActorSystem System { get; }

    public IActorRef ApiServer { get; }

    /// <summary>Acts inside the process, past HTTP.</summary>
    public IActorRef Operator { get; }

    public IPEndPoint EndPoint => _http.EndPoint;

    public ApiServerSnapshot Snapshot => ApiServerSnapshot.Of(System);

    /// <summary>Starts it.</summary>
    /// <param name="isForgetful">Whether what is usually forgotten within minutes is forgotten within a second.</param>
    public static async Task<ApiHost> Start(bool isForgetful = false)
    {
        var system = ActorSystem.Create("actorplane", ClusterConfig.Over(ConfigurationFactory.ParseString((isForgetful ? Forgetful : "") +
            """
            akka {
              loglevel = WARNING
              stdout-loglevel = OFF
              persistence {
                journal.plugin = "akka.persistence.journal.inmem"
                snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
              }
            }
            """)));
        var config = system.Settings.Config;
        var etcd = system.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(config)), "etcd");
        var server = system.ActorOf(ActorPlane.ApiServer.ApiServer.PropsFor(etcd, ApiServerSettings.Read(config)), "kube-apiserver");
        var http = await HttpApiServer.StartAsync(system, server, new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance);
        var host = new ApiHost(system, server, http);
        await host.Until(() => host.Snapshot.Revision > 0);
        host.Create("serviceaccounts", new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = "default" } });
        await host.Until(() => host.Snapshot["serviceaccounts"].Items.Count > 0);
        return host;
    }

    /// <summary>A pod of one container, as a Deployment's; bound to a node if one is named.</summary>
    public static Pod PodNamed(string name, string? node = null) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Labels = ValueMap<string>.Empty.With("app", "load") },
        Spec = new PodSpec { NodeName = node, Containers = [new Container { Name = "main", Image = "nginx:1.27" }] },
    };

    public void Create(string resource, IKubeObject item) =>
        Operator.Tell(new Operator.Act(client => client.Create(resource, item, client.NewCause())));

    /// <summary>Creates pods and waits until they are there.</summary>
    public async Task CreatePods(int count, Func<int, string?> nodeOf)
    {
        for (var i = 0; i < count; i++) Create("pods", PodNamed($"pod-{i}", nodeOf(i)));
        await Until(() => Snapshot["pods"].Items.Count >= count);
    }

    /// <summary>Creates pods of one template that are as a kubelet has reported them.</summary>
    public async Task CreateRunningPods(int count)
    {
        var pod = PodNamed("pod");
        for (var i = 0; i < count; i++) Create("pods", pod.WithMetadata(pod.Metadata with { Name = $"pod-{i}" }));
        await Until(() => Snapshot["pods"].Items.Count >= count);
        var next = 0;
        foreach (var stored in Snapshot["pods"].Items.Values.Cast<Pod>())
        {
            var address = $"10.0.{next / 250}.{next++ % 250}";
            ValueList<ContainerStatus> containers = [ContainerStates.Run(ContainerStates.Initial(stored.Spec.Containers[0], false), stored.Metadata.Uid!, "sha256:1", System.Scheduler.Now)];
            var status = PodStatuses.After(stored, new RuntimeProtocol.PodReport(stored.Metadata.Uid!, address, [], containers, false, [], default), [new HostIP { Ip = "10.1.0.1" }], System.Scheduler.Now);
            Operator.Tell(new Operator.Act(client => client.UpdateStatus("pods", stored with { Status = status }, client.NewCause())));
        }

        await Until(() => Snapshot["pods"].Items.Values.Cast<Pod>().All(stored => stored.Status.Phase == "Running"));

        // History goes with the writes that follow.
        for (var round = 0; round < 3; round++)
        {
            await Task.Delay(600);
            var account = new ServiceAccount { Metadata = new ObjectMeta { GenerateName = "later-", Namespace = "default" } };
            for (var i = 0; i < 110; i++) Create("serviceaccounts", account);
        }

        await Until(() => Snapshot["serviceaccounts"].Items.Count > 330);
    }

    public async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 6_000; i++)
        {
            if (condition()) return;
            await Task.Delay(10);
        }

        throw new TimeoutException("The API server did not get there in a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        await System.Terminate();
    }
}
