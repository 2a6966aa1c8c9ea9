namespace ActorPlane.Network;

/// <summary>
/// What is under way in one direction of a link. It comes out in the order in which it went in: what is late holds up
/// everything behind it, as on one TCP connection.
/// </summary>
public sealed class Pipe
{
    private readonly Queue<(DateTimeOffset Due, object Message)> _underWay = new();
    private DateTimeOffset _lastDue;

    /// <summary>Nothing is under way.</summary>
    public bool IsEmpty => _underWay.Count == 0;

    /// <summary>When the next message is due. Only when not empty.</summary>
    public DateTimeOffset NextDue => _underWay.Peek().Due;

    /// <summary>Takes a message in that would be under way for <paramref name="delay"/> if nothing were before it.</summary>
    public void Put(object message, DateTimeOffset now, TimeSpan delay)
    {
        var due = now + delay;
        if (due > _lastDue) _lastDue = due;
        _underWay.Enqueue((_lastDue, message));
    }

    /// <summary>The next message that is due by now.</summary>
    public bool TryTake(DateTimeOffset now, out object message)
    {
        if (!IsEmpty && NextDue <= now)
        {
            message = _underWay.Dequeue().Message;
            return true;
        }

        message = this;
        return false;
    }

    /// <summary>Loses everything.</summary>
    public void Clear()
    {
        _underWay.Clear();
        _lastDue = default;
    }
}
