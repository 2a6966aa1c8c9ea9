using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Faults;
using ActorPlane.Kubelet;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>
/// Notices nodes that are no longer heard of: their conditions become Unknown, their pods not ready, and taints keep
/// new pods away and, at a bounded rate, drive the others off (<see cref="TaintEvictionController"/>). A node that comes
/// back loses the taints. (<c>C/nodelifecycle/node_lifecycle_controller.go</c>.)
/// </summary>
public sealed class NodeLifecycleController : ApiClientActor, IWithTimers
{
    private readonly NodeLifecycleSettings _settings;
    private readonly Informer<Node> _nodes;
    private readonly Informer<Lease> _leases;
    private readonly EventRecorder _events;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, WatchedNode> _watched = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Zone> _zones = new(StringComparer.Ordinal);
    private readonly TimeSpan _shortestGracePeriod;

    // All nodes by name; null when one came or went.
    private WatchedNode[]? _inOrder;
    private bool _allZonesAreDisrupted;

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public NodeLifecycleController(IActorRef apiServer)
        : base(apiServer, "kube-controller-manager")
    {
        _settings = NodeLifecycleSettings.Read(Context.System.Settings.Config);
        _shortestGracePeriod = _settings.StartupGracePeriod < _settings.MonitorGracePeriod ? _settings.StartupGracePeriod : _settings.MonitorGracePeriod;
        _events = new EventRecorder(Client, component: "node-controller");
        _nodes = new Informer<Node>(Client, "nodes", ObjectSelector.All)
        {
            Added = (node, cause) =>
            {
                _inOrder = null;
                OnNodeSeen(node, cause);
            },
            Updated = (_, after, cause) =>
            {
                if (_watched.TryGetValue(after.Metadata.Name!, out var watched)) watched.Node = after;
                OnNodeSeen(after, cause);
            },
            Deleted = (node, _) =>
            {
                _inOrder = null;
                _watched.Remove(node.Metadata.Name!);
            },
            Synced = _ => OnSynced(),
        };
        _leases = new Informer<Lease>(Client, "leases.coordination.k8s.io", new ObjectSelector(NodeObjects.LeaseNamespace))
        {
            Added = (lease, _) => OnLeaseSeen(lease.Metadata.Name!, lease),
            Updated = (_, after, _) => OnLeaseSeen(after.Metadata.Name!, after),
            Deleted = (lease, _) => OnLeaseSeen(lease.Metadata.Name!, null),
            Synced = _ => OnSynced(),
        };
        Receive<Monitor>(_ => OnMonitor());
        Receive<Evict>(_ => OnEvict());
        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsReady => _nodes.HasSynced && _leases.HasSynced;

    /// <summary>The actor <c>/user/kube-controller-manager/node-lifecycle</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new NodeLifecycleController(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _nodes.Start(cause);
        _leases.Start(cause);
        Timers.StartPeriodicTimer(Monitor.Instance, Monitor.Instance, _settings.MonitorPeriod);
    }

    private void OnNodeSeen(Node node, Cause cause)
    {
        if (IsReady) WriteTaints(node, EvictionLeave.Waiting, cause);
    }

    private void OnLeaseSeen(string node, Lease? lease)
    {
        if (_watched.TryGetValue(node, out var watched)) watched.Lease = lease;
    }

    private void OnSynced()
    {
        if (IsReady) OnMonitor();
    }

    private void OnMonitor()
    {
        if (!IsReady) return;
        var now = Client.Now;
        foreach (var watched in _inOrder ??= [.. _nodes.Items.Select(WatchedFor)])
        {
            watched.Observe(now);
            if (watched.IsBusy) continue;
            var node = watched.Node;
            if (now - watched.Health.HeardAt > _shortestGracePeriod && watched.Health.JudgeLost(node, _settings, now) is { } lost) DeclareLost(node, watched, lost);
            else if (watched.PodsToMark) MarkPodsNotReady(node, watched, Client.NewCause());
        }

        JudgeZones(now, _inOrder);
        OnEvict();
    }

    private WatchedNode WatchedFor(Node node)
    {
        var name = node.Metadata.Name!;
        var lease = _leases.Get(NodeObjects.LeaseNamespace, name);
        if (!_watched.TryGetValue(name, out var watched) || watched.Uid != node.Metadata.Uid)
            _watched[name] = watched = new WatchedNode(node, NodeHealth.Begin(node, lease, Client.Now));
        (watched.Node, watched.Lease) = (node, lease);
        return watched;
    }

    private void DeclareLost(Node node, WatchedNode watched, NodeStatus status)
    {
        var cause = Client.NewCause();
        var wasReady = NodeTaints.ReadyStatus(node) == "True";
        _log.Info("Node {0} has not been heard of since {1}", node.Metadata.Name, watched.Health.HeardAt);
        watched.IsBusy = true;
        Client.UpdateStatus("nodes", node with { Status = status }, cause, outcome =>
        {
            watched.IsBusy = false;

            // Otherwise the next look at the node says it again.
            if (!outcome.IsDone) return;
            if (wasReady)
            {
                _events.Normal(node, "NodeNotReady", $"Node {node.Metadata.Name} status is now: NodeNotReady", outcome.Cause);
                MarkPodsNotReady(node, watched, outcome.Cause);
            }

            if (_nodes.Get("", node.Metadata.Name!) is { } latest) WriteTaints(latest, EvictionLeave.Waiting, outcome.Cause);
        });
    }

