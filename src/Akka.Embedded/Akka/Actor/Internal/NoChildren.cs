#nullable disable
namespace Akka.Actor.Internal;

/// <summary>The children of an actor that never had any, or that has stopped.</summary>
internal sealed class NoChildren(bool terminated) : IChildrenContainer
{
    public static readonly NoChildren Empty = new(false);

    public static readonly NoChildren Terminated = new(true);

    public IReadOnlyCollection<IInternalActorRef> Children => [];

    public IReadOnlyCollection<ChildRestartStats> Stats => [];

    public bool IsNormal => !terminated;

    public bool IsTerminating => terminated;

    public IChildrenContainer Add(string name, ChildRestartStats stats) => terminated ? this : new ChildrenContainer().Add(name, stats);

    public IChildrenContainer Remove(IActorRef child) => this;

    public bool TryGetByName(string name, out IChildStats stats)
    {
        stats = null;
        return false;
    }

    public bool TryGetByRef(IActorRef actor, out ChildRestartStats stats)
    {
        stats = null;
        return false;
    }

    public bool Contains(IActorRef actor) => false;

    public IChildrenContainer ShallDie(IActorRef actor) => this;

    public IChildrenContainer Reserve(string name) => terminated
        ? throw new InvalidOperationException($@"Cannot reserve actor name ""{name}"". It's terminated.")
        : new ChildrenContainer().Reserve(name);

    public IChildrenContainer Unreserve(string name) => this;

    public override string ToString() => terminated ? "Terminated" : "No children";
}
