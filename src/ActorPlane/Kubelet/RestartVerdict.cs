namespace ActorPlane.Kubelet;

/// <summary>Whether a container that ended starts again.</summary>
public enum RestartVerdict
{
    /// <summary>It has ended for good.</summary>
    Never,

    /// <summary>It starts again now.</summary>
    AtOnce,

    /// <summary>It starts again after its back-off: CrashLoopBackOff.</summary>
    Later,
}
