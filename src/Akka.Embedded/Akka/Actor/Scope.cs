#nullable disable
namespace Akka.Actor;

/// <summary>Where an actor is deployed.</summary>
public abstract class Scope : IEquatable<Scope>
{
    public static readonly LocalScope Local = LocalScope.Instance;

    protected Scope()
    {
    }

    public virtual bool Equals(Scope other) => other is not null && other.GetType() == GetType();

    public abstract Scope WithFallback(Scope other);

    public abstract Scope Copy();
}
