namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>What becomes of an object that has owners.</summary>
public enum GarbageVerdict
{
    /// <summary>All its owners are there to stay, or it has none.</summary>
    Keep,

    /// <summary>One is there to stay: only the references to the others are dropped.</summary>
    DropReferences,

    /// <summary>None stays, and one waits for its dependents: this one waits for its own in turn.</summary>
    DeleteInForeground,

    /// <summary>None stays: it goes as its own finalizers say, in the background by default.</summary>
    Delete,
}
