using ActorPlane.Api;
using ActorPlane.Client;
using ActorPlane.Etcd;
using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.ApiServer;

/// <summary>
/// kube-apiserver: the only actor that talks to etcd. It admits, validates and orders writes, gives every object its
/// resourceVersion, and serves reads and watches from a cache that advances only by etcd's watch, which arrives before
/// the reply to the write behind it. Source of the behaviour: <c>staging/src/k8s.io/apiserver/pkg/registry</c> and
/// <c>pkg/storage/cacher</c>.
/// <para>
/// It begins by connecting to etcd, reading everything and opening one watch; requests wait until then. When it dies,
/// or etcd does, every client that has a watch or waits for an answer is told <see cref="ConnectionLost"/> once.
/// </para>
/// </summary>
public sealed class ApiServer : TracedActor
{
    private readonly IActorRef _etcd;
    private readonly ApiServerSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Chance _chance;
    private readonly CauseSource _causes;
    private readonly Queue<(ICommand Command, IActorRef Client)> _waiting = new();

    private IActorRef _store;
    private Phase _phase;
    private ExponentialBackoff _backoff;
    private long _nextRequestId;
    private long _connectRequest;
    private int _retryRound;
    private long _etcdWatchId;
    private int _unacknowledgedEvents;
    private Bootstrap _bootstrap;
    private ObjectCache _cache;
    private WriteQueue _writes;
    private WatchTable _watches;

    /// <summary>Props of the server.</summary>
    /// <param name="etcd">The store.</param>
    public static Props PropsFor(IActorRef etcd, ApiServerSettings settings) => Props.Create(() => new ApiServer(etcd, settings));

    /// <summary>See <see cref="PropsFor"/>.</summary>
    public ApiServer(IActorRef etcd, ApiServerSettings settings)
    {
        (_etcd, _store, _settings) = (etcd, etcd, settings);
        _chance = Chance.For(Context, "apiserver");
        _causes = CauseSource.For(Context);

        // Answers that were meant for an earlier incarnation are not taken for ours.
        _nextRequestId = (long)ClusterSeed.Of(Context.System).NextOrdinal() << 32;
        _cache = new ObjectCache(settings, 0);
        _watches = new WatchTable(Context, _cache);
        _writes = NewWriteQueue();
        _bootstrap = NewBootstrap();
        Connecting();
    }

    private enum Phase
    {
        /// <summary>etcd was asked for a connection, or will be when the timer rings.</summary>
        Asking,

        /// <summary>The first read is under way.</summary>
        Loading,

        /// <summary>The cache advances; the server's own first writes are under way.</summary>
        Bootstrapping,

        /// <summary>Requests are served.</summary>
        Serving,
    }

    /// <inheritdoc />
    protected override void PreStart()
    {
        base.PreStart();
        Ask();
    }

    /// <inheritdoc />
    protected override void PreRestart(Exception reason, object message)
    {
        // Whoever sent what we died of waits for an answer, too.
        if (message is ICommand command) Sender.Tell(new ConnectionLost(command.Cause));
        base.PreRestart(reason, message);
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        // Also called before a restart.
        Disconnect(_causes.Next());
        base.PostStop();
    }

    /// <summary>Asking etcd for a connection, then reading everything.</summary>
    private void Connecting()
    {
        Receive<ICommand>(Postpone);
        Receive<EtcdProtocol.Connected>(connected =>
        {
            if (connected.RequestId != _connectRequest || _phase != Phase.Asking) return;
            _phase = Phase.Loading;
            _store = Sender;
            _connectRequest = _nextRequestId++;
            _store.Tell(new EtcdProtocol.Execute(_connectRequest, connected.Cause, new EtcdOp.Range(EtcdKeyRange.Prefix(ResourceTable.Root))));
        });
        Receive<EtcdProtocol.Executed>(executed =>
        {
            if (executed.RequestId == _connectRequest && executed.Result is EtcdResult.Range range) Load(range, executed);
        });
        Receive<EtcdProtocol.Failed>(failed =>
        {
            if (failed.RequestId == _connectRequest) StopLoading();
        });
        Receive<EtcdProtocol.ConnectionLost>(_ => StopLoading());
        Receive<AskAgain>(again =>
        {
            if (_phase == Phase.Asking && again.Round == _retryRound) Ask();
        });
        Common();
    }

