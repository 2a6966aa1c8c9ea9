namespace ActorPlane.Api;

/// <summary>A patch that cannot be applied: a mistake of the caller.</summary>
public sealed class PatchException : Exception
{
    /// <param name="message">What is wrong.</param>
    /// <param name="unprocessable">Whether the patch is well formed and does not fit the object (422); otherwise it is no patch at all (400).</param>
    public PatchException(string message, bool unprocessable = false)
        : base(message) => IsUnprocessable = unprocessable;

    /// <summary>Whether the answer is 422 and not 400.</summary>
    public bool IsUnprocessable { get; }
}
