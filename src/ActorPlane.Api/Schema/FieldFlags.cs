namespace ActorPlane.Api;

/// <summary>How Go declares a field: this decides what is written for an empty one.</summary>
[Flags]
public enum FieldFlags
{
    /// <summary>A plain value, left out when empty (<c>omitempty</c>).</summary>
    None = 0,

    /// <summary>A pointer: left out when absent, written when present, even if empty.</summary>
    Pointer = 1,

    /// <summary>Written always; absent is written as the empty value.</summary>
    Always = 2,

    /// <summary>The schema calls it required.</summary>
    Required = 4,
}
