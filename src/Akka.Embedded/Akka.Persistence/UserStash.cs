using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// The stash that a persistent actor's own code sees. The actor takes all commands out of its internal stash one by one, so
/// what the user unstashes goes to the front of that one.
/// </summary>
internal sealed class UserStash(IStash user, IStash @internal) : IStash
{
    public int Count => user.Count;
    public bool IsEmpty => user.IsEmpty;
    public bool NonEmpty => user.NonEmpty;
    public bool IsFull => user.IsFull;
    public int Capacity => user.Capacity;

    public void Stash() => user.Stash();

    public void Unstash() => user.Unstash();

    public void UnstashAll() => @internal.Prepend(ClearStash());

    public void UnstashAll(Func<Envelope, bool> predicate) => user.UnstashAll(predicate);

    public IEnumerable<Envelope> ClearStash() => user.ClearStash();

    public void Prepend(IEnumerable<Envelope> envelopes) => user.Prepend(envelopes);
}
