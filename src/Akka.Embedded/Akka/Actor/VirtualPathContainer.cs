#nullable disable
using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>A place in the tree without an actor: it holds the handles of pending asks.</summary>
internal sealed class VirtualPathContainer : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new(StringComparer.Ordinal);

    public VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent)
    {
        Provider = provider;
        Path = path;
        Parent = parent;
    }

    public override IActorRefProvider Provider { get; }

    public override ActorPath Path { get; }

    public override IInternalActorRef Parent { get; }

    public void AddChild(string name, IInternalActorRef actor) => _children[name] = actor;

    public void RemoveChild(string name) => _children.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0 || name[0].Length == 0)
            return this;
        return _children.TryGetValue(name[0], out var child)
            ? child.GetChild(name.Skip(1).ToArray())
            : ActorRefs.Nobody;
    }
}