    /// <summary>The cache is complete and advances. Requests are served once the server's own first writes are done.</summary>
    private void Connected()
    {
        Receive<ICommand>(command =>
        {
            if (_phase == Phase.Serving) Serve(command, Sender);
            else Postpone(command);
        });
        Receive<EtcdProtocol.WatchEvents>(Advance);
        Receive<EtcdProtocol.IReply>(reply =>
        {
            if (reply is EtcdProtocol.Failed && reply.RequestId == _etcdWatchId) Reconnect(reply.Cause);
            else if (_bootstrap.IsFor(reply)) OnBootstrapReply(reply);
            else _writes.OnReply(reply);
        });
        Receive<EtcdProtocol.WatchCancelled>(cancelled =>
        {
            if (cancelled.WatchId != _etcdWatchId) return;
            _log.Warning("etcd ended the watch: {0}", cancelled.Reason);
            Reconnect(cancelled.Cause);
        });
        Receive<EtcdProtocol.ConnectionLost>(lost => Reconnect(lost.Cause));
        Receive<Terminated>(terminated => _watches.Drop(terminated.ActorRef));
        Common();
    }

    private void Common()
    {
        // A client's link says that it broke: its watches are over, and answers will not reach it.
        Receive<ConnectionLost>(_ => _watches.Drop(Sender));
        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
        Receive<AskAgain>(_ => { });
        Receive<Restore>(restore =>
        {
            if (_phase == Phase.Serving && ReferenceEquals(restore.Of, _bootstrap)) _bootstrap.Continue(isStart: false, _causes.Next());
        });

        // Answers from before the connection was lost, and what etcd confirms without news in it.
        Receive<EtcdProtocol.IReply>(_ => { });
        Receive<EtcdProtocol.ConnectionLost>(_ => { });
        Receive<EtcdProtocol.WatchEvents>(_ => { });
        Receive<EtcdProtocol.WatchProgress>(_ => { });
        Receive<EtcdProtocol.WatchCancelled>(_ => { });
        Receive<Terminated>(_ => { });
    }

    private void Postpone(ICommand command)
    {
        if (_waiting.Count < _settings.MaxWaitingRequests) _waiting.Enqueue((command, Sender));
        else Sender.Tell(new Refused(command.RequestId, ApiErrors.TooManyRequests("the server is not ready, please try again later", 1), command.Cause));
    }

    private void Ask()
    {
        _connectRequest = _nextRequestId++;
        _etcd.Tell(new EtcdProtocol.Connect(_connectRequest, _causes.Next()));

        // In the moment between the store's end and its supervisor noticing nobody answers.
        AskLater();
    }

    private void AskLater()
    {
        var wait = _backoff.Next(_settings.EtcdRetry, _chance, Context.System.Scheduler.Now);
        Context.System.Scheduler.ScheduleTellOnce(wait, Self, new AskAgain(++_retryRound), Self);
    }

    private void StopLoading()
    {
        if (_phase != Phase.Loading) return;
        _phase = Phase.Asking;
        AskLater();
    }

    private void Load(EtcdResult.Range range, EtcdProtocol.Executed executed)
    {
        _cache = new ObjectCache(_settings, executed.Revision);
        _watches = new WatchTable(Context, _cache);
        _writes = NewWriteQueue();
        _cache.Redefined = _watches.CloseAll;
        _bootstrap = NewBootstrap();
        foreach (var keyValue in range.KeyValues) _cache.Load(keyValue);
        _cache.Publish(ApiServerSnapshots.Of(Context.System));

        _phase = Phase.Bootstrapping;
        _backoff = default;
        _unacknowledgedEvents = 0;
        _etcdWatchId = _nextRequestId++;
        _store.Tell(new EtcdProtocol.Watch(
            _etcdWatchId, executed.Cause, _etcdWatchId, EtcdKeyRange.Prefix(ResourceTable.Root), executed.Revision + 1));
        Become(Connected);
        _log.Info("connected to etcd at revision {0} with {1} objects", executed.Revision, range.KeyValues.Count);
        ContinueBootstrap(executed.Cause);
    }

    private void ContinueBootstrap(Cause cause)
    {
        if (_phase == Phase.Bootstrapping && _bootstrap.Continue(isStart: true, cause)) Open();
    }

    private void OnBootstrapReply(EtcdProtocol.IReply reply)
    {
        // What etcd could not take now it may take later.
        var isDone = _bootstrap.OnReply(reply);
        if (isDone) ContinueBootstrap(reply.Cause);
        else if (_phase == Phase.Bootstrapping) Reconnect(reply.Cause);
        else Context.System.Scheduler.ScheduleTellOnce(_settings.EtcdRetry.Max, Self, new Restore(_bootstrap), Self);
    }

