#nullable disable
namespace Akka.Actor;

/// <summary>Notation for deciders.</summary>
public static class DirectiveExtensions
{
    public static KeyValuePair<Type, Directive> When<TException>(this Directive self)
        where TException : Exception => new(typeof(TException), self);
}
