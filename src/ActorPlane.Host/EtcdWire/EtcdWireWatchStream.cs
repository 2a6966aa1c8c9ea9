using System.Threading.Channels;
using ActorPlane.Etcd;
using ActorPlane.Tracing;

namespace ActorPlane.Host.EtcdWire;

/// <summary>
/// The watches of one stream, and what the store tells them, in order. The channel needs no bound of its own: the store
/// sends no more than a watch's window until <see cref="Acknowledge"/>.
/// </summary>
public sealed class EtcdWireWatchStream(EtcdWireClient client) : IDisposable
{
    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<long> _open = [];

    /// <summary>Replies and watch messages; fails when the store goes away.</summary>
    public ChannelReader<object> Messages => _messages.Reader;

    /// <summary>Sends a watch command; its messages carry the id returned.</summary>
    public long Watch(EtcdProtocol.Watch template)
    {
        var id = client.NextId();
        lock (_open) _open.Add(id);
        client.Register(id, this);
        client.Await(id, this);
        client.Post(template with { RequestId = id, WatchId = id });
        return id;
    }

    /// <summary>Sends a command whose reply comes through <see cref="Messages"/>.</summary>
    public void Send(Func<long, EtcdProtocol.ICommand> command)
    {
        var id = client.NextId();
        client.Await(id, this);
        client.Post(command(id));
    }

    /// <summary>The events up to this revision were sent on.</summary>
    public void Acknowledge(long watchId, long revision) => client.Post(new EtcdProtocol.WatchAck(Cause.None, watchId, revision));

    /// <summary>Nothing more comes for this watch.</summary>
    public void Forget(long watchId)
    {
        lock (_open) _open.Remove(watchId);
        client.Unregister(watchId);
    }

    public void Dispose()
    {
        client.Close(this);
        _messages.Writer.TryComplete();
        long[] left;
        lock (_open)
        {
            left = [.. _open];
            _open.Clear();
        }
        foreach (var watchId in left)
        {
            Forget(watchId);
            try
            {
                client.Post(new EtcdProtocol.CancelWatch(client.NextId(), Cause.None, watchId));
            }
            catch (GrpcStatusException)
            {
                // The store is away, and the watch with it.
            }
        }
    }

    internal void Deliver(object message) => _messages.Writer.TryWrite(message);

    internal void Fail(Exception error) => _messages.Writer.TryComplete(error);
}
