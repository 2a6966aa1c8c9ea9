namespace ActorPlane.Client;

/// <summary>Why the server refuses, in one word for programs (<c>metav1.StatusReason</c>).</summary>
public static class StatusReason
{
    public const string NotFound = "NotFound";
    public const string AlreadyExists = "AlreadyExists";
    public const string Conflict = "Conflict";
    public const string Forbidden = "Forbidden";
}
