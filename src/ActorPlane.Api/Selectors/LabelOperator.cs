namespace ActorPlane.Api;

/// <summary>How a label is compared.</summary>
public enum LabelOperator
{
    /// <summary><c>key=value</c></summary>
    Equals,

    /// <summary><c>key!=value</c>; also when the key is absent.</summary>
    NotEquals,

    /// <summary><c>key in (a,b)</c></summary>
    In,

    /// <summary><c>key notin (a,b)</c>; also when the key is absent.</summary>
    NotIn,

    /// <summary><c>key</c></summary>
    Exists,

    /// <summary><c>!key</c></summary>
    DoesNotExist,

    /// <summary><c>key&gt;1</c></summary>
    GreaterThan,

    /// <summary><c>key&lt;1</c></summary>
    LessThan,
}
