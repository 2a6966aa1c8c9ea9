#nullable disable
namespace Akka.Actor.Internal;

/// <summary>An actor's children.</summary>
public interface IChildrenContainer
{
    IReadOnlyCollection<IInternalActorRef> Children { get; }

    /// <summary>False while a restart waits for children to stop.</summary>
    bool IsNormal { get; }

    bool IsTerminating { get; }

    IReadOnlyCollection<ChildRestartStats> Stats { get; }

    IChildrenContainer Add(string name, ChildRestartStats stats);

    IChildrenContainer Remove(IActorRef child);

    bool TryGetByName(string name, out IChildStats stats);

    bool TryGetByRef(IActorRef actor, out ChildRestartStats stats);

    bool Contains(IActorRef actor);

    /// <summary>The child will stop: whoever waits for children waits for it too.</summary>
    IChildrenContainer ShallDie(IActorRef actor);

    IChildrenContainer Reserve(string name);

    IChildrenContainer Unreserve(string name);
}
