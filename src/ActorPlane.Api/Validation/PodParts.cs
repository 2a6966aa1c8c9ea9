using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>What the containers of a pod refer to.</summary>
/// <param name="Volumes">The volumes that are well formed, by name.</param>
/// <param name="Claims">The names of the pod's resource claims.</param>
/// <param name="GraceSeconds">How long the pod may take to end.</param>
internal sealed record PodParts(IReadOnlyDictionary<string, Volume> Volumes, IReadOnlySet<string> Claims, long? GraceSeconds);
