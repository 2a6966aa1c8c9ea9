namespace ActorPlane.Collections;

/// <summary>An item of a <see cref="SortedTree{TKey, TItem}"/>: a struct around a reference, so that the tree is compiled for it.</summary>
public interface IKeyed<out TKey>
{
    /// <summary>Where the item stands. It never changes.</summary>
    TKey Key { get; }

    /// <summary>True for the default value, which is no item.</summary>
    bool IsNone { get; }
}
