#nullable disable
namespace Akka.Actor.Setup;

/// <summary>A part of an actor system's set-up that is given in code.</summary>
public abstract class Setup
{
    protected Setup()
    {
    }

    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
