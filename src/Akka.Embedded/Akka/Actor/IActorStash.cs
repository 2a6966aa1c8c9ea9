#nullable disable
namespace Akka.Actor;

/// <summary>An actor with a stash.</summary>
public interface IActorStash
{
    /// <summary>Set by the runtime before PreStart.</summary>
    IStash Stash { get; set; }
}
