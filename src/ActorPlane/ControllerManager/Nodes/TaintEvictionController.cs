using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>
/// Deletes pods from nodes with NoExecute taints when their tolerations are used up: with the default tolerations 300 s
/// after the taint. It watches the pods of such nodes only. The deletion is graceful: on a dead node nobody confirms it,
/// and the pod stays Terminating. (<c>C/tainteviction/taint_eviction.go</c>.)
/// </summary>
public sealed class TaintEvictionController : ApiClientActor, IWithTimers
{
    private readonly TimeSpan _retryDelay;
    private readonly Informer<Node> _nodes;
    private readonly EventRecorder _events;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, Informer<Pod>> _podsByNode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Eviction> _evictions = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Eviction, (DateTimeOffset Due, long Sequence)> _byDue = new();
    private DateTimeOffset? _timerDue;
    private long _sequence;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public TaintEvictionController(IActorRef apiServer)
        : base(apiServer, "kube-controller-manager")
    {
        _retryDelay = ReadRetryDelay(Context.System.Settings.Config);
        _events = new EventRecorder(Client, component: "taint-eviction-controller");
        _nodes = new Informer<Node>(Client, "nodes", ObjectSelector.All)
        {
            Added = OnNodeSeen,
            Updated = (before, after, cause) =>
            {
                if (before.Spec.Taints != after.Spec.Taints) OnNodeSeen(after, cause);
            },
            Deleted = (node, cause) => StopWatching(node.Metadata.Name!, cause),
        };
        Receive<Due>(_ => OnDue());
        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The actor <c>/user/kube-controller-manager/taint-eviction</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new TaintEvictionController(apiServer));

    internal static TimeSpan ReadRetryDelay(Config config) =>
        Settings.SettingsReader.For(config, "actorplane.controller-manager.taint-eviction").Duration("retry-delay");

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        _nodes.Start(Client.NewCause());
    }

    private void OnNodeSeen(Node node, Cause cause)
    {
        var name = node.Metadata.Name!;
        if (node.Spec.Taints.FindIndex(taint => taint.Effect == "NoExecute") < 0)
        {
            StopWatching(name, cause);
            return;
        }

        if (_podsByNode.TryGetValue(name, out var known))
        {
            foreach (var pod in known.Items) Judge(pod, cause);
            return;
        }

        var pods = new Informer<Pod>(Client, "pods", new ObjectSelector(NodeName: name))
        {
            Added = Judge,
            Updated = (_, after, podCause) => Judge(after, podCause),
            Deleted = (pod, _) => Cancel(pod),
        };
        _podsByNode.Add(name, pods);
        pods.Start(cause);
    }

    private void StopWatching(string node, Cause cause)
    {
        if (!_podsByNode.Remove(node, out var pods)) return;
        foreach (var pod in pods.Items)
        {
            if (Cancel(pod))
                _events.Normal(pod, "TaintManagerEviction", $"Cancelling deletion of Pod {pod.Metadata.Namespace}/{pod.Metadata.Name}", cause);
        }

        pods.Stop(cause);
    }

    private void Judge(Pod pod, Cause cause)
    {
        if (_evictions.TryGetValue(pod.Metadata.Uid!, out var known) && known.IsUnderWay)
        {
            known.Pod = pod;
            return;
        }

        if (pod.Metadata.DeletionTimestamp is not null || _nodes.Get("", pod.Spec.NodeName!) is not { } node)
        {
            Cancel(pod);
            return;
        }

        if (PodEviction.Patience(pod.Spec.Tolerations, node.Spec.Taints) is not { } patience)
        {
            Cancel(pod);
            return;
        }

        // The patience counts from when the pod was first found on a tainted node, also when the taints change.
        var uid = pod.Metadata.Uid!;
        var begun = known?.Begun ?? Client.Now;
        var due = begun + patience;
        if (known is not null && known.Due == due)
        {
            known.Pod = pod;
            return;
        }

        Schedule(new Eviction(pod, begun, due, cause));
    }

    private void Schedule(Eviction eviction)
    {
        _evictions[eviction.Pod.Metadata.Uid!] = eviction;
        if (eviction.Due <= Client.Now)
        {
            Evict(eviction);
            return;
        }

        _byDue.Enqueue(eviction, (eviction.Due, ++_sequence));
        SetTimer();
    }

    private bool Cancel(Pod pod) => _evictions.Remove(pod.Metadata.Uid!);

    private void OnDue()
    {
        _timerDue = null;
        while (_byDue.TryPeek(out var eviction, out var order) && order.Due <= Client.Now)
        {
            _byDue.Dequeue();
            if (_evictions.TryGetValue(eviction.Pod.Metadata.Uid!, out var current) && ReferenceEquals(current, eviction)) Evict(eviction);
        }

        SetTimer();
    }

    private void SetTimer()
    {
        while (_byDue.TryPeek(out var eviction, out _)
               && !(_evictions.TryGetValue(eviction.Pod.Metadata.Uid!, out var current) && ReferenceEquals(current, eviction)))
            _byDue.Dequeue();
        if (!_byDue.TryPeek(out _, out var order) || order.Due >= _timerDue) return;
        var delay = order.Due - Client.Now;
        _timerDue = order.Due;
        Timers.StartSingleTimer(Due.Instance, Due.Instance, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
    }

    private void Evict(Eviction eviction)
    {
        if (eviction.IsUnderWay) return;
        eviction.IsUnderWay = true;
        var pod = eviction.Pod;

        // Long after the taint: a chain of its own.
        var cause = eviction.Due == eviction.Begun ? eviction.Cause : Client.NewCause();
        _events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {pod.Metadata.Namespace}/{pod.Metadata.Name}", cause);
        var status = DisruptionTarget.WithCondition(pod.Status, Client.Now);
        Client.UpdateStatus("pods", pod with { Status = status }, cause, marked =>
        {
            if (Finish(eviction, marked)) return;
            Client.Delete("pods", pod.Metadata.Namespace!, pod.Metadata.Name!, marked.Cause, deleted => Finish(eviction, deleted), uid: pod.Metadata.Uid);
        });
    }

    // True when the eviction is over, for now or for good.
    private bool Finish(Eviction eviction, ApiOutcome outcome)
    {
        if (outcome.IsDone) return false;
        eviction.IsUnderWay = false;
        if (outcome.IsRefused(StatusReason.NotFound)) return true;
        _log.Debug("Pod {0} is not evicted yet: {1}", eviction.Pod.Metadata.Name, outcome);
        var isCurrent = _evictions.TryGetValue(eviction.Pod.Metadata.Uid!, out var current) && ReferenceEquals(current, eviction);
        if (isCurrent) Schedule(new Eviction(eviction.Pod, eviction.Begun, Client.Now + _retryDelay, eviction.Cause));
        return true;
    }

    private sealed class Eviction(Pod pod, DateTimeOffset begun, DateTimeOffset due, Cause cause)
    {
        public Pod Pod { get; set; } = pod;

        public DateTimeOffset Begun { get; } = begun;

        public DateTimeOffset Due { get; } = due;

        public Cause Cause { get; } = cause;

        public bool IsUnderWay { get; set; }
    }

    private sealed class Due
    {
        public static readonly Due Instance = new();
    }
}
