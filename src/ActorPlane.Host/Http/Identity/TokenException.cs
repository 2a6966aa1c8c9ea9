namespace ActorPlane.Host.Http.Identity;

/// <summary>A token is nobody's, or no longer.</summary>
public sealed class TokenException(string message) : Exception(message);
