using System.Collections.Concurrent;
using System.Threading.Channels;
using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Host.EtcdWire;

/// <summary>
/// The store as the wire's request threads see it: a command is awaited, a watch is a channel of messages. Behind it
/// stands one <see cref="EtcdWireActor"/> that all replies come to. Safe from any thread.
/// </summary>
/// <param name="timeout">How long a reply may take before the call fails.</param>
public sealed class EtcdWireClient(TimeSpan timeout)
{
    private readonly ConcurrentDictionary<long, object> _waiting = new();
    private readonly ConcurrentDictionary<long, EtcdWireWatchStream> _watches = new();
    private readonly ConcurrentDictionary<EtcdWireWatchStream, bool> _streams = new();
    private volatile Session? _session;
    private long _lastId;

    /// <summary>What a client is told while the store is away (<c>rpctypes.ErrNoLeader</c>).</summary>
    private static GrpcStatusException NotThere => new(GrpcStatusException.Unavailable, "etcdserver: no leader");

    /// <summary>A number that no other request or watch has.</summary>
    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Sends a command and waits for its reply.</summary>
    /// <exception cref="GrpcStatusException">The store refused it, went away (the outcome is unknown), or took too long.</exception>
    public async Task<T> SendAsync<T>(Func<long, EtcdProtocol.ICommand> command)
        where T : EtcdProtocol.IReply
    {
        var id = NextId();
        var reply = new TaskCompletionSource<EtcdProtocol.IReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = reply;
        try
        {
            Post(command(id));
            return (T)await reply.Task.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            throw new GrpcStatusException(GrpcStatusException.Unavailable, "etcdserver: request timed out");
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Opens a stream on which watches can be made.</summary>
    public EtcdWireWatchStream OpenStream()
    {
        var stream = new EtcdWireWatchStream(this);
        _streams[stream] = true;
        if (_session is null) stream.Fail(NotThere);
        return stream;
    }

    internal void Post(ITraced message)
    {
        // The session is looked at after the reply is awaited: if it ends in between, Lose finds the waiting one.
        var session = _session ?? throw NotThere;
        session.Store.Tell(message, session.Receiver);
    }

    internal void Await(long requestId, EtcdWireWatchStream stream) => _waiting[requestId] = stream;

    internal void Register(long watchId, EtcdWireWatchStream stream) => _watches[watchId] = stream;

    internal void Unregister(long watchId) => _watches.TryRemove(watchId, out _);

    internal void Close(EtcdWireWatchStream stream) => _streams.TryRemove(stream, out _);

    /// <summary>The store answers at this reference; replies come to the receiver.</summary>
    internal void Begin(IActorRef store, IActorRef receiver) => _session = new Session(store, receiver);

    /// <summary>The store went away: nothing that is waited for will come.</summary>
    internal void Lose()
    {
        _session = null;
        foreach (var waiting in _waiting.Values)
            if (waiting is TaskCompletionSource<EtcdProtocol.IReply> reply) reply.TrySetException(NotThere);
        foreach (var stream in _streams.Keys) stream.Fail(NotThere);
        _watches.Clear();
    }

    internal void Deliver(EtcdProtocol.IReply reply)
    {
        if (!_waiting.TryRemove(reply.RequestId, out var waiting)) return;
        if (waiting is EtcdWireWatchStream stream)
        {
            stream.Deliver(reply);
            return;
        }
        var completion = (TaskCompletionSource<EtcdProtocol.IReply>)waiting;
        if (reply is EtcdProtocol.Failed failed) completion.TrySetException(new GrpcStatusException((int)failed.Error.Code, failed.Error.Message));
        else completion.TrySetResult(reply);
    }

    internal void Deliver(long watchId, object message)
    {
        if (_watches.TryGetValue(watchId, out var stream)) stream.Deliver(message);
    }

    private sealed record Session(IActorRef Store, IActorRef Receiver);
}
