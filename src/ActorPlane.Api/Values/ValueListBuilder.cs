namespace ActorPlane.Api;

/// <summary>Makes value lists out of collection expressions and sequences.</summary>
public static class ValueListBuilder
{
    /// <summary>A list of these elements.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => ValueList<T>.Wrap(items.ToArray());

    /// <summary>A list of a sequence's elements, in its order.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => items as ValueList<T> ?? ValueList<T>.Wrap([.. items]);
}
