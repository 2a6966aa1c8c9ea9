using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Benchmarks.Cluster;

/// <summary>Stands in for kube-scheduler: binds each pod that asks for it to the next node in turn, whatever it holds.</summary>
internal sealed class TurnBinder : ApiClientActor
{
    /// <summary>The <c>spec.schedulerName</c> of pods that ask for it.</summary>
    public const string SchedulerName = "in-turn";

    private readonly Informer<Pod> _pods;
    private readonly int _nodes;
    private int _next;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public TurnBinder(IActorRef apiServer, int nodes)
        : base(apiServer, SchedulerName)
    {
        _nodes = nodes;
        _pods = new Informer<Pod>(Client, "pods", ObjectSelector.All)
        {
            Added = (pod, cause) =>
            {
                if (pod.Spec is { SchedulerName: SchedulerName, NodeName: null or "" }) Bind(pod, cause);
            },
        };
    }

    // Again, should the machine be so busy that the answer takes too long.
    private void Bind(Pod pod, Cause cause) => Client.Bind(pod, $"node-{_next++ % _nodes}", cause, outcome =>
    {
        if (outcome.IsUnknown && _pods.Get(pod.Metadata.Namespace!, pod.Metadata.Name!) is { Spec.NodeName: null or "" } unbound) Bind(unbound, outcome.Cause);
    });

    /// <summary>For nodes <c>node-0</c>, <c>node-1</c> and so on.</summary>
    public static Props PropsFor(IActorRef apiServer, int nodes) => Props.Create(() => new TurnBinder(apiServer, nodes));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _pods.Start(Client.NewCause());
    }
}
