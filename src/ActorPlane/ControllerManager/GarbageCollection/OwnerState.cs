namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>How an owner stands, from its dependent's view.</summary>
public enum OwnerState
{
    /// <summary>It is there, or nobody can tell that it is not.</summary>
    Solid,

    /// <summary>No object of this name has this uid.</summary>
    Absent,

    /// <summary>It is being deleted in the foreground and waits for its dependents.</summary>
    Waiting,
}
