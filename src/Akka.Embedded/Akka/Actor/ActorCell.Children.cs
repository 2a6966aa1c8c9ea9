#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

// An actor's children.
public partial class ActorCell
{
    private ChildrenContainer _children;
    private bool _terminated;

    public IChildrenContainer ChildrenContainer =>
        _terminated ? NoChildren.Terminated : (IChildrenContainer)Children ?? NoChildren.Empty;

    /// <summary>The children, or null when there never were any.</summary>
    private ChildrenContainer Children => Volatile.Read(ref _children);

    private ChildrenContainer OwnChildren =>
        Volatile.Read(ref _children) ?? Interlocked.CompareExchange(ref _children, new ChildrenContainer(), null) ?? _children;

    public virtual IActorRef ActorOf(Props props, string name = null) => MakeChild(props, name, isSystemService: false);

    public virtual IActorRef AttachChild(Props props, bool isSystemService, string name = null) => MakeChild(props, name, isSystemService);

    IActorRef IActorContext.Child(string name) =>
        ChildrenContainer.TryGetByName(name, out var stats) && stats is ChildRestartStats child ? child.Child : ActorRefs.Nobody;

    IEnumerable<IActorRef> IActorContext.GetChildren() => ChildrenContainer.Children;

    public IEnumerable<IInternalActorRef> GetChildren() => ChildrenContainer.Children;

    [Obsolete("Use TryGetChildStatsByName [0.7.1]")]
    public IInternalActorRef GetChildByName(string name) =>
        ChildrenContainer.TryGetByName(name, out var stats) && stats is ChildRestartStats child ? child.Child : ActorRefs.Nobody;

    /// <summary>The child of that name, which may carry an incarnation after #, or nobody.</summary>
    public IInternalActorRef GetSingleChild(string name)
    {
        var (plain, uid) = SplitNameAndUid(name);
        var child = _terminated ? null : Children?.Get(plain);
        return child is not null && (uid == UndefinedUid || child.Path.Uid == uid) ? child : ActorRefs.Nobody;
    }

    public bool TryGetChildStatsByName(string name, out IChildStats child) => ChildrenContainer.TryGetByName(name, out child);

    protected bool TryGetChildStatsByRef(IActorRef actor, out ChildRestartStats child) => ChildrenContainer.TryGetByRef(actor, out child);

    public void ReserveChild(string name) => (_terminated ? ChildrenContainer : OwnChildren).Reserve(name);

    protected void UnreserveChild(string name) => ChildrenContainer.Unreserve(name);

    public ChildRestartStats InitChild(IInternalActorRef actor)
    {
        OwnChildren.Add(actor.Path.Name, actor);
        return ChildrenContainer.TryGetByRef(actor, out var stats) ? stats : null;
    }

    public void Stop(IActorRef child)
    {
        if (Children is { } children && children.Contains(child))
            children.ShallDie(child);
        ((IInternalActorRef)child).Stop();
    }

    /// <summary>False when there are no children to wait for.</summary>
    protected bool SetChildrenTerminationReason(SuspendReason reason) => Children is { } children && children.TrySetReason(reason);

    protected void SetTerminated() => _terminated = true;

    protected SuspendReason RemoveChildAndGetStateChange(IActorRef child) => Children?.RemoveAndGetReason(child);

    private static void CheckName(string name)
    {
        if (name.Length == 0)
            throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
        }
    }

    private IActorRef MakeChild(Props props, string name, bool isSystemService)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null)
            CheckName(name);

        // A context is used from the actor itself, a guardian's cell from anywhere.
        if (IsTerminating)
            throw new InvalidOperationException("Cannot create child while terminating or terminated");
        var children = OwnChildren;
        name ??= children.RandomName();
        children.Reserve(name);
        LocalActorRef child;
        try
        {
            child = SystemImpl.LocalProvider.MakeActor(SystemImpl, props, _self, name);
        }
        catch
        {
            children.Unreserve(name);
            throw;
        }

        if (_extras is not null && IsFailed)
        {
            for (var i = Mailbox.SuspendCount; i > 0; i--)
                child.Suspend();
        }

        children.Add(name, child);
        child.Start();
        return child;
    }
}
