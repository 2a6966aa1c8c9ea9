#nullable disable
namespace Akka.Actor;

/// <summary>Handles that stand for nobody.</summary>
public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: the receiver sees dead letters.</summary>
    public static readonly IActorRef NoSender = null;
}