    private void MarkPodsNotReady(Node node, WatchedNode watched, Cause cause)
    {
        watched.PodsToMark = true;
        Client.List("pods", new ObjectSelector(NodeName: node.Metadata.Name), cause, outcome =>
        {
            if (outcome.Reply is not ApiServerProtocol.Listed listed) return;

            // A node that came back meanwhile speaks for its pods itself.
            watched.PodsToMark = false;
            if (_nodes.Get("", node.Metadata.Name!) is not { } latest || NodeTaints.ReadyStatus(latest) == "True") return;
            foreach (var item in listed.Items)
            {
                var pod = (Pod)item;
                var index = pod.Status.Conditions.FindIndex(condition => condition is { Type: "Ready", Status: "True" });
                if (index < 0) continue;
                var condition = pod.Status.Conditions[index] with { Status = "False", LastTransitionTime = Client.Now };
                var status = pod.Status with { Conditions = pod.Status.Conditions.SetItem(index, condition) };
                _events.Warning(pod, "NodeNotReady", "Node is not ready", outcome.Cause);
                Client.UpdateStatus("pods", pod with { Status = status }, outcome.Cause, written =>
                {
                    if (!written.IsDone && !written.IsRefused(StatusReason.NotFound)) watched.PodsToMark = true;
                });
            }
        });
    }

    private void WriteTaints(Node node, EvictionLeave leave, Cause cause)
    {
        var watched = _watched.GetValueOrDefault(node.Metadata.Name!) ?? WatchedFor(node);
        if (!ReferenceEquals(watched.WellTainted, node)) WriteTaints(node, watched, leave, cause);
    }

    private void WriteTaints(Node node, WatchedNode watched, EvictionLeave leave, Cause cause)
    {
        if (leave == EvictionLeave.Granted) watched.HasLeave = true;
        if (watched.IsBusy) return;
        if (_allZonesAreDisrupted) leave = EvictionLeave.Withdrawn;
        else if (watched.HasLeave) leave = EvictionLeave.Granted;
        if (NodeTaints.NoExecuteKey(node) is null) watched.HasLeave = false;
        else if (leave == EvictionLeave.Waiting && !NodeTaints.IsEvicting(node) && ZoneOf(node).Await(node.Metadata.Name!)) Self.Tell(Evict.Instance);

        var taints = NodeTaints.Wanted(node, leave, Client.Now);
        if (ReferenceEquals(taints, node.Spec.Taints) || taints == node.Spec.Taints)
        {
            // Of a node that no eviction threatens, all that counts is in its object.
            if (NodeTaints.NoExecuteKey(node) is null) watched.WellTainted = node;
            return;
        }

        watched.IsBusy = true;
        Client.Update("nodes", node with { Spec = node.Spec with { Taints = taints } }, cause.IsKnown ? cause : Client.NewCause(), outcome =>
        {
            watched.IsBusy = false;

            // What made it fail may have been news that came while we waited; else the next look at all nodes tries again.
            if (_nodes.Get("", node.Metadata.Name!) is { } latest && latest.Metadata.ResourceVersion != node.Metadata.ResourceVersion)
                WriteTaints(latest, EvictionLeave.Waiting, outcome.Cause);
        });
    }

    private void JudgeZones(DateTimeOffset now, WatchedNode[] nodes)
    {
        var health = ZoneHealth.Count(nodes);
        var wereDisrupted = _allZonesAreDisrupted;
        _allZonesAreDisrupted = health.Count > 0 && health.Values.All(zone => zone.State(_settings) == ZoneState.FullDisruption);
        foreach (var (name, zone) in health) Zone(name).Limiter.SetRate(zone.EvictionRate(_settings, _allZonesAreDisrupted), now);
        if (wereDisrupted && !_allZonesAreDisrupted)
        {
            // The fault was ours: every node gets the whole grace period again.
            foreach (var watched in nodes) watched.Health = watched.Health with { HeardAt = now };
        }

        foreach (var watched in nodes)
        {
            if (!ReferenceEquals(watched.WellTainted, watched.Node)) WriteTaints(watched.Node, watched, EvictionLeave.Waiting, Cause.None);
        }
    }

    private void OnEvict()
    {
        var now = Client.Now;
        TimeSpan? wait = null;
        foreach (var (_, zone) in _zones)
        {
            while (zone.TryPeek(out var name))
            {
                var isStillDue = _nodes.Get("", name) is { } node && NodeTaints.NoExecuteKey(node) is not null && !NodeTaints.IsEvicting(node);
                if (isStillDue && !zone.Limiter.TryTake(now))
                {
                    if (zone.Limiter.Wait(now) is { } next && (wait is null || next < wait)) wait = next;
                    break;
                }

                zone.Dequeue();
                if (isStillDue) WriteTaints(_nodes.Get("", name)!, EvictionLeave.Granted, Client.NewCause());
            }
        }

        if (wait is { } delay && !Timers.IsTimerActive(Evict.Instance)) Timers.StartSingleTimer(Evict.Instance, Evict.Instance, delay);
    }

    private Zone ZoneOf(Node node) => Zone(WatchedNode.ZoneOf(node));

    private Zone Zone(string name)
    {
        if (!_zones.TryGetValue(name, out var zone)) _zones[name] = zone = new Zone(Client.Now);
        return zone;
    }

    private sealed class Monitor
    {
        public static readonly Monitor Instance = new();
    }

    private sealed class Evict
    {
        public static readonly Evict Instance = new();
    }
}
