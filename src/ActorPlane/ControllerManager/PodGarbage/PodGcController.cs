using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Client;
using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.ControllerManager.PodGarbage;

/// <summary>
/// Takes away pods that nobody else does, by deleting them without grace: pods of nodes that no longer exist, pods
/// deleted before they had a node, pods deleted on machines declared out of service, and finished pods beyond a
/// threshold. (<c>C/podgc/gc_controller.go</c>.)
/// </summary>
public sealed class PodGcController : ApiClientActor, IWithTimers
{
    private readonly PodGcSettings _settings;
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    // What a look needs to see, kept up to date, so that a look costs nothing when there is nothing to find.
    private readonly Dictionary<string, Pod> _terminated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pod> _terminating = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _podsOnNode = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> _missingSince = new(StringComparer.Ordinal);

    /// <summary>Use <see cref="PropsFor"/>.</summary>
    public PodGcController(IActorRef apiServer)
        : base(apiServer, "kube-controller-manager")
    {
        _settings = PodGcSettings.Read(Context.System.Settings.Config);
        _pods = new Informer<Pod>(Client, "pods", ObjectSelector.All)
        {
            Added = (pod, _) => Learn(pod),
            Updated = (before, after, _) =>
            {
                Forget(before);
                Learn(after);
            },
            Deleted = (pod, _) => Forget(pod),
        };
        _nodes = new Informer<Node>(Client, "nodes", ObjectSelector.All)
        {
            Added = (node, _) => _missingSince.Remove(node.Metadata.Name!),
            Deleted = (node, _) => NoteMissing(node.Metadata.Name!),
        };
        Receive<Look>(_ => OnLook());
        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The actor <c>/user/kube-controller-manager/pod-gc</c>.</summary>
    public static Props PropsFor(IActorRef apiServer) => Props.Create(() => new PodGcController(apiServer));

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        var cause = Client.NewCause();
        _nodes.Start(cause);
        _pods.Start(cause);
        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, _settings.Period);
    }

    private void Learn(Pod pod)
    {
        var uid = pod.Metadata.Uid!;
        if (pod.Metadata.DeletionTimestamp is not null) _terminating[uid] = pod;
        else if (pod.Status.Phase is "Succeeded" or "Failed") _terminated[uid] = pod;
        if (string.IsNullOrEmpty(pod.Spec.NodeName)) return;
        _podsOnNode[pod.Spec.NodeName] = _podsOnNode.GetValueOrDefault(pod.Spec.NodeName) + 1;
        NoteMissing(pod.Spec.NodeName);
    }

    private void Forget(Pod pod)
    {
        _terminating.Remove(pod.Metadata.Uid!);
        _terminated.Remove(pod.Metadata.Uid!);
        if (string.IsNullOrEmpty(pod.Spec.NodeName)) return;
        var left = _podsOnNode.GetValueOrDefault(pod.Spec.NodeName) - 1;
        if (left > 0)
        {
            _podsOnNode[pod.Spec.NodeName] = left;
            return;
        }

        _podsOnNode.Remove(pod.Spec.NodeName);
        _missingSince.Remove(pod.Spec.NodeName);
    }

    private void NoteMissing(string node)
    {
        if (_podsOnNode.ContainsKey(node) && _nodes.Get("", node) is null) _missingSince.TryAdd(node, Client.Now);
    }

    private void OnLook()
    {
        if (!_pods.HasSynced || !_nodes.HasSynced) return;
        foreach (var pod in PodGarbagePlanner.Terminated(_terminated.Values, _settings.TerminatedPods)) Delete(pod);
        foreach (var pod in PodGarbagePlanner.UnscheduledTerminating(_terminating.Values)) Delete(pod);
        foreach (var pod in PodGarbagePlanner.OutOfServiceTerminating(_terminating.Values, name => _nodes.Get("", name))) Delete(pod);

        // Pods seen before their node's first news were noted as of a missing one.
        foreach (var node in _missingSince.Keys.Where(node => _nodes.Get("", node) is not null).ToArray()) _missingSince.Remove(node);
        foreach (var (node, since) in _missingSince)
        {
            if (Client.Now - since >= _settings.NodeQuarantine) DeletePodsOf(node);
        }
    }

    // Our copy of the nodes may lag: the server is asked before anything is taken from a node.
    private void DeletePodsOf(string node)
    {
        var cause = Client.NewCause();
        Client.Get("nodes", "", node, cause, outcome =>
        {
            if (!outcome.IsRefused(StatusReason.NotFound)) return;
            foreach (var pod in _pods.Items)
            {
                if (pod.Spec.NodeName != node) continue;
                var status = PodGarbagePlanner.WithoutNode(pod.Status, Client.Now);
                if (ReferenceEquals(status, pod.Status)) Delete(pod, outcome.Cause);
                else Client.UpdateStatus("pods", pod with { Status = status }, outcome.Cause, marked =>
                {
                    if (marked.IsDone) Delete(pod, marked.Cause);
                });
            }
        });
    }

    private void Delete(Pod pod) => Delete(pod, Client.NewCause());

    // What fails is found again by the next look.
    private void Delete(Pod pod, Cause cause) => Client.Delete(
        "pods", pod.Metadata.Namespace!, pod.Metadata.Name!, cause,
        outcome =>
        {
            if (!outcome.IsDone) _log.Debug("Pod {0} is still there: {1}", pod.Metadata.Name, outcome);
        },
        gracePeriodSeconds: 0, uid: pod.Metadata.Uid);

    private sealed class Look
    {
        public static readonly Look Instance = new();
    }
}
