namespace Akka.TestKit;

/// <summary>A predicate and the type of message that it takes.</summary>
public class PredicateInfo
{
    internal PredicateInfo(Delegate predicate, Type type)
    {
        PredicateT = predicate;
        Type = type;
    }

    public Delegate PredicateT { get; }

    /// <summary>The type that it takes.</summary>
    public Type Type { get; }

    /// <summary>A predicate for messages of a type.</summary>
    public static PredicateInfo Create<T>(Predicate<T> predicateT) => new(predicateT, typeof(T));

    /// <inheritdoc />
    public override string ToString() => $"Predicate<{Type}>";

    internal bool Matches(object message) => Type.IsInstanceOfType(message) && (bool)PredicateT.DynamicInvoke(message);
}
