using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Client;

/// <summary>
/// One actor's connection to the API server; client-go's <c>Clientset</c> in its role. It belongs to one incarnation of
/// one actor, which hands it every message that <see cref="IsForClient"/> (<see cref="ApiClientActor"/> does). Each
/// request takes a callback that runs inside the actor when the answer is there, exactly once: with an unknown
/// <see cref="ApiOutcome"/> when the connection is lost or <see cref="ClientSettings.RequestTimeout"/> is over. All
/// requests share one timer.
/// </summary>
public sealed class ApiClient
{
    private readonly IActorRef _server;
    private readonly IActorRef _self;
    private readonly IScheduler _scheduler;
    private readonly CauseSource _causes;
    private readonly string _fieldManager;
    private readonly List<IWatcher> _watchers = new(1);
    private readonly Dictionary<long, Pending> _pending = [];
    private long _oldestId;
    private long _nextId;
    private bool _timerIsSet;
    private bool _isClosed;

    /// <summary>For the actor whose context this is.</summary>
    /// <param name="server">The API server, or what stands between: a node's network link.</param>
    /// <param name="fieldManager">Who this is, for managedFields and the source of Events, such as <c>kubelet</c>.</param>
    public ApiClient(IActorContext context, IActorRef server, ClientSettings settings, string fieldManager)
    {
        (_server, _self, _scheduler, _fieldManager) = (server, context.Self, context.System.Scheduler, fieldManager);
        Settings = settings;
        Chance = Chance.For(context, "client");
        _causes = CauseSource.For(context);

        // Numbers of one incarnation are never those of another, so that an answer to the one before is not taken for ours.
        _oldestId = _nextId = (long)ClusterSeed.Of(context.System).NextOrdinal() << 32;
    }

    /// <summary>The settings that this client goes by.</summary>
    public ClientSettings Settings { get; }

    /// <summary>Who this is, such as <c>kubelet</c>.</summary>
    public string FieldManager => _fieldManager;

    /// <summary>The time by the system's scheduler.</summary>
    public DateTimeOffset Now => _scheduler.Now;

    internal Chance Chance { get; }

    /// <summary>A new cause, for what the actor begins by itself: at a timer, for instance.</summary>
    public Cause NewCause() => _causes.Next();

    /// <summary>Stores a new object: <see cref="ApiServerProtocol.Create"/>.</summary>
    /// <param name="resource">As kubectl names it: <c>pods</c>, <c>deployments.apps</c>.</param>
    public void Create(string resource, IKubeObject item, Cause cause, Action<ApiOutcome>? done = null)
    {
        var id = Expect(done, cause);
        Send(new Create(id, resource, item, _fieldManager, cause));
    }

    /// <summary>Replaces an object but for its status: <see cref="ApiServerProtocol.Update"/>.</summary>
    public void Update(string resource, IKubeObject item, Cause cause, Action<ApiOutcome>? done = null)
    {
        var id = Expect(done, cause);
        Send(new Update(id, resource, item, WriteScope.Spec, _fieldManager, cause));
    }

    /// <summary>Replaces an object's status and nothing else: <see cref="ApiServerProtocol.Update"/>.</summary>
    public void UpdateStatus(string resource, IKubeObject item, Cause cause, Action<ApiOutcome>? done = null)
    {
        var id = Expect(done, cause);
        Send(new Update(id, resource, item, WriteScope.Status, _fieldManager, cause));
    }

    /// <summary>Replaces a namespace's <c>spec.finalizers</c> and nothing else: <see cref="ApiServerProtocol.Update"/>.</summary>
    public void Finalize(Namespace item, Cause cause, Action<ApiOutcome>? done = null)
    {
        var id = Expect(done, cause);
        Send(new Update(id, "namespaces", item, WriteScope.Finalizers, _fieldManager, cause));
    }

    /// <summary>Assigns a pod to a node: <see cref="ApiServerProtocol.Bind"/>.</summary>
    public void Bind(Pod pod, string nodeName, Cause cause, Action<ApiOutcome>? done = null)
    {
        var id = Expect(done, cause);
        Send(new Bind(id, pod.Metadata.Namespace ?? "", pod.Metadata.Name ?? "", pod.Metadata.Uid ?? "", nodeName, cause));
    }

    /// <summary>Deletes an object: <see cref="ApiServerProtocol.Delete"/>.</summary>
    public void Delete(
        string resource, string @namespace, string name, Cause cause, Action<ApiOutcome>? done = null,
        long? gracePeriodSeconds = null, string? uid = null, string? resourceVersion = null, PropagationPolicy? propagation = null)
    {
        var id = Expect(done, cause);
        Send(new Delete(id, resource, @namespace, name, gracePeriodSeconds, uid, resourceVersion, cause) { Propagation = propagation });
    }

    /// <summary>Reads one object: <see cref="ApiServerProtocol.Get"/>.</summary>
    public void Get(string resource, string @namespace, string name, Cause cause, Action<ApiOutcome> done)
    {
        var id = Expect(done, cause);
        Send(new Get(id, resource, @namespace, name, cause));
    }

