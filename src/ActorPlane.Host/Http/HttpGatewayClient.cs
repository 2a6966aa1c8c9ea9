using System.Collections.Concurrent;
using ActorPlane.Api;
using ActorPlane.ApiServer;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Http;

/// <summary>
/// The API server as the threads of HTTP requests see it: a write is awaited, a watch is a stream, a read is a look at the
/// snapshot. Behind it stands one <see cref="HttpGateway"/> that all replies come to. Safe from any thread.
/// </summary>
public sealed class HttpGatewayClient(ActorSystem system, TimeSpan timeout, int watchQueue)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<IReply>> _pending = new();
    private readonly Lock _causesLock = new();
    private volatile Session? _session;
    private long _lastId;
    private int _watches;

    /// <summary>So many changes wait for the client of a watch.</summary>
    public int WatchQueue => watchQueue;

    /// <summary>Watches that are open.</summary>
    public int Watches
    {
        get => Volatile.Read(ref _watches);
        internal set => Volatile.Write(ref _watches, value);
    }

    /// <summary>The time of the cluster.</summary>
    public DateTimeOffset Now => system.Scheduler.Now;

    /// <summary>The cluster's settings.</summary>
    public Config Config => system.Settings.Config;

    /// <summary>What the API server has committed.</summary>
    public ApiServerSnapshot Snapshot => ApiServerSnapshot.Of(system);

    /// <summary>A new cause, for one request.</summary>
    public Cause NewCause()
    {
        var session = _session ?? throw Gone();
        lock (_causesLock) return session.Causes.Next();
    }

    /// <summary>Sends a command and waits for its reply.</summary>
    /// <param name="request">Method and path, for the trace.</param>
    /// <exception cref="StatusException">Refused, or the outcome is unknown (504).</exception>
    public async Task<IReply> Send(Func<long, ICommand> command, string request)
    {
        var id = Interlocked.Increment(ref _lastId);
        var reply = new TaskCompletionSource<IReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = reply;
        try
        {
            // The session is looked at after the reply is awaited: if it ends in between, its end finds the waiting one.
            var session = _session ?? throw Gone();
            session.Gateway.Tell(new HttpGatewayProtocol.Submit(command(id), request), ActorRefs.NoSender);
            var answer = await reply.Task.WaitAsync(timeout);
            return answer is Refused refused ? throw new StatusException(refused.Status) : answer;
        }
        catch (TimeoutException)
        {
            throw new StatusException(ApiErrors.Timeout("the API server took too long; whether the request was carried out is unknown", 1));
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Opens a watch.</summary>
    /// <param name="request">Method and path, for the trace.</param>
    public void Open(WatchStream stream, string request) => Post(new HttpGatewayProtocol.OpenWatch(stream, NewCause(), request));

    /// <summary>Asks for a bookmark at the newest revision.</summary>
    public void RequestBookmark(WatchStream stream)
    {
        // What is in the snapshot was told to the watches before, so the bookmark comes behind it.
        Post(new HttpGatewayProtocol.Mark(stream, Snapshot.Revision));
    }

    /// <summary>Ends a watch.</summary>
    public void Close(WatchStream stream) => Post(new HttpGatewayProtocol.CloseWatch(stream));

    internal void Begin(IActorRef gateway, CauseSource causes) => _session = new Session(gateway, causes);

    internal void End()
    {
        _session = null;
        LosePending();
    }

    internal void LosePending()
    {
        foreach (var waiting in _pending.Values)
            waiting.TrySetException(new StatusException(ApiErrors.Timeout("the API server went down; whether the request was carried out is unknown", 1)));
    }

    internal void Deliver(IReply reply)
    {
        if (_pending.TryRemove(reply.RequestId, out var waiting)) waiting.TrySetResult(reply);
    }

    private static StatusException Gone() => new(ApiErrors.ServiceUnavailable("the server is starting or stopping, please try again later"));

    private void Post(object message) => _session?.Gateway.Tell(message, ActorRefs.NoSender);

    private sealed record Session(IActorRef Gateway, CauseSource Causes);
}
