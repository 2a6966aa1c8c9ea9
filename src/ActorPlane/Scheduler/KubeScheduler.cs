using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Faults;
using ActorPlane.Scheduler.Framework;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.Scheduler;

/// <summary>
/// kube-scheduler: finds a node for each pod that has none and asks the API server to bind it there. It only decides;
/// the node's kubelet sees the binding and starts the pod. One pod a turn, so that news is heard between two decisions;
/// the next decision does not wait for the last binding, it assumes that it succeeds. (<c>S/schedule_one.go</c>.)
/// </summary>
public sealed class KubeScheduler : ApiClientActor, IWithTimers
{
    private readonly SchedulerSettings _settings;
    private readonly SchedulingAlgorithm _algorithm;
    private readonly SchedulingQueue _queue;
    private readonly NodeCache _cache = new();
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly EventRecorder _events;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _bindingsInFlight;
    private bool _turnIsPending;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public KubeScheduler(IActorRef apiServer)
        : base(apiServer, "kube-scheduler")
    {
        var profile = SchedulingProfile.Default();
        _settings = SchedulerSettings.Read(Context.System.Settings.Config);
        _algorithm = new SchedulingAlgorithm(profile, _settings.Sampling, Chance.For(Context, "equal scores"));
        _queue = new SchedulingQueue(_settings.Queue, profile.PreEnqueue);
        _events = new EventRecorder(Client, component: _settings.Name);
        _pods = new Informer<Pod>(Client, "pods", ObjectSelector.All)
        {
            Added = OnPodSeen,
            Updated = (_, after, cause) => OnPodSeen(after, cause),
            Deleted = OnPodGone,
            Synced = _ => TakeTurn(),
        };
        _nodes = new Informer<Node>(Client, "nodes", ObjectSelector.All)
        {
            Added = OnNodeSeen,
            Updated = (_, after, cause) => OnNodeSeen(after, cause),
            Deleted = (node, _) => _cache.RemoveNode(node.Metadata.Name!),
            Synced = _ => TakeTurn(),
        };
        Receive<Turn>(_ => OnTurn());
        Receive<FlushBackoff>(_ =>
        {
            _queue.FlushBackoff(Client.Now);
            TakeTurn();
        });
        Receive<FlushUnschedulable>(_ =>
        {
            _queue.FlushUnschedulable(Client.NewCause(), Client.Now);
            TakeTurn();
        });
        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The actor <c>/user/kube-scheduler</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new KubeScheduler(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _nodes.Start(cause);
        _pods.Start(cause);
    }

    private void OnPodSeen(Pod pod, Cause cause)
    {
        if (pod.Status.Phase is "Succeeded" or "Failed")
        {
            OnPodGone(pod, cause);
            return;
        }

        if (!string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            _cache.SetPod(pod);
            _queue.Remove(pod.Metadata.Uid!);
        }
        else if (pod.Metadata.DeletionTimestamp is not null || pod.Spec.SchedulerName != _settings.Name)
        {
            _queue.Remove(pod.Metadata.Uid!);
        }
        else
        {
            _queue.AddOrUpdate(pod, cause, Client.Now);
        }

        TakeTurn();
    }

    private void OnPodGone(Pod pod, Cause cause)
    {
        _queue.Remove(pod.Metadata.Uid!);
        if (_cache.RemovePod(pod.Metadata.Uid!)) OnClusterEvent(ClusterEvents.PodDeleted, cause);
    }

    private void OnNodeSeen(Node node, Cause cause) => OnClusterEvent(_cache.SetNode(node), cause);

    private void OnClusterEvent(ClusterEvents events, Cause cause)
    {
        if (_queue.Move(events, cause, Client.Now) > 0) TakeTurn();
    }

    private void TakeTurn()
    {
        StartTimers();
        if (_turnIsPending || _queue.ActiveCount == 0 || _bindingsInFlight >= _settings.MaxBindingsInFlight
            || !_pods.HasSynced || !_nodes.HasSynced)
            return;
        _turnIsPending = true;
        Self.Tell(Turn.Instance);
    }

    private void OnTurn()
    {
        _turnIsPending = false;
        if (_bindingsInFlight < _settings.MaxBindingsInFlight && _queue.TryPop(out var pod)) Schedule(pod);
        TakeTurn();
    }

    // Timers run only while there is something for them to find.
    private void StartTimers()
    {
        if (_queue.BackoffCount > 0 && !Timers.IsTimerActive(FlushBackoff.Instance))
            Timers.StartSingleTimer(FlushBackoff.Instance, FlushBackoff.Instance, _settings.BackoffFlushPeriod);
        if (_queue.UnschedulableCount > 0 && !Timers.IsTimerActive(FlushUnschedulable.Instance))
            Timers.StartSingleTimer(FlushUnschedulable.Instance, FlushUnschedulable.Instance, _settings.UnschedulableFlushPeriod);
    }

    private void Schedule(QueuedPod queued)
    {
        var decision = _algorithm.Schedule(queued.Info, _cache.Nodes);
        if (decision.Node is { } node)
        {
            Bind(queued, node);
            return;
        }

        _queue.ReturnUnschedulable(queued, decision.HelpedBy, Client.Now);
        Report(queued.Info.Pod, PodScheduledCondition.Unschedulable, decision.Message, queued.Cause);
    }

    private void Bind(QueuedPod queued, NodeInfo node)
    {
        var (pod, nodeName) = (queued.Info.Pod, node.Name);
        _cache.Assume(queued.Info, node);
        _bindingsInFlight++;
        Client.Bind(pod, nodeName, queued.Cause, outcome =>
        {
            _bindingsInFlight--;
            if (outcome.IsDone)
            {
                _queue.Remove(queued.Uid);
                _events.Normal(pod, "Scheduled", $"Successfully assigned {pod.Metadata.Namespace}/{pod.Metadata.Name} to {nodeName}", outcome.Cause);
            }
            else
            {
                OnBindingFailed(queued, outcome);
            }

            TakeTurn();
        });
    }

    private void OnBindingFailed(QueuedPod queued, ApiOutcome outcome)
    {
        // Should the pod be bound after all, its news takes it out of the queue.
        if (_cache.Forget(queued.Uid)) _queue.Move(ClusterEvents.PodDeleted, outcome.Cause, Client.Now);
        var wasWaiting = _queue.StateOf(queued.Uid) == QueuedPodState.InFlight;
        _queue.ReturnFailed(queued, Client.Now);
        _log.Debug("Pod {0} was not bound: {1}", queued.Uid, outcome);
        if (wasWaiting && outcome.Refusal is { } refusal)
            Report(queued.Info.Pod, PodScheduledCondition.SchedulerError, $"binding rejected: {refusal.Message}", outcome.Cause);
    }

    private void Report(Pod pod, string reason, string message, Cause cause)
    {
        _events.Warning(pod, "FailedScheduling", message, cause);
        if (PodScheduledCondition.WithFailure(pod.Status, reason, message, Client.Now) is not { } status) return;

        // A conflict means that the pod has changed: the next attempt sees the change and reports again.
        Client.UpdateStatus("pods", pod with { Status = status }, cause, outcome =>
        {
            if (!outcome.IsDone) _log.Debug("The condition of pod {0} was not written: {1}", pod.Metadata.Uid, outcome);
        });
    }

    private sealed class Turn
    {
        public static readonly Turn Instance = new();
    }

    private sealed class FlushBackoff
    {
        public static readonly FlushBackoff Instance = new();
    }

    private sealed class FlushUnschedulable
    {
        public static readonly FlushUnschedulable Instance = new();
    }
}
