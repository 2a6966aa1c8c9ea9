using Akka.Actor;

namespace Akka.TestKit;

/// <summary>An actor that runs on the thread of the test, which can look at its instance and hand it messages directly.</summary>
#pragma warning disable CS0660, CS0661 // Equality is the base's.
public class TestActorRef<TActor> : TestActorRefBase<TActor> where TActor : ActorBase
#pragma warning restore CS0660, CS0661
{
    /// <param name="system">The actor system.</param>
    /// <param name="actorProps">What the actor is.</param>
    /// <param name="supervisor">Its parent; the guardian if not given.</param>
    /// <param name="name">Its name, if it shall have a certain one.</param>
    public TestActorRef(ActorSystem system, Props actorProps, IActorRef supervisor = null, string name = null) : base(system, actorProps, supervisor, name)
    {
    }

    /// <summary>Whether both are the same actor.</summary>
    public static bool operator ==(TestActorRef<TActor> testActorRef, IActorRef actorRef) =>
        testActorRef is null ? actorRef is null : testActorRef.Equals(actorRef);

    /// <summary>Whether both are different actors.</summary>
    public static bool operator !=(TestActorRef<TActor> testActorRef, IActorRef actorRef) => !(testActorRef == actorRef);

    /// <summary>Whether both are the same actor.</summary>
    public static bool operator ==(IActorRef actorRef, TestActorRef<TActor> testActorRef) => testActorRef == actorRef;

    /// <summary>Whether both are different actors.</summary>
    public static bool operator !=(IActorRef actorRef, TestActorRef<TActor> testActorRef) => !(testActorRef == actorRef);
}
