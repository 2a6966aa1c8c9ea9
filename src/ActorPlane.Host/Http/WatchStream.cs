using System.Threading.Channels;
using ActorPlane.ApiServer;
using Status = ActorPlane.Api.Meta.V1.Status;

namespace ActorPlane.Host.Http;

/// <summary>
/// Between a watch's actor and the thread that writes its response: a bounded queue. A client that lets it fill up is
/// cut off, and lists again.
/// </summary>
/// <param name="resource">Such as <c>pods</c>.</param>
/// <param name="selector">What it sees.</param>
/// <param name="fromRevision">It tells what comes after.</param>
/// <param name="capacity">So many changes wait at most.</param>
public sealed class WatchStream(string resource, ObjectSelector selector, long fromRevision, int capacity)
{
    private readonly Channel<WatchItem> _items = Channel.CreateBounded<WatchItem>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Such as <c>pods</c>.</summary>
    public string Resource { get; } = resource;

    /// <summary>What it sees.</summary>
    public ObjectSelector Selector { get; } = selector;

    /// <summary>It tells what comes after.</summary>
    public long FromRevision { get; } = fromRevision;

    /// <summary>Changes and bookmarks, in order. Ends when the watch does.</summary>
    public ChannelReader<WatchItem> Items => _items.Reader;

    /// <summary>Called from any thread when the client was too slow: what is being written to it is to be given up.</summary>
    public Action? WhenCut { get; init; }

    /// <summary>Whether the client was too slow.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Why the server ended the watch, or null.</summary>
    public Status? Failure { get; private set; }

    /// <summary>Done when the watch is open, or has ended.</summary>
    public Task WhenOpened => _opened.Task;

    internal void Opened() => _opened.TrySetResult();

    /// <summary>False when the client is too slow: then the stream has ended.</summary>
    internal bool Offer(WatchItem item)
    {
        if (_items.Writer.TryWrite(item)) return true;
        IsCut = true;
        Complete();
        WhenCut?.Invoke();
        return false;
    }

    internal void Fail(Status status)
    {
        Failure = status;
        Complete();
    }

    internal void Complete()
    {
        _items.Writer.TryComplete();
        _opened.TrySetResult();
    }
}
