namespace ActorPlane.Host;

/// <summary>What the process answers to its caller.</summary>
internal static class ExitCodes
{
    /// <summary>Everything asked for converged.</summary>
    public const int Converged = 0;

    /// <summary>Something did not converge in time, or the run failed.</summary>
    public const int Failed = 1;

    /// <summary>The input was bad; nothing was applied.</summary>
    public const int BadInput = 2;
}