    /// <summary>Reads all objects that a selector picks: <see cref="ApiServerProtocol.List"/>. The reply is <see cref="Listed"/>.</summary>
    public void List(string resource, ObjectSelector selector, Cause cause, Action<ApiOutcome> done)
    {
        var id = Expect(done, cause);
        Send(new List(id, resource, selector, cause));
    }

    /// <summary>Whether <paramref name="message"/> must be given to the actor's client, not handled by the actor.</summary>
    public static bool IsForClient(object message) => message is IReply or INotification or ConnectionLost or Signal;

    /// <summary>Takes a message that <see cref="IsForClient"/>; false for any other.</summary>
    public bool Handle(object message)
    {
        switch (message)
        {
            case IReply reply:
                Complete(reply.RequestId, new ApiOutcome(reply, reply.Cause));
                return true;
            case INotification notification:
                Notify(notification);
                return true;
            case ConnectionLost lost:
                LoseConnection(lost.Cause);
                return true;
            case Signal signal:
                if (ReferenceEquals(signal.Owner, this) && !_isClosed) signal.Fire();
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Ends all watches and forgets all requests: their callbacks are not called any more. An actor that stops or is
    /// restarted calls it.
    /// </summary>
    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        _pending.Clear();
        foreach (var watcher in _watchers) watcher.OnClosing();
        _watchers.Clear();
    }

    internal void Add(IWatcher watcher) => _watchers.Add(watcher);

    internal void Remove(IWatcher watcher) => _watchers.Remove(watcher);

    internal long Watch(string resource, ObjectSelector selector, long fromRevision, Cause cause, Action<ApiOutcome> done)
    {
        var id = Expect(done, cause);
        Send(new Watch(id, id, resource, selector, fromRevision, cause));
        return id;
    }

    internal void Unwatch(long watchId, Cause cause) => Send(new Unwatch(_nextId++, watchId, cause));

    /// <summary>Has <paramref name="fire"/> called inside the actor after <paramref name="delay"/>, unless the client is closed by then.</summary>
    internal void After(TimeSpan delay, Action fire) =>
        _scheduler.ScheduleTellOnce(delay, _self, new Signal(this, fire), _self);

    private void Send(ICommand command) => _server.Tell(command, _self);

    private long Expect(Action<ApiOutcome>? done, Cause cause)
    {
        var id = _nextId++;
        if (done is null) return id;
        if (_pending.Count == 0) _oldestId = id;
        _pending.Add(id, new Pending(done, Now + Settings.RequestTimeout, cause));
        SetTimer(Settings.RequestTimeout);
        return id;
    }

    private void Complete(long id, ApiOutcome outcome)
    {
        // Nobody waits when the answer comes after its time was up, or was meant for the incarnation before.
        if (_pending.Remove(id, out var pending)) pending.Done(outcome);
    }

    private void Notify(INotification notification)
    {
        foreach (var watcher in _watchers)
        {
            if (watcher.WatchId != notification.WatchId) continue;
            watcher.OnNotification(notification);
            return;
        }

        // A watch of an earlier incarnation, or one that was opened after we gave up waiting: the server must forget it.
        // What we closed ourselves may still have news under way; the server takes a second goodbye.
        if (notification is Changed) Unwatch(notification.WatchId, notification.Cause);
    }

    private void LoseConnection(Cause cause)
    {
        // Only what is in flight now; callbacks may send anew.
        var end = _nextId;
        for (var id = _oldestId; id < end; id++) Complete(id, new ApiOutcome(null, cause));
        foreach (var watcher in _watchers.ToArray()) watcher.OnConnectionLost(cause);
    }

    private void SetTimer(TimeSpan delay)
    {
        if (_timerIsSet) return;
        _timerIsSet = true;
        After(delay, OnTimer);
    }

    private void OnTimer()
    {
        _timerIsSet = false;
        var now = Now;
        List<Pending>? due = null;

        // Numbers ascend with deadlines, so that the first one that is not due ends the search.
        while (_pending.Count > 0)
        {
            if (_pending.TryGetValue(_oldestId, out var pending))
            {
                if (pending.Deadline > now)
                {
                    SetTimer(pending.Deadline - now);
                    break;
                }

                _pending.Remove(_oldestId);
                (due ??= []).Add(pending);
            }

            _oldestId++;
        }

        if (due is null) return;
        foreach (var pending in due) pending.Done(new ApiOutcome(null, pending.Cause));
    }

    private readonly record struct Pending(Action<ApiOutcome> Done, DateTimeOffset Deadline, Cause Cause);

    /// <summary>What wants to hear of a watch.</summary>
    internal interface IWatcher
    {
        long WatchId { get; }

        void OnNotification(INotification notification);

        void OnConnectionLost(Cause cause);

        void OnClosing();
    }

    /// <summary>A timer of one client rang.</summary>
    internal sealed class Signal(ApiClient owner, Action fire) : IDeadLetterSuppression
    {
        public ApiClient Owner { get; } = owner;

        public Action Fire { get; } = fire;
    }
}