    private void Open()
    {
        _phase = Phase.Serving;
        while (_waiting.TryDequeue(out var first)) Serve(first.Command, first.Client);
    }

    private void Reconnect(Cause cause)
    {
        Disconnect(cause);
        _cache = new ObjectCache(_settings, 0);
        _watches = new WatchTable(Context, _cache);
        _writes = NewWriteQueue();
        _bootstrap = NewBootstrap();
        _phase = Phase.Asking;
        Become(Connecting);
        AskLater();
        _log.Warning("lost the connection to etcd");
    }

    /// <summary>Tells every client that has a watch or waits for an answer, once.</summary>
    private void Disconnect(Cause cause)
    {
        if (_etcdWatchId != 0) _store.Tell(new EtcdProtocol.CancelWatch(_nextRequestId++, cause, _etcdWatchId));
        (_etcdWatchId, _store) = (0, _etcd);
        var told = new HashSet<IActorRef>();
        var message = new ConnectionLost(cause);
        foreach (var client in _watches.Clients.Concat(_writes.Clients).Concat(_waiting.Select(request => request.Client)))
        {
            if (!client.IsNobody() && told.Add(client)) client.Tell(message);
        }

        _waiting.Clear();
        _watches.Clear();
    }

    private void Advance(EtcdProtocol.WatchEvents news)
    {
        if (news.WatchId != _etcdWatchId) return;
        var now = Context.System.Scheduler.Now;
        foreach (var change in news.Events)
        {
            _cache.Apply(change, Self, now);
            if (change.IsDelete && _bootstrap.RestoredAfter(change.Key) is { } wait) Context.System.Scheduler.ScheduleTellOnce(wait, Self, new Restore(_bootstrap), Self);
        }

        _cache.ForgetChanges(now - _settings.WatchWindowAge);
        _cache.AdvanceTo(news.Revision);
        _cache.Publish(ApiServerSnapshots.Of(Context.System));
        _writes.OnAdvanced();
        ContinueBootstrap(news.Cause);

        // One answer for many news: etcd goes on sending until its window is full.
        _unacknowledgedEvents += news.Events.Count;
        if (_unacknowledgedEvents * 2 < _settings.EtcdWatchWindowEvents) return;
        _unacknowledgedEvents = 0;
        _store.Tell(new EtcdProtocol.WatchAck(news.Cause, _etcdWatchId, news.Revision));
    }

    private void Serve(ICommand command, IActorRef client)
    {
        switch (command)
        {
            case Get get:
                Reply(client, Read(get));
                break;
            case List list:
                Reply(client, _cache.Resource(list.Resource) is { } listed
                    ? new Listed(list.RequestId, list.Resource, listed.List(list.Selector), _cache.Revision, list.Cause)
                    : Unknown(list));
                break;
            case Watch watch:
                _watches.Open(watch, client);
                break;
            case Unwatch unwatch:
                _watches.Close(unwatch.WatchId, client);
                Reply(client, new Unwatched(unwatch.RequestId, unwatch.WatchId, unwatch.Cause));
                break;
            default:
                _writes.Submit(command, client);
                break;
        }
    }

    private IReply Read(Get get)
    {
        if (_cache.Resource(get.Resource) is not { } resource) return Unknown(get);
        return resource.Find(new NamespacedName(get.Namespace, get.Name)) is { } found
            ? new Found(get.RequestId, found, get.Cause)
            : new Refused(get.RequestId, ApiErrors.NotFound(resource.Type.Gvr, get.Name), get.Cause);
    }

    private static Refused Unknown(ICommand command) => new(command.RequestId, ApiErrors.NoSuchResource(), command.Cause);

    private void Reply(IActorRef client, object reply) => client.Tell(reply, Self);

    private WriteQueue NewWriteQueue() => new(Context, _cache, _settings, _chance, () => _store, () => _nextRequestId++);

    private Bootstrap NewBootstrap() => new(Context, _cache, _settings, () => _store, () => _nextRequestId++);

    /// <summary>The time to ask etcd once more has come, unless another round has begun.</summary>
    private sealed record AskAgain(int Round);

    /// <summary>The time to make anew what was deleted has come.</summary>
    private sealed record Restore(Bootstrap Of);
}
