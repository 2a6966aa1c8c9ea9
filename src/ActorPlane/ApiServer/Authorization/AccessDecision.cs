namespace ActorPlane.ApiServer.Authorization;

/// <summary>Whether something is allowed, and why.</summary>
/// <param name="IsAllowed">False means that no rule speaks for it.</param>
/// <param name="Reason">For people; may be empty.</param>
public sealed record AccessDecision(bool IsAllowed, string Reason);
