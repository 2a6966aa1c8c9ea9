#nullable disable
using Akka.Util;

namespace Akka.Actor;

/// <summary>The handle of an actor: immutable, shareable, valid whether the actor lives or not.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, ISurrogated, IComparable
{
    ActorPath Path { get; }
}
