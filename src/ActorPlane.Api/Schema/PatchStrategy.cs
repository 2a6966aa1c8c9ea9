namespace ActorPlane.Api;

/// <summary>How a strategic merge patch treats a field (<c>x-kubernetes-patch-strategy</c>).</summary>
[Flags]
public enum PatchStrategy
{
    /// <summary>Lists are replaced, objects merged.</summary>
    None = 0,

    /// <summary>Lists are merged by key, or by value where elements are plain.</summary>
    Merge = 1,

    /// <summary>Objects are replaced.</summary>
    Replace = 2,

    /// <summary>Fields that the patch does not name in <c>$retainKeys</c> are cleared.</summary>
    RetainKeys = 4,
}
