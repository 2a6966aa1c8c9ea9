using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>An actor that runs on the thread of the test, which can look at its instance and hand it messages directly.</summary>
public abstract class TestActorRefBase<TActor> : IInternalActorRef where TActor : ActorBase
{
    /// <param name="system">The actor system.</param>
    /// <param name="actorProps">What the actor is.</param>
    /// <param name="supervisor">Its parent; the guardian if not given.</param>
    /// <param name="name">Its name, if it shall have a certain one.</param>
    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef supervisor = null, string name = null) =>
        InternalRef = InternalTestActorRef.Create(system, actorProps, supervisor, name);

    /// <summary>The actor.</summary>
    protected InternalTestActorRef InternalRef { get; }

    /// <summary>The actor.</summary>
    public IActorRef Ref => InternalRef;

    /// <summary>The path of the actor.</summary>
    public ActorPath Path => InternalRef.Path;

    /// <summary>The instance of the actor.</summary>
    /// <exception cref="IllegalActorStateException">The actor has stopped or could not start.</exception>
    public TActor UnderlyingActor => (TActor)InternalRef.UnderlyingActor;

    bool IActorRefScope.IsLocal => InternalRef.IsLocal;

    IInternalActorRef IInternalActorRef.Parent => InternalRef.Parent;

    IActorRefProvider IInternalActorRef.Provider => InternalRef.Provider;

#pragma warning disable CS0618 // The interface has them.
    bool IInternalActorRef.IsTerminated => InternalRef.IsTerminated;

    /// <summary>Tells the actor.</summary>
    public void SendSystemMessage(ISystemMessage message, IActorRef sender) => InternalRef.SendSystemMessage(message, sender);
#pragma warning restore CS0618

    public static IActorRef ToActorRef(TestActorRefBase<TActor> actorRef) => actorRef.InternalRef;

    /// <summary>Whether both are the same actor.</summary>
    public static bool operator ==(TestActorRefBase<TActor> testActorRef, IActorRef actorRef) =>
        testActorRef is null ? actorRef is null : testActorRef.Equals(actorRef);

    /// <summary>Whether both are different actors.</summary>
    public static bool operator !=(TestActorRefBase<TActor> testActorRef, IActorRef actorRef) => !(testActorRef == actorRef);

    /// <summary>Whether both are the same actor.</summary>
    public static bool operator ==(IActorRef actorRef, TestActorRefBase<TActor> testActorRef) => testActorRef == actorRef;

    /// <summary>Whether both are different actors.</summary>
    public static bool operator !=(IActorRef actorRef, TestActorRefBase<TActor> testActorRef) => !(testActorRef == actorRef);

    /// <summary>Hands a message to the actor directly: what it throws, the test gets.</summary>
    public void Receive(object message, IActorRef sender = null) => InternalRef.Receive(message, sender);

    /// <summary>Lets the actor watch another one.</summary>
    public void Watch(IActorRef subject) => InternalRef.Watch(subject);

    /// <summary>Lets the actor no longer watch another one.</summary>
    public void Unwatch(IActorRef subject) => InternalRef.Unwatch(subject);

    /// <summary>Tells the actor.</summary>
    public void Tell(object message, IActorRef sender) => InternalRef.Tell(message, sender);

    /// <summary>Tells the actor as whoever is current.</summary>
    public void Tell(object message) => InternalRef.Tell(message);

    /// <summary>Forwards a message to the actor.</summary>
    public void Forward(object message) => InternalRef.Forward(message);

    /// <summary>Tells the actor.</summary>
    public void SendSystemMessage(ISystemMessage message) => InternalRef.SendSystemMessage(message);

    /// <inheritdoc />
    public int CompareTo(object obj) => ((IComparable)InternalRef).CompareTo(Unwrap(obj));

    /// <inheritdoc />
    public bool Equals(IActorRef other) => InternalRef.Equals((IActorRef)Unwrap(other));

    /// <inheritdoc />
    public override bool Equals(object obj) => InternalRef.Equals(Unwrap(obj));

    /// <inheritdoc />
    public override int GetHashCode() => InternalRef.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => InternalRef.ToString();

    int IComparable<IActorRef>.CompareTo(IActorRef other) => CompareTo(other);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => InternalRef.ToSurrogate(system);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => InternalRef.GetChild(name);

    void IInternalActorRef.Resume(Exception causedByFailure) => InternalRef.Resume(causedByFailure);

    void IInternalActorRef.Start() => InternalRef.Start();

    void IInternalActorRef.Stop() => InternalRef.Stop();

    void IInternalActorRef.Restart(Exception cause) => InternalRef.Restart(cause);

    void IInternalActorRef.Suspend() => InternalRef.Suspend();

    private static object Unwrap(object other) => other is TestActorRefBase<TActor> test ? test.InternalRef : other;
}
