#nullable disable
namespace Akka.Actor;

/// <summary>Nothing was said about where.</summary>
internal sealed class NoScopeGiven : Scope
{
    public static readonly NoScopeGiven Instance = new();

    public override Scope Copy() => this;

    public override Scope WithFallback(Scope other) => other;
}
