namespace ActorPlane.Api;

/// <summary>How a list is owned and merged (<c>x-kubernetes-list-type</c>).</summary>
public enum ListType
{
    /// <summary>As a whole.</summary>
    Atomic,

    /// <summary>Element by element, each at most once.</summary>
    Set,

    /// <summary>Element by element, told apart by keys.</summary>
    Map,
}
