namespace ActorPlane.Client;

/// <summary>Why the server refuses, in one word for programs (<c>metav1.StatusReason</c>).</summary>
public static class StatusReason
{
    public const string NotFound = "NotFound";
    public const string AlreadyExists = "AlreadyExists";
    public const string Conflict = "Conflict";
    public const string Forbidden = "Forbidden";
    public const string BadRequest = "BadRequest";
    public const string Invalid = "Invalid";
    public const string Expired = "Expired";
    public const string TooManyRequests = "TooManyRequests";
}
