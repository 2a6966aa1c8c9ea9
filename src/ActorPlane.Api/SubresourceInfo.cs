namespace ActorPlane.Api;

/// <summary>A part of a resource with a path of its own.</summary>
/// <param name="Name">The last part of the path: <c>status</c>, <c>scale</c>, <c>binding</c>.</param>
/// <param name="Kind">The kind that is sent and answered.</param>
/// <param name="Verbs">What can be done with it.</param>
public sealed record SubresourceInfo(string Name, GroupVersionKind Kind, ValueList<string> Verbs);
