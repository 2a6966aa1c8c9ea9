namespace Akka.TestKit;

/// <summary>Makes <see cref="PredicateInfo" />s.</summary>
public static class PredicateInfoFactory
{
    /// <summary>The predicate and the type that it takes.</summary>
    public static PredicateInfo CreatePredicateInfo<T>(this Predicate<T> predicateT) => PredicateInfo.Create(predicateT);

    /// <summary>The predicate, for messages of a given type.</summary>
    public static PredicateInfo CreatePredicateInfo<T>(this Delegate predicateT) => new(predicateT, typeof(T));
}
