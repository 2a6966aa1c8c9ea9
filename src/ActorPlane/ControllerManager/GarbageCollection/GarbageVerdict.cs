namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>What becomes of an object some of whose owners may be gone.</summary>
public enum GarbageVerdict
{
    /// <summary>All its owners exist, or it has none.</summary>
    Keep,

    /// <summary>Some exist: only the references to the others are dropped.</summary>
    DropReferences,

    /// <summary>None exists.</summary>
    Delete,
}
